import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';

/** A questionnaire from the copy to its use, written on a page whose scripts never run; and what they add where they do. */
let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-questionnaires-'));
	const env = { DEMO: '1', DATA_DIR: folder };
	server = await startServer({ databaseUrl: `file:${folder}/ward.db`, port: await freePort(), env });
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

async function aPage(javaScriptEnabled: boolean): Promise<Page> {
	const context = await browser.newContext({ locale: 'vi-VN', javaScriptEnabled });
	const page = await context.newPage();
	await page.goto(`${server.origin}/sign-in`);
	const [, login, password] = server.output().match(/sign-in: (quan-tri\S*) \/ (\S+)/)!;
	await page.getByLabel('Tên đăng nhập').fill(login);
	await page.getByLabel('Mật khẩu').fill(password);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
	return page;
}

async function copyShortForm(page: Page, name: string) {
	await page.goto(`${server.origin}/admin/questionnaires?add=1&from=SIPAS5-v1`);
	await page.getByLabel('Tên trong đơn vị').fill(name);
	await page.getByRole('button', { name: 'Tạo bản nháp', exact: true }).click();
	await page.waitForURL(/\/edit/);
}

test('without scripts a copy is rearranged, saved, corrected, published and used', async () => {
	const page = await aPage(false);
	const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
	const field = (name: string) => page.locator(`[name="${name}"]`);
	await copyShortForm(page, 'Phiếu của phường');
	await field('items.0.text.vi').fill('</script><b>Nơi tiếp nhận</b> có thuận tiện không?');
	await press('Chuyển Câu 1 xuống');
	expect(await field('items.1.text.vi').inputValue()).toBe('</script><b>Nơi tiếp nhận</b> có thuận tiện không?');
	await field('named.language').fill('km');
	await press('Thêm');
	await field('named.item').selectOption('HC');
	await press('Thêm câu hỏi');
	// Nothing is kept before it is saved, and all of it then, what can not be published too.
	await press('Lưu bản nháp');
	await page.waitForURL(/done=saved/);
	expect(await field('items.5.criterion').inputValue()).toBe('HC');
	expect(await page.getByText('Chưa dịch: người dân sẽ đọc tiếng Việt.').count()).toBeGreaterThan(5);

	await page.getByRole('link', { name: 'Công bố…' }).click();
	await page.getByRole('link', { name: /^Câu 6 \(HC1\)/ }).click();
	expect(new URL(page.url()).hash).toBe('#items.5.text.vi');
	await field('items.5.text.vi').fill('Phí có được niêm yết không?');
	await press('Lưu bản nháp');
	await page.waitForURL(/done=saved/);

	await page.getByRole('link', { name: 'Công bố…' }).click();
	await press('Công bố bản 1');
	await press('Dùng ở đơn vị này');
	await page.getByText('Đơn vị dùng Phiếu của phường từ bây giờ.').waitFor();
	expect(await page.getByText('</script><b>Nơi tiếp nhận</b>').count()).toBe(1);
	await page.context().close();
});

test('who saves over a newer state is told, keeps what was typed, and writes over it knowingly', async () => {
	const page = await aPage(false);
	await copyShortForm(page, 'Hai người soạn');
	const other = await page.context().newPage();
	await other.goto(page.url());
	await other.locator('[name="title.vi"]').fill('Của người khác');
	await other.getByRole('button', { name: 'Lưu bản nháp' }).first().click();
	await other.waitForURL(/done=saved/);

	await page.locator('[name="title.vi"]').fill('Của tôi');
	await page.getByRole('button', { name: 'Lưu bản nháp' }).first().click();
	await page.getByText('Có người vừa lưu bản nháp này từ nơi khác.', { exact: false }).waitFor();
	expect(await page.locator('[name="title.vi"]').inputValue()).toBe('Của tôi');
	await page.getByRole('button', { name: 'Lưu bản nháp' }).first().click();
	await page.waitForURL(/done=saved/);
	await page.reload();
	expect(await page.locator('[name="title.vi"]').inputValue()).toBe('Của tôi');
	await page.context().close();
});

test('with scripts the preview follows the typing, a refused save loses nothing, and leaving asks first', async () => {
	const page = await aPage(true);
	await copyShortForm(page, 'Phiếu có xem trước');
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
	// Where nothing was typed, nothing is asked: the dialog would be refused, and the address stay.
	await page.getByRole('link', { name: 'Xem lại nội dung' }).click();
	await page.waitForURL(/questionnaires\/\w{10}$/);
	await page.getByRole('link', { name: 'Soạn', exact: true }).click();
	await page.waitForURL(/\/edit/);
	const preview = page.locator('#preview');
	await page.locator('[name="items.2.text.vi"]').fill('Công chức có tận tình không?');
	expect(await preview.getByText('Công chức có tận tình không?').count()).toBe(3);
	await page.getByRole('button', { name: 'Chuyển Câu 3 lên' }).click();
	expect(await page.locator('[name="items.1.text.vi"]').inputValue()).toBe('Công chức có tận tình không?');

	let asked = '';
	page.once('dialog', (dialog) => {
		asked = dialog.message();
		void dialog.dismiss();
	});
	await page.getByRole('link', { name: 'Công bố…' }).click();
	await expect.poll(() => asked).toContain('chưa lưu');
	expect(page.url()).toContain('/edit');

	await page.context().setOffline(true);
	await page.getByRole('button', { name: 'Lưu bản nháp' }).last().click();
	await page.getByText('Máy chủ không trả lời.', { exact: false }).waitFor();
	await page.context().setOffline(false);
	await page.getByRole('button', { name: 'Lưu bản nháp' }).last().click();
	await page.waitForURL(/done=saved/);
	expect(await page.locator('[name="items.1.text.vi"]').inputValue()).toBe('Công chức có tận tình không?');
	await page.context().close();
});
