import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { showCaseNumber } from '../../src/lib/domain/casework/case.ts';
import { showCode } from '../../src/lib/domain/survey/code.ts';
import { caseCode, readCase, type StoredCase } from '../../src/lib/server/casework/cases/reads.ts';
import { moveCase } from '../../src/lib/server/casework/cases/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { A_PDF } from '../factories/pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'case-desk-'));
const databaseUrl = `file:${folder}/ward.db`;

let server: Server;
let browser: Browser;
let db: Db;
beforeAll(async () => {
	server = await startServer({ databaseUrl, port: await freePort(), env: { DEMO: '1', DATA_DIR: folder } });
	db = await openDb(databaseUrl);
	browser = await startBrowser();
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await db?.store.close();
	rmSync(folder, { recursive: true });
});

/** Without scripts: every deed is a plain form. */
async function signedIn(login: string, size = { width: 1280, height: 800 }): Promise<Page> {
	const page = await (
		await browser.newContext({ viewport: size, locale: 'vi-VN', javaScriptEnabled: false })
	).newPage();
	page.setDefaultTimeout(20_000);
	await page.goto(`${server.origin}/sign-in`);
	await page.getByLabel('Tên đăng nhập').fill(login);
	await page.getByLabel('Mật khẩu').fill(`${login}-trinh-dien`);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
	return page;
}

async function fromSheets(): Promise<StoredCase> {
	const its = and(eq(cases.source, 'sheet'), eq(cases.state, 'new'));
	const [row] = await db.select().from(cases).where(its).orderBy(asc(cases.seq)).limit(1);
	return row!;
}

test('released low ratings are a case, which is found, forwarded, answered, published and rated; who was slower is told', async () => {
	const row = await fromSheets();
	const number = showCaseNumber(row);
	const page = await signedIn('lanh-dao');
	await page.goto(`${server.origin}/office/cases?list=all`);
	await page.getByLabel('Tìm số, nội dung').fill(number);
	await page.getByRole('button', { name: 'Tìm' }).click();
	await page.getByRole('link', { name: number }).click();
	await page.getByRole('heading', { name: `Vụ việc ${number}` }).waitFor();

	await page.getByLabel('Đơn vị giải quyết').fill('Bộ phận một cửa');
	await page.getByRole('button', { name: 'Chuyển xử lý' }).click();
	await page.getByRole('status').getByText('Đã chuyển xử lý').waitFor();

	// Somebody else notes something while the answer is being typed.
	const by = { caseId: row.id, expected: 2, actorId: 'somebody', now: Date.now() };
	expect(await moveCase(db, by, 'note', { text: 'Đã hỏi tổ trưởng.' })).toMatchObject({ ok: true });
	const answer = 'Từ tuần sau quầy có thêm người vào giờ cao điểm.';
	await page.locator('#answer').getByLabel('Câu trả lời').fill(answer);
	await page.locator('#answer').getByRole('button', { name: 'Trả lời' }).click();
	await page.getByText('Người khác vừa xử lý vụ việc này').waitFor();
	expect(await page.locator('#answer').getByLabel('Câu trả lời').inputValue()).toBe(answer);
	await page.locator('#answer').getByRole('button', { name: 'Trả lời' }).click();
	await page.getByRole('status').getByText('Đã trả lời').waitFor();

	const publish = page.locator('#publish');
	await publish.getByLabel('Câu hỏi công khai').fill('Quầy có điểm thấp, xin gọi 0900 000 001.');
	await publish.getByLabel('Tôi đã đọc lại').check();
	await publish.getByRole('button', { name: 'Công khai câu trả lời' }).click();
	await publish.getByText('vẫn có thứ giống số điện thoại').waitFor();
	await publish.getByLabel('Câu hỏi công khai').fill('Vì sao quầy có điểm thấp?');
	await publish.getByRole('button', { name: 'Công khai câu trả lời' }).click();
	await page.getByRole('status').getByText('Đã công khai').waitFor();

	const secret = openSecret(readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder }));
	const citizen = await (await browser.newContext({ locale: 'vi-VN', javaScriptEnabled: false })).newPage();
	await citizen.goto(`${server.origin}/case`);
	await citizen.getByLabel('Mã theo dõi').fill(showCode(caseCode(secret, row)));
	await citizen.getByRole('button', { name: 'Xem vụ việc' }).click();
	await citizen.getByText(answer).first().waitFor();
	await citizen.locator('label', { hasText: '5 · ' }).click();
	await citizen.getByRole('button', { name: 'Gửi đánh giá' }).click();
	await expect.poll(async () => (await readCase(db, row.id))!.rating).toBe(5);
	expect(await readCase(db, row.id)).toMatchObject({ state: 'published', publicAnswer: answer });
}, 120_000);

test('who is named works on the case and finds it among their own; the others are not there for them', async () => {
	const row = await fromSheets();
	const leader = await signedIn('lanh-dao');
	await leader.goto(`${server.origin}/office/cases/${row.id}`);
	await leader.getByLabel('Đơn vị giải quyết').fill('Bộ phận một cửa');
	await leader.getByLabel('Người được giao').selectOption({ label: 'Nguyễn Thị Minh Họa' });
	await leader.getByRole('button', { name: 'Chuyển xử lý' }).click();
	await leader.getByRole('status').getByText('Đã chuyển xử lý').waitFor();

	const officer = await signedIn('cong-chuc', { width: 360, height: 740 });
	await officer.goto(`${server.origin}/office/cases`);
	expect(await officer.evaluate('document.documentElement.scrollWidth')).toBe(360);
	await officer.getByRole('link', { name: showCaseNumber(row) }).click();
	await officer.locator('#take summary').click();
	await officer.locator('#take').getByRole('button', { name: 'Nhận xử lý' }).click();
	await officer.getByRole('status').getByText('Đã nhận xử lý').waitFor();
	expect(await officer.locator('#publish, #forward, #refuse').count()).toBe(0);
	const other = await fromSheets();
	expect((await officer.goto(`${server.origin}/office/cases/${other.id}`))!.status()).toBe(403);
}, 120_000);

test('a file is attached and taken away without a script, handed out to be kept, and only to who works on its case', async () => {
	const row = await fromSheets();
	const leader = await signedIn('lanh-dao', { width: 360, height: 740 });
	await leader.goto(`${server.origin}/office/cases/${row.id}`);
	const files = leader.locator('#files');
	const attach = async (name: string, buffer: Buffer) => {
		// What a browser says a file is, is anybody's to choose.
		if (!(await files.getByLabel('Chọn tệp').isVisible())) await files.locator('summary').click();
		await files.getByLabel('Chọn tệp').setInputFiles({ name, mimeType: 'application/pdf', buffer });
		await files.getByRole('button', { name: 'Thêm tệp' }).click();
	};
	await attach('don.pdf', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
	await files.getByText('Chỉ nhận PDF và ảnh').waitFor();
	await attach('../Đơn của tổ 3.PDF', A_PDF);
	await files.getByText('Đã thêm tệp').waitFor();
	expect(await leader.evaluate('document.documentElement.scrollWidth')).toBe(360);
	const link = files.getByRole('link', { name: 'Đơn của tổ 3.pdf' });
	const address = (await link.getAttribute('href'))!;
	const answer = await leader.request.get(server.origin + address);
	expect(await answer.body()).toEqual(A_PDF);
	const { 'content-type': type, 'content-disposition': disposition, ...headers } = answer.headers();
	expect(type).toBe('application/pdf');
	expect(disposition).toMatch(/^attachment; filename="vu-viec-[\w-]+\.pdf"; filename\*=UTF-8''%C4%90%C6%A1n%20/);
	expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });

	// Whoever may read the case and not work on it reads that there is a file, not what it is called.
	const auditor = await signedIn('kiem-tra');
	await auditor.goto(`${server.origin}/office/cases/${row.id}`);
	await auditor.locator('#files').getByText('Tệp 1').waitFor();
	expect(await auditor.content()).not.toContain('Đơn của tổ 3');
	expect((await auditor.request.get(server.origin + address)).status()).toBe(403);
	// What is for the head alone is there for nobody else.
	const supervisor = await signedIn('phu-trach');
	expect((await supervisor.request.get(server.origin + address)).status()).toBe(200);
	await commit(db, (tx) => tx.update(cases).set({ toHead: true }).where(eq(cases.id, row.id)));
	expect((await supervisor.request.get(server.origin + address)).status()).toBe(404);

	await files.getByRole('button', { name: 'Gỡ tệp' }).click();
	await files.getByText('Đã gỡ tệp').waitFor();
	expect((await leader.request.get(server.origin + address)).status()).toBe(404);
	const its = eq(auditLines.object, row.id);
	const actions = (await db.select().from(auditLines).where(its).orderBy(asc(auditLines.seq))).map(
		({ action }) => action
	);
	expect(actions.filter((action) => action.startsWith('case-file'))).toEqual([
		'case-file-added',
		'case-file-opened',
		'case-file-opened',
		'case-file-removed'
	]);
}, 120_000);
