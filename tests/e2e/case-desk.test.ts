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
import type { Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';

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
