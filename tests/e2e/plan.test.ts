import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commit } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { readPlan } from '../../src/lib/server/casework/plan/reads.ts';
import { planTasks } from '../../src/lib/server/db/schema/plan.ts';
import { aStoredCase } from '../factories/case.ts';
import { anActor } from '../factories/provinces.ts';

/** A ward's plan of a year in the hands of its leader, without a script. */
let folder: string;
let server: Server;
let browser: Browser;
let leader: BrowserContext;
let databaseUrl: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-plan-'));
	databaseUrl = `file:${folder}/ward.db`;
	const db = await openDb(databaseUrl);
	const actor = await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: 'tinhthu000', kind: 'province', name: 'Tỉnh Thử' });
		const ward = { id: 'phuongthu0', parentId: 'tinhthu000', kind: 'ward', name: 'Phường Thử' } as const;
		await tx.insert(organizations).values(ward);
		return anActor(tx, { name: 'Lãnh đạo', role: 'leader', path: [ward.id, 'tinhthu000'], now: Date.now() });
	});
	await db.store.close();
	server = await startServer({ databaseUrl, port: await freePort(), env: { DATA_DIR: folder } });
	browser = await startBrowser();
	leader = await browser.newContext({ locale: 'vi-VN', javaScriptEnabled: false });
	await leader.addCookies([{ name: 's-http', value: actor.token, url: server.origin }]);
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	rmSync(folder, { recursive: true });
});

/** The row of a task by the beginning of what it says. */
const rowOf = (page: Page, content: string) => page.getByRole('row').filter({ hasText: content });
const TASK = 'Sử dụng màn hình LED';

test('the plan begins with the annex in one step, takes news, ends and opens tasks, and moves to the next year', async () => {
	const page = await leader.newPage();
	await page.goto(`${server.origin}/admin/plan`);
	await page.getByRole('button', { name: 'Dùng 25 nhiệm vụ của phụ lục' }).click();
	await page.getByText('25 nhiệm vụ: 0 đã xong').waitFor();
	const sections = await page
		.locator('section[aria-labelledby]')
		.evaluateAll((all) =>
			all.map((one) => [one.querySelector('h2')!.textContent!.trim(), one.querySelectorAll('tbody tr').length])
		);
	expect(sections).toEqual([
		['I. Tiêu chí tiếp cận dịch vụ', 7],
		['II. Tiêu chí Thủ tục hành chính', 4],
		['III. Tiêu chí Sự phục vụ của công chức, viên chức', 6],
		['IV. Tiêu chí Kết quả giải quyết công việc', 5],
		['V. Tiêu chí Tiếp nhận và xử lý thông tin phản hồi', 3]
	]);

	await page.getByRole('link', { name: TASK }).click();
	await page.getByLabel('Đã làm gì').fill('Lắp màn hình thứ hai ở sảnh');
	await page.getByLabel('Minh chứng', { exact: true }).fill('https://phuong.example/led');
	await page.getByRole('button', { name: 'Ghi tiến độ' }).click();
	await page.getByRole('link', { name: 'https://phuong.example/led' }).waitFor();

	await page.locator('summary', { hasText: 'Đã xong' }).click();
	await page.getByLabel('Kết quả, minh chứng').fill('Biên bản 15');
	await page.locator('details[open] button').click();
	await page.getByText(/Xong ngày .* Biên bản 15/).waitFor();
	await page.getByRole('link', { name: 'Về kế hoạch' }).click();
	await page.getByText('25 nhiệm vụ: 1 đã xong').waitFor();
	expect(await rowOf(page, TASK).innerText()).toMatch(/Đã xong[\s\S]*Lắp màn hình thứ hai/);
	await page.getByRole('link', { name: TASK }).click();
	await page.getByRole('button', { name: 'Mở lại' }).click();
	await page.getByText('Đang làm').waitFor();

	const year = Number(today().slice(0, 4));
	await page.goto(`${server.origin}/admin/plan?year=${year + 1}`);
	await page.getByRole('button', { name: `Chép kế hoạch năm ${year}` }).click();
	await page.getByText('25 nhiệm vụ: 0 đã xong').waitFor();
	expect(await page.getByText(`Quý IV/${year + 1}`).count()).toBe(1);
	await page.close();
});

test('a Friday is ticked with one tap on the list, and a case is linked to a task and seen from both', async () => {
	const db = await openDb(databaseUrl);
	const year = Number(today().slice(0, 4));
	await commit(db, async (tx) => {
		await tx.update(planTasks).set({ sinceDay: `${year}-01-01` });
		const row = aStoredCase({ id: 'case000001', organizationId: 'phuongthu0', receivedAt: Date.now(), seq: 12 });
		await tx.insert(cases).values({ ...row, year, subject: 'Sảnh chờ thiếu ghế' });
	});
	const weekly = async () => {
		const lines = await readPlan(db, { organizationId: 'phuongthu0', year, sites: null, today: today() });
		return lines.find(({ due }) => due.kind === 'weekly')!;
	};
	const page = await leader.newPage();
	await page.goto(`${server.origin}/admin/plan`);
	const tick = page.getByRole('button', { name: /^Ghi đã làm tuần/ });
	// In the first days of a year there may be no Friday yet.
	const due = (await weekly()).weeks.length > 0;
	expect(await tick.count()).toBe(due ? 1 : 0);
	if (due) {
		await tick.click();
		await page.getByText('Đã ghi một tuần đã làm').waitFor();
		expect(await tick.count()).toBe(0);
		expect((await weekly()).weeks.at(-1)!.doneDay).toBe(today());
	}
	await page.getByRole('link', { name: TASK }).click();
	await page.getByLabel('Số vụ việc').fill(`${year}-0013`);
	await page.getByRole('button', { name: 'Nối', exact: true }).click();
	await page.getByText('Không có vụ việc này').waitFor();
	expect(await page.getByLabel('Số vụ việc').inputValue()).toBe(`${year}-0013`);
	await page.getByLabel('Số vụ việc').fill(`${year}-0012`);
	await page.getByRole('button', { name: 'Nối', exact: true }).click();
	await page.getByRole('link', { name: `${year}-0012` }).click();
	await page.getByRole('heading', { name: `Vụ việc ${year}-0012` }).waitFor();
	await page.locator('#tasks').getByRole('link', { name: TASK }).waitFor();
	await page.goto(`${server.origin}/admin/plan/progress`);
	await page.getByText(`Vụ việc: ${year}-0012 (Mới).`).waitFor();
	await page.goto(`${server.origin}/office/cases/case000001`);
	await page.locator('#tasks').getByRole('button', { name: 'Bỏ nối' }).click();
	await page.getByText('Chưa nối với nhiệm vụ nào').waitFor();
	await page.locator('#tasks summary').click();
	await page.getByLabel('Nhiệm vụ', { exact: true }).selectOption({ index: 1 });
	await page.locator('#tasks').getByRole('button', { name: 'Nối' }).click();
	expect(await page.locator('#tasks').getByRole('button', { name: 'Bỏ nối' }).count()).toBe(1);
	await page.close();
	await db.store.close();
});

test('a task of one’s own is typed, refused where something is missing, and changed', async () => {
	const page = await leader.newPage();
	await page.goto(`${server.origin}/admin/plan/new`);
	await page.getByLabel('Nội dung công việc').fill('Kê thêm ghế ở sảnh');
	await page.getByLabel('Đơn vị chịu trách nhiệm').fill('Trung tâm phục vụ hành chính công');
	await page.getByLabel('Khi nào').selectOption('date');
	await page.getByLabel('Ghi trong phụ lục là').fill('Trước Tết');
	await page.locator('summary', { hasText: 'Nhắm tới' }).click();
	await page.getByLabel(/R03/).check();
	await page.getByRole('button', { name: 'Lưu nhiệm vụ' }).click();
	// Due by a day, and no day was given: what was typed is kept.
	await page.getByText('Ngày không đúng').waitFor();
	expect(await page.getByLabel(/R03/).isChecked()).toBe(true);
	await page.getByLabel('Ngày đến hạn').fill('2099-02-01');
	await page.getByRole('button', { name: 'Lưu nhiệm vụ' }).click();
	await page.getByText('Trước Tết: chậm nhất 01/02/2099').waitFor();
	expect(await page.getByText('Thiếu ghế ngồi, nước uống, bút, tiện nghi').count()).toBe(1);

	await page.getByRole('link', { name: 'Sửa nhiệm vụ' }).click();
	await page.getByLabel('Nội dung công việc').fill('Kê thêm 20 ghế ở sảnh');
	await page.getByRole('button', { name: 'Lưu nhiệm vụ' }).click();
	await page.getByText('Kê thêm 20 ghế ở sảnh').waitFor();
	await page.close();
});

test('the annex prints on A4 landscape with a row for every task, the report to the province on A4', async () => {
	const page = await leader.newPage();
	const year = today().slice(0, 4);
	for (const [path, size] of [
		['print', [842, 595]],
		['progress', [595, 842]]
	] as const) {
		await page.goto(`${server.origin}/admin/plan/${path}?year=${Number(year) + 1}`);
		const rows = await page.locator('article tbody').last().locator('xpath=..').locator('tbody tr').count();
		expect(rows, path).toBe(5 + 25);
		const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
		expect(boxes.length, path).toBeGreaterThan(path === 'print' ? 5 : 1);
		expect(boxes.length, path).toBeLessThan(path === 'print' ? 16 : 12);
		for (const [, width, height] of boxes) expect([Math.round(+width), Math.round(+height)]).toEqual(size);
	}
	await page.close();
});

/** As the server has it: Việt Nam's day, whatever the machine's zone. */
const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
