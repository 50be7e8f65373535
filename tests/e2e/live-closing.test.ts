import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GRACE_MS } from '../../src/lib/domain/dialogue/round.ts';
import { showCode } from '../../src/lib/domain/survey/code.ts';
import { createUser } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { commandDialogue, finishDueRounds } from '../../src/lib/server/dialogue/desk/writes.ts';
import { readDialogue, readRounds, receiptOf } from '../../src/lib/server/dialogue/reads.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { castVote } from '../../src/lib/server/dialogue/votes/writes.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aBallot } from '../factories/ballots.ts';
import { aRound } from '../factories/dialogue.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-closing-'));
const databaseUrl = `file:${folder}/ward.db`;
const PASSWORD = 'một mật khẩu dài';
const TEXT = 'Cán bộ phục vụ thế nào?';

let server: Server;
let browser: Browser;
let db: Db;
let room: string;
let receipt: string;
beforeAll(async () => {
	db = await openDb(databaseUrl);
	const now = Date.now();
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: 'w1', kind: 'ward', name: 'Phường Thử' });
	});
	const person = { organizationId: 'w1', login: 'mc', name: 'Người Dẫn', role: 'moderator', now } as const;
	await createUser(db, { ...person, password: PASSWORD });
	const secret = openSecret(readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder }));
	const dialogue = {
		...{ title: 'Đối thoại thử', place: 'Hội trường', day: '2026-12-01', time: '08:00', streamUrl: '' },
		...{ halls: ['Hội trường'], hallProof: 'none' as const, rehearsal: false }
	};
	const agenda = [aRound({ kind: 'scale', text: TEXT, options: [], criterion: 'PV' })];
	const by = { organizationId: 'w1', userId: 'u1', now };
	const made = await addDialogue({ db, secret }, by, dialogue, agenda);
	room = made.room;
	const [round] = await readRounds(db, made.id);
	const command = async (command: Parameters<typeof commandDialogue>[1]['command']) => {
		const { version } = (await readDialogue(db, made.id))!;
		await commandDialogue(db, { dialogueId: made.id, command, expected: version, userId: 'u1', now });
	};
	await command({ do: 'start' });
	await command({ do: 'open', roundId: round!.id });
	const ballots = await Promise.all(
		['5', '5', '4', '1', '5', '5'].map((choice, i) =>
			aBallot({ db, secret }, made.id, `device ${i}`, { roundId: round!.id, choice })
		)
	);
	for (const ballot of ballots) await castVote(db, { dialogueId: made.id, ballot, serial: null, at: now });
	receipt = showCode(receiptOf(round!.id, ballots[3]!.id));
	await command({ do: 'close-now' });
	await finishDueRounds(db, now + GRACE_MS + 1);
	server = await startServer({ databaseUrl, port: await freePort(), env: { DATA_DIR: folder } });
	browser = await startBrowser();
});
afterAll(async () => {
	await browser.close();
	await server.stop();
	await db.store.close();
	rmSync(folder, { recursive: true });
});

test('without a script: the end, what the closing will do, the closing, the result, and a receipt found in its list', async () => {
	const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await page.goto(`${server.origin}/live/${room}/result`);
	expect(await page.locator('main').innerText()).toContain('Chưa có kết quả');

	await page.goto(`${server.origin}/live/${room}/desk/close`);
	await page.getByLabel('Tên đăng nhập').fill('mc');
	await page.getByLabel('Mật khẩu').fill(PASSWORD);
	await page.getByLabel('Mật khẩu').press('Enter');
	await page.getByText('Buổi đối thoại chưa kết thúc').waitFor();
	expect(await page.getByRole('button', { name: 'Khóa sổ' }).count()).toBe(0);
	await page.getByRole('link', { name: 'Về bàn điều hành' }).click();
	await page.locator('summary', { hasText: 'Kết thúc buổi đối thoại' }).click();
	await page.getByRole('button', { name: 'Kết thúc buổi đối thoại' }).click();
	await page.getByRole('link', { name: 'Khóa sổ buổi đối thoại' }).click();

	expect(await page.locator('tbody tr').innerText()).toMatch(/Cán bộ phục vụ thế nào\?\s+6\s+0\s+0\s+6\s+PV/);
	await page.getByText('Đưa 6 phiếu trả lời vào chỉ số').waitFor();
	await page.getByLabel('Tôi đã xem các con số trên và muốn khóa sổ.').check();
	await page.getByRole('button', { name: 'Khóa sổ' }).click();

	await page.waitForURL(`**/live/${room}/result`);
	const best = page.locator('tbody tr', { hasText: '5 ·' });
	expect(await best.innerText()).toMatch(/67 % \(4\)\s+–\s+–\s+67 % \(4\)/);
	await page.getByText('không phải mẫu đại diện').waitFor();
	await page.goto(`${server.origin}/live/${room}/desk/close`);
	expect(page.url()).toBe(`${server.origin}/live/${room}/result`);

	await page.getByRole('link', { name: 'Danh sách mã biên nhận' }).click();
	const found = async (code: string) => {
		await page.getByLabel('Mã biên nhận của Ông/Bà').fill(code);
		await page.getByRole('button', { name: 'Tìm' }).click();
		return page.getByRole('status').innerText();
	};
	expect(await found(receipt.toLowerCase().replace('-', ' '))).toContain(`Mã ${receipt} có trong danh sách`);
	expect(await found('0000-0000')).toContain('Không có mã 0000-0000');
	expect(await page.locator('ol li').allInnerTexts()).toContain(receipt);
	expect(await page.locator('main').innerText()).not.toMatch(/ %/);
});

test('result and receipts of a closed dialogue have no fault that axe finds, on a phone and wide', async () => {
	for (const viewport of [
		{ width: 360, height: 740 },
		{ width: 1440, height: 900 }
	]) {
		const page = await (await browser.newContext({ viewport })).newPage();
		for (const path of ['result', 'receipts', 'result?lang=en']) {
			await page.goto(`${server.origin}/live/${room}/${path}`);
			expect(await findFaults(page)).toEqual([]);
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
			expect(wide).toBeLessThanOrEqual(0);
		}
	}
});
