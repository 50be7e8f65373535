import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { ballots, dialogues, rounds } from '../../src/lib/server/db/schema/dialogue.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { createUser } from '../../src/lib/server/account/writes.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aRound } from '../factories/dialogue.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-'));
const databaseUrl = `file:${folder}/ward.db`;
const PASSWORD = 'một mật khẩu dài';
const LIMIT = 30 * 1024;

let server: Server;
let browser: Browser;
let db: Db;
beforeAll(async () => {
	db = await openDb(databaseUrl);
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: 'w1', kind: 'ward', name: 'Phường Thử' });
	});
	const now = Date.now();
	await createUser(db, {
		organizationId: 'w1',
		login: 'mc',
		name: 'Người Dẫn',
		role: 'moderator',
		password: PASSWORD,
		now
	});
	server = await startServer({ databaseUrl, port: await freePort(), env: { DATA_DIR: folder } });
	browser = await startBrowser();
});
afterAll(async () => {
	await browser.close();
	await server.stop();
	await db.store.close();
	rmSync(folder, { recursive: true });
});

/** A dialogue of its own for each try. */
async function aRoom(): Promise<string> {
	const environment = readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder });
	const dialogue = {
		...{ title: 'Đối thoại thử', place: 'Hội trường', day: '2026-12-01', time: '08:00', streamUrl: '' },
		...{ halls: ['Hội trường'], hallProof: 'none' as const, rehearsal: false }
	};
	const agenda = [aRound(), aRound({ kind: 'scale', text: 'Mức độ hài lòng?', options: [], criterion: 'PV' })];
	const by = { organizationId: 'w1', userId: 'u1', now: Date.now() };
	return (await addDialogue({ db, secret: openSecret(environment) }, by, dialogue, agenda)).room;
}

async function aPhone(
	room: string,
	options: Parameters<Browser['newContext']>[0] = {}
): Promise<{ page: Page; context: BrowserContext }> {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
	const page = await context.newPage();
	await page.goto(`${server.origin}/live/${room}`);
	return { page, context };
}

test('a round from the desk to the phones and the screen and back: exact, hidden until it is revealed, over a killed server', async () => {
	const room = await aRoom();
	const desk = await (await browser.newContext()).newPage();
	await desk.goto(`${server.origin}/live/${room}/desk`);
	await desk.getByLabel('Tên đăng nhập').fill('mc');
	await desk.getByLabel('Mật khẩu').fill(PASSWORD);
	await desk.keyboard.press('Enter');
	await desk.getByRole('button', { name: 'Bắt đầu buổi đối thoại' }).click();

	const [first, second, third] = [
		await aPhone(room),
		await aPhone(room),
		await aPhone(room, { javaScriptEnabled: false })
	];
	const screen = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
	await screen.goto(`${server.origin}/live/${room}/present`);
	await first.page.getByRole('heading', { name: 'Đang chờ câu hỏi' }).waitFor();

	// Nobody reloads: the question comes to them.
	await desk.getByRole('button', { name: 'Câu tiếp theo' }).click();
	await desk.getByRole('button', { name: 'Mở bình chọn' }).click();
	await first.page.getByText('Máy lấy số').click();
	await first.page.getByRole('button', { name: 'Gửi lựa chọn' }).click();
	await first.page.getByText('Đã ghi nhận').waitFor();
	const receipt = await first.page.locator('[data-receipt]').textContent();
	expect(receipt).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
	await screen.getByText('1 phiếu').waitFor();
	await screen.getByText('Máy lấy số').waitFor();
	expect(await screen.locator('meter').count()).toBe(0);

	// Without a script the same form is a form.
	await third.page.goto(`${server.origin}/live/${room}`);
	await third.page.getByText('Chỗ ngồi chờ').click();
	await third.page.getByRole('button', { name: 'Gửi lựa chọn' }).click();
	await third.page.getByText('Đã ghi nhận. Mã biên nhận').waitFor();

	// A vote while the server is dead is kept, and sent when another one stands.
	await server.kill();
	await second.page.getByText('Chỗ ngồi chờ').click();
	await second.page.getByRole('button', { name: 'Gửi lựa chọn' }).click();
	await second.page.getByText('Đang gửi').waitFor();
	server = await startServer({ databaseUrl, port: server.port, env: { DATA_DIR: folder } });
	await second.page.getByText('Đã ghi nhận').waitFor({ timeout: 40_000 });
	await first.page.getByRole('button', { name: 'Đổi lựa chọn' }).click();
	await first.page.getByText('Chỗ ngồi chờ').click();
	await first.page.getByRole('button', { name: 'Gửi lựa chọn' }).click();
	await first.page.getByText('Đã ghi nhận').waitFor();
	expect(await first.page.locator('[data-receipt]').textContent()).toBe(receipt);

	// A screen that was cut off is back by itself before anything else happens on it.
	await screen.getByText('3 phiếu').waitFor({ timeout: 40_000 });
	await desk.reload();
	await desk.getByRole('button', { name: 'Đóng ngay' }).click();
	await screen.getByText('Đang kiểm phiếu').waitFor({ timeout: 40_000 });
	await desk.getByRole('button', { name: 'Công bố kết quả' }).click();
	await screen.getByText('100 %').waitFor({ timeout: 15_000 });
	await first.page.getByText('(Ông/Bà chọn)').waitFor({ timeout: 15_000 });
	const [round] = await db
		.select()
		.from(rounds)
		.innerJoin(dialogues, eq(rounds.dialogueId, dialogues.id))
		.where(eq(dialogues.room, room))
		.orderBy(rounds.position);
	const cast = await db.select().from(ballots).where(eq(ballots.roundId, round!.dialogue_round.id));
	expect(cast).toHaveLength(3);
	expect(round!.dialogue_round.result!.tally.total).toEqual({ votes: [3, 0, 0], valid: 3, blank: 0, spoiled: 0 });

	// One key takes everything down, everywhere.
	await desk.locator('h1').click();
	await desk.keyboard.press('h');
	await screen.getByText('Xin chờ trong giây lát').waitFor();
	await first.page.getByText('Tạm dừng').waitFor();
	await desk.getByRole('button', { name: 'Hiện lại' }).waitFor();
	await desk.keyboard.press('h');
	await screen.getByText('100 %').waitFor();
	for (const page of [desk, first.page, screen]) expect(await findFaults(page)).toEqual([]);
});

test('a dialogue and its questions are prepared in forms, without a script, and the desk has them', async () => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(`${server.origin}/admin/dialogues?add=dialogue`);
	await page.getByLabel('Tên đăng nhập').fill('mc');
	await page.getByLabel('Mật khẩu').fill(PASSWORD);
	await page.getByRole('button', { name: 'Đăng nhập' }).click();
	await page.getByLabel('Tên buổi đối thoại').fill('Đối thoại quý bốn');
	await page.getByLabel('Hội trường, điểm cầu').fill('Một\nHai');
	await page.getByRole('button', { name: 'Tạo buổi đối thoại' }).click();
	await page.getByText('Chưa có câu hỏi nào.').waitFor();
	const add = async (text: string, options: string) => {
		await page.getByLabel('Câu hỏi', { exact: true }).fill(text);
		await page.getByLabel('Các lựa chọn').fill(options);
		await page.getByRole('button', { name: 'Thêm câu hỏi' }).click();
	};
	await add('Câu đầu?', 'Chỉ một');
	await page.getByText('Xin viết từ 2 đến 8 lựa chọn').waitFor();
	await add('Câu đầu?', 'Có\nKhông');
	await add('Câu sau?', 'Có\nKhông');
	await page.getByRole('button', { name: 'Lên trên: Câu sau?' }).click();
	await page.getByRole('button', { name: 'Bỏ câu này: Câu đầu?' }).click();
	expect(await page.locator('#agenda .question').allTextContents()).toEqual(['Câu sau?']);
	await page.getByRole('link', { name: 'Bàn điều hành' }).click();
	await page.getByText('Câu sau?').waitFor();
	await context.close();
});

test('the phone’s page is at most 30 KB for a phone that has nothing yet', async () => {
	const room = await aRoom();
	const { page, context } = await aPhone(room);
	const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
	const own = names.filter((name) => name.startsWith(server.origin) && !/\/api\//.test(name));
	let bytes = 0;
	for (const address of [`${server.origin}/live/${room}`, ...own]) {
		bytes += brotliCompressSync(Buffer.from(await (await fetch(address)).arrayBuffer())).length;
	}
	console.info(`live phone page: ${bytes} bytes of ${LIMIT} in ${own.length + 1} files`);
	expect(own.some((name) => name.includes('phone'))).toBe(true);
	expect(bytes).toBeLessThanOrEqual(LIMIT);
	await context.close();
});
