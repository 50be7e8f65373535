import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page, Route } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aRound } from '../factories/dialogue.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-questions-'));
const databaseUrl = `file:${folder}/ward.db`;
const PASSWORD = 'một mật khẩu dài';
const LIMIT = 30 * 1024;

let server: Server;
let browser: Browser;
let db: Db;
beforeAll(async () => {
	db = await openDb(databaseUrl);
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: 'wardward00', kind: 'ward', name: 'Phường Thử' });
	});
	const now = Date.now();
	const moderator = { login: 'mc', name: 'Người Dẫn', role: 'moderator', password: PASSWORD } as const;
	await createUser(db, { organizationId: 'wardward00', ...moderator, now });
	server = await startServer({ databaseUrl, port: await freePort(), env: { DATA_DIR: folder } });
	browser = await startBrowser();
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await db.store.close();
	rmSync(folder, { recursive: true });
});

/** A dialogue of its own for each try. */
async function aRoom(): Promise<string> {
	const secret = openSecret(readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder }));
	const dialogue = {
		...{ title: 'Đối thoại thử', place: 'Hội trường', day: '2026-12-01', time: '08:00', streamUrl: '' },
		...{ halls: ['Hội trường'], hallProof: 'none' as const, rehearsal: false }
	};
	const by = { organizationId: 'wardward00', userId: 'u1', now: Date.now() };
	return (await addDialogue({ db, secret }, by, dialogue, [aRound()])).room;
}

async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN', ...options });
	const page = await context.newPage();
	await page.goto(`${server.origin}${path}`);
	return page;
}

const card = (page: Page, text: string) =>
	page.locator('[data-card]').filter({ has: page.locator('p.text', { hasText: text }) });
const item = (page: Page, text: string) => page.locator('[data-list] li', { hasText: text });

test('a question from a phone without a script to the screen, its promise and its code, and what the phones see of it', async () => {
	const room = await aRoom();
	const desk = await open(`/live/${room}/desk`, { viewport: { width: 1440, height: 900 } });
	const alive = desk.waitForRequest('**/desk-events');
	await desk.getByLabel('Tên đăng nhập').fill('mc');
	await desk.getByLabel('Mật khẩu').fill(PASSWORD);
	await desk.keyboard.press('Enter');
	// Before its script runs a command is a step to another page, which pressing a link would take back.
	await alive;
	// Who presses a link before the command is answered goes where they wanted to, however the answers come.
	const slowly = (ms: number) => async (route: Route) => {
		const answer = await route.fetch();
		await new Promise((later) => setTimeout(later, ms));
		await route.fulfill({ response: answer });
	};
	await desk.route('**/desk?/command', slowly(300));
	await desk.route('**/questions-desk/__data.json**', slowly(900));
	await desk.getByRole('button', { name: 'Bắt đầu buổi đối thoại' }).click();
	await desk.getByRole('link', { name: 'Bàn câu hỏi' }).click();
	await desk.waitForURL('**/questions-desk');
	await desk.unrouteAll({ behavior: 'wait' });
	const phone = await open(`/live/${room}`);
	expect(await phone.getByRole('link', { name: 'Hỏi lãnh đạo' }).isVisible()).toBe(false);
	await desk.getByRole('button', { name: 'Mở nhận câu hỏi' }).click();
	// The way to the questions comes to whoever has the voting page open.
	await phone.getByRole('link', { name: 'Hỏi lãnh đạo' }).click();
	await phone.waitForURL('**/questions');
	// Its script has run by then: without one a dead network is the browser's own error page.
	await phone.waitForLoadState('load');

	const plain = await open(`/live/${room}/questions`, { javaScriptEnabled: false });
	await plain.locator('textarea').fill('Bao giờ sửa đường Hòn Rớ? Gọi tôi 0905 123 456');
	await plain.getByRole('button', { name: 'Gửi câu hỏi' }).click();
	const code = (await plain.locator('[data-code]').textContent())!;
	expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-.$/);
	expect(await plain.getByText('Đã che số điện thoại').isVisible()).toBe(true);

	// A phone whose network is gone keeps its question, and sends it by itself.
	await phone.context().setOffline(true);
	await phone.locator('textarea').fill('Đường Hòn Rớ hư, khi nào sửa đường');
	await phone.getByRole('button', { name: 'Gửi câu hỏi' }).click();
	await phone.getByText('Câu hỏi được giữ trên máy').waitFor();
	await phone.context().setOffline(false);
	await phone.locator('[data-received]').waitFor();

	await card(desk, 'Bao giờ sửa đường').waitFor();
	expect(await card(desk, 'Bao giờ sửa đường').textContent()).not.toContain('0905');
	await card(desk, 'Bao giờ sửa đường')
		.getByRole('button', { name: /^Duyệt/ })
		.click();
	await card(desk, 'Bao giờ sửa đường')
		.getByRole('button', { name: /^Lên màn hình/ })
		.waitFor();
	// The one that is like it is suggested; a key merges it.
	await card(desk, 'khi nào sửa đường').locator('.similar').waitFor();
	await card(desk, 'khi nào sửa đường').focus();
	await desk.keyboard.press('g');
	await card(desk, 'khi nào sửa đường').getByText('Đã gộp').waitFor();

	await phone.reload();
	await item(phone, 'Bao giờ sửa đường').getByRole('button', { name: 'Tôi cũng muốn hỏi' }).click();
	await item(phone, 'Bao giờ sửa đường').getByText('1 người muốn hỏi').waitFor();
	expect(await item(phone, 'Bao giờ sửa đường').getByText('gộp 1 câu').isVisible()).toBe(true);
	await phone.locator('#q').fill('hon ro');
	expect(await item(phone, 'Bao giờ sửa đường').isVisible()).toBe(true);
	await phone.locator('#q').fill('karaoke');
	await phone.getByText('Chưa có câu hỏi nào được hiện').waitFor();

	const screen = await open(`/live/${room}/present`, { viewport: { width: 1920, height: 1080 } });
	await card(desk, 'Bao giờ sửa đường')
		.getByRole('button', { name: /^Lên màn hình/ })
		.click();
	await screen.getByRole('heading', { name: /Bao giờ sửa đường Hòn Rớ\? Gọi tôi \[số điện thoại\]/ }).waitFor();
	await screen.getByText('1 người cùng muốn hỏi').waitFor();
	await desk.getByLabel('Lời hứa', { exact: true }).fill('Vá ổ gà đường Hòn Rớ');
	await desk.getByLabel('Đơn vị làm').fill('Phòng Kinh tế, Hạ tầng và Đô thị');
	await desk.getByLabel('Hạn', { exact: true }).fill('2099-12-15');
	await desk.getByRole('button', { name: 'Ghi lời hứa' }).click();
	await screen.getByText('Vá ổ gà đường Hòn Rớ').waitFor();
	await card(desk, 'Bao giờ sửa đường')
		.getByRole('button', { name: /^Đã trả lời/ })
		.click();
	await screen.getByText('Xin chờ câu hỏi').waitFor();

	await plain.getByLabel('Mã theo dõi').fill(code);
	await plain.getByRole('button', { name: 'Xem', exact: true }).click();
	const steps = await plain.locator('#follow ol li').allTextContents();
	expect(steps.map((step) => step.replace(/^[\d:/ ]+\s*/, '').trim())).toEqual([
		...['Đã nhận, chờ người điều hành đọc', 'Đã hiện cho mọi người', 'Đang trả lời', 'Đã trả lời']
	]);
	expect(await plain.getByText('Vá ổ gà đường Hòn Rớ').isVisible()).toBe(true);

	const ward = await open('/results/wardward00/promises');
	await ward.getByText('1 lời hứa: 0 đã xong, 0 trễ hạn, 1 còn hạn').waitFor();
	await desk.goto(`${server.origin}/admin/dialogues/promises`);
	await desk.getByText('Ghi đã xong').first().click();
	await desk.getByLabel('Bằng chứng').fill('Biên bản nghiệm thu số 12');
	await desk.getByRole('button', { name: 'Ghi đã xong: Vá ổ gà' }).click();
	await desk.getByText('1 lời hứa: 1 đã xong, 0 trễ hạn, 0 còn hạn').waitFor();

	for (const page of [phone, ward, screen, desk]) expect(await findFaults(page)).toEqual([]);
	await desk.goto(`${server.origin}/live/${room}/questions-desk`);
	expect(await findFaults(desk)).toEqual([]);
});

test('the page of questions is at most 30 KB for a phone that has nothing yet', async () => {
	const room = await aRoom();
	const page = await open(`/live/${room}/questions`);
	const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
	const own = names.filter((name) => name.startsWith(server.origin) && !/\/api\//.test(name));
	let bytes = 0;
	for (const address of [`${server.origin}/live/${room}/questions`, ...own])
		bytes += brotliCompressSync(Buffer.from(await (await fetch(address)).arrayBuffer())).length;
	console.info(`live questions page: ${bytes} bytes of ${LIMIT} in ${own.length + 1} files`);
	expect(own.some((name) => name.includes('questions'))).toBe(true);
	expect(bytes).toBeLessThanOrEqual(LIMIT);
});
