import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { eq, max } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slipUrl } from '../../src/lib/domain/dialogue/slip.ts';
import { readCode, showCode } from '../../src/lib/domain/survey/code.ts';
import { IN_THE_HAND, judgeSide } from '../../src/lib/domain/survey/print-size.ts';
import { showSerial } from '../../src/lib/domain/survey/serial.ts';
import { newId } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { ballots, dialogues, slips } from '../../src/lib/server/db/schema/dialogue.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { readRounds } from '../../src/lib/server/dialogue/reads.ts';
import { makeSlips } from '../../src/lib/server/dialogue/slips/writes.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { measurePage, missingTools, printPage } from '../actors/printer.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aRound } from '../factories/dialogue.ts';
import { anActor } from '../factories/provinces.ts';

/** Paper from the printer to the result, as its people do it. */
const HOST = 'danhgia.phuong-hoaian.danang.gov.vn';
const MISSING = missingTools();
if (MISSING.length > 0) console.warn(`NO PRINTED SLIP IS READ: apt-get install ${MISSING.join(' ')}.`);
const AGENDA = [
	aRound({ kind: 'scale', text: 'Ông/Bà hài lòng với cách phục vụ ở mức nào?', options: [], criterion: 'PV' }),
	aRound({ kind: 'multiple', text: 'Nên ưu tiên việc nào?', most: 2 }),
	aRound({ text: 'Chỉ bình chọn bằng điện thoại?', onPaper: false })
];

let folder: string;
let databaseUrl: string;
let server: Server;
let browser: Browser;
let origin: string;
let db: Db;
let organizationId: string;
let moderator: BrowserContext;
let room: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-paper-'));
	databaseUrl = `file:${folder}/ward.db`;
	db = await openDb(databaseUrl);
	organizationId = newId();
	await commit(db, (tx) =>
		tx.insert(organizations).values({ id: organizationId, kind: 'ward', name: 'Phường Hoài Ân' })
	);
	const dialogue = {
		...{ title: 'Đối thoại về cải cách thủ tục hành chính', place: 'Nhà văn hóa', day: '2026-12-01', time: '08:00' },
		...{ streamUrl: '', halls: ['Hội trường chính', 'Nhà văn hóa khu phố 3'], rehearsal: false },
		hallProof: 'slip' as const
	};
	const secret = openSecret(readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder }));
	const by = { organizationId, userId: 'u1', now: Date.now() };
	({ room } = await addDialogue({ db, secret }, by, dialogue, AGENDA));
	const port = await freePort();
	origin = `http://${HOST}:${port}`;
	server = await startServer({ databaseUrl, port, env: { ORIGIN: origin, DATA_DIR: folder } });
	browser = await startBrowser(`--host-resolver-rules=MAP ${HOST} 127.0.0.1`);
	moderator = await signedIn('moderator');
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await db?.store.close();
	if (folder) rmSync(folder, { recursive: true });
});

async function signedIn(role: 'moderator' | 'clerk', options = {}): Promise<BrowserContext> {
	const now = Date.now();
	const actor = await commit(db, (tx) => anActor(tx, { name: `Người ${role}`, role, path: [organizationId], now }));
	const context = await browser.newContext({ locale: 'vi-VN', ...options });
	await context.addCookies([{ name: 's-http', value: actor.token, url: origin }]);
	return context;
}

/** Makes slips and leads to their sheets. */
async function sheetsOf(what: 'ballots' | 'slips', count: number): Promise<Page> {
	const page = await moderator.newPage();
	await page.goto(`${origin}/admin/dialogues/${room}/paper`);
	await page.locator(`[name=what][value=${what}]`).check();
	await page.getByLabel('Hội trường').selectOption({ label: 'Nhà văn hóa khu phố 3' });
	await page.getByLabel('Số lượng').fill(String(count));
	await page.getByRole('button', { name: 'Tạo mã và xem tờ in' }).click();
	await page.getByText('In ngay bây giờ').waitFor();
	return page;
}

test.skipIf(MISSING.length > 0)(
	'every slip of a sheet is read at its printed size, and says its own code',
	async () => {
		const page = await sheetsOf('slips', 14);
		const shown = await page.locator('li .code').allInnerTexts();
		expect(new Set(shown).size).toBe(14);
		const { codes, cuts, over } = await measurePage(page);
		expect(over).toEqual([]);
		for (const code of codes) expect(judgeSide({ ...code, distance: IN_THE_HAND })).toBe(null);
		const print = await printPage(page, folder, cuts);
		expect(print.pages).toHaveLength(2);
		expect(print.codes).toEqual(shown.map((code) => [slipUrl(origin, room, readCode(code))]));
		await page.close();
	}
);

test.skipIf(MISSING.length > 0)(
	'a paper ballot bears the serial of its slip, asks what is for paper, and its slip opens the phone’s page',
	async () => {
		const page = await sheetsOf('ballots', 2);
		const shown = await page.locator('.codes > strong').allInnerTexts();
		const { codes } = await measurePage(page);
		for (const code of codes) expect(judgeSide({ ...code, distance: IN_THE_HAND })).toBe(null);
		const print = await printPage(page, folder);
		expect(print.pages).toHaveLength(2);
		expect(print.codes).toEqual(shown.map((code) => [slipUrl(origin, room, readCode(code))]));
		const [{ last }] = await db
			.select({ last: max(slips.serial) })
			.from(slips)
			.where(eq(slips.hall, 1));
		const serials = [last! - 1, last!];
		for (const [i, serial] of serials.entries()) {
			expect(print.texts[i]!.split(showSerial(serial)).length - 1).toBe(2);
			expect(print.texts[i]).toContain(showCode(readCode(shown[i]!)));
			expect(print.texts[i]).toContain('Rất hài lòng');
			expect(print.texts[i]).toContain('Làm thêm sáng thứ Bảy');
			expect(print.texts[i]).not.toContain('Chỉ bình chọn bằng điện thoại');
		}
		const phone = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
		await phone.goto(print.codes[1]![0]!);
		await phone.waitForFunction(() => location.hash === '');
		const kept = await phone.evaluate((room) => localStorage.getItem(`live-${room}`), room);
		expect(JSON.parse(kept!)).toMatchObject({ passes: [{ level: 'slip', hall: 1, serial: last }] });
		await page.close();
	}
);

/** A dialogue that is over, and a pile of its ballots. */
async function aPile(sheets: number) {
	const [stored] = await db.select().from(dialogues).where(eq(dialogues.room, room));
	const rounds = (await readRounds(db, stored!.id)).filter(({ onPaper }) => onPaper);
	const secret = openSecret(readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder }));
	const run = { id: newId(), dialogueId: stored!.id, hall: 0, count: sheets, ballots: true, userId: 'u1' };
	await commit(db, (tx) => tx.update(dialogues).set({ state: 'live' }).where(eq(dialogues.room, room)));
	const made = await makeSlips({ db, secret }, { ...run, now: Date.now() });
	const first = made.ok ? made.value.first : 0;
	await commit(db, (tx) => tx.update(dialogues).set({ state: 'counting' }).where(eq(dialogues.room, room)));
	const page = await moderator.newPage();
	await page.goto(`${origin}/admin/dialogues/${room}/paper`);
	const counted = page.locator('#batches [name=counted]');
	if (!(await counted.isVisible())) await page.locator('#batches summary').click();
	await counted.fill(String(sheets));
	await page.getByLabel('Người đếm').fill('Tổ kiểm phiếu');
	await page.getByRole('button', { name: 'Thêm tập phiếu' }).click();
	await page.getByRole('heading', { name: /^Tập \d/ }).waitFor();
	const batch = page.url().split('#')[0]!;
	await page.close();
	const serials = Array.from({ length: sheets }, (_, i) => first + i);
	return { batch, rounds: { ids: rounds.map(({ id }) => id), serials } };
}

/** Types as somebody does who never looks up: digits and Enter. */
async function typeBallot(page: Page, serial: string, scale: string, several: string) {
	await page.keyboard.type(serial);
	await page.keyboard.press('Enter');
	await page.keyboard.type(scale);
	await page.keyboard.type(several);
	await page.keyboard.press('Enter');
}

test('a pile is counted, keyed twice with the keyboard alone, settled by a third person, and counts when it is closed', async () => {
	const { rounds: agenda, batch } = await aPile(3);
	const first = await (await signedIn('clerk')).newPage();
	await first.goto(batch);
	await first.getByRole('button', { name: 'Nhận nhập tập này' }).click();
	await first.locator('form[data-ready]').waitFor();
	const [one, two, three] = agenda.serials.map((serial) => showSerial(serial));
	await typeBallot(first, one!, '5', '12');
	await typeBallot(first, two!.replace(/^0+/, ''), '0', '9');
	await first.getByText('2 / 3 phiếu').waitFor();
	// Without a network one goes on; the ballot is sent when it is back.
	await first.context().setOffline(true);
	await typeBallot(first, three!, '4', '3');
	await first.getByText('Mất mạng: 1 phiếu').waitFor();
	await first.context().setOffline(false);
	await first.getByText('3 / 3 phiếu').waitFor({ timeout: 20_000 });
	// A serial keyed twice is told to whoever keyed it, and who goes back corrects a digit.
	await typeBallot(first, one!, '5', '12');
	await first.getByText('đã nhập trong lần này rồi').waitFor();
	await first.keyboard.type(one!);
	await first.keyboard.press('Enter');
	await first.keyboard.press('ArrowUp');
	expect(await first.locator('input[name=serial]').evaluate((field) => field === document.activeElement)).toBe(true);
	expect(await findFaults(first)).toEqual([]);
	await first.getByRole('button', { name: 'Tôi đã nhập xong tập này' }).click();
	await first.getByText('đã nhập xong').waitFor();

	// The second is somebody else, here without a script: the same form, sent.
	const second = await (await signedIn('clerk', { javaScriptEnabled: false })).newPage();
	await second.goto(batch);
	await second.getByRole('button', { name: 'Nhận nhập tập này' }).click();
	for (const [serial, scale, several] of [
		[one!, '5', '12'],
		[two!, '1', '9'],
		[three!, '4', '3']
	]) {
		await second.getByLabel('Số phiếu').fill(serial!);
		await second.locator('[name=k0]').fill(scale!);
		await second.locator('[name=k1]').fill(several!);
		await second.getByRole('button', { name: 'Lưu phiếu' }).click();
		await second.getByRole('link', { name: `Sửa phiếu ${serial}` }).waitFor();
	}
	expect(await second.textContent('main')).not.toContain('0 9');
	await second.getByRole('button', { name: 'Tôi đã nhập xong tập này' }).click();
	await second.getByText('Xin nhờ người thứ ba').waitFor();

	const page = await moderator.newPage();
	await page.goto(batch);
	await page.getByText(`Phiếu ${two!}`).first().waitFor();
	await page.getByText('Lần 1: 0 9').click();
	await page.getByRole('button', { name: `Ghi quyết định: ${two!}` }).click();
	await page.getByText('Không còn phiếu lệch').waitFor();
	expect(await findFaults(page)).toEqual([]);
	await page.getByRole('button', { name: 'Khóa tập phiếu' }).click();
	await page.getByText('Tập đã khóa, phiếu đã vào kết quả').waitFor();
	const cast = await db.select().from(ballots).where(eq(ballots.roundId, agenda.ids[0]!));
	expect(cast.map(({ choice, channel }) => `${channel} ${choice}`).sort()).toEqual([
		'live-paper ',
		'live-paper 4',
		'live-paper 5'
	]);
	await page.goto(`${origin}/live/${room}/desk`);
	await page.getByText('Nhập lần 1: 3 / 3 phiếu').waitFor();
	await page.close();
});

test.skipIf(MISSING.length > 0)('the cover sheet is one page, whose code opens its batch', async () => {
	const page = await moderator.newPage();
	await page.goto(`${origin}/admin/dialogues/${room}/paper`);
	const href = await page.getByRole('link', { name: 'Tập 1', exact: true }).getAttribute('href');
	await page.goto(`${origin}${href}/cover`);
	const { over } = await measurePage(page);
	expect(over).toEqual([]);
	const print = await printPage(page, folder);
	expect(print.codes).toEqual([[`${origin}${href}`]]);
	expect(print.texts[0]).toContain('Tập 1');
	await page.close();
});

test('a file is read first and stored when it is said so; its bad rows are named by line', async () => {
	const { rounds: agenda, batch } = await aPile(2);
	const page = await (await signedIn('clerk')).newPage();
	await page.goto(batch);
	await page.getByRole('link', { name: 'Nhập từ tệp CSV' }).click();
	const [one, two] = agenda.serials.map((serial) => showSerial(serial));
	const buffer = Buffer.from(`\ufeffSố phiếu;Câu 1;Câu 2\r\n${one};5;12\r\n${two};7;1\r\n`);
	await page.getByLabel('Tệp CSV').setInputFiles({ name: 'tập 2.csv', mimeType: 'text/csv', buffer });
	await page.getByRole('button', { name: 'Đọc thử tệp' }).click();
	await page.getByText('Dòng 3, câu 1:').waitFor();
	expect(await findFaults(page)).toEqual([]);
	await page.getByRole('button', { name: 'Ghi 1 phiếu' }).click();
	await page.getByText('Đã ghi 1 phiếu từ tệp').waitFor();
	await page.getByRole('link', { name: 'Nhập tiếp' }).click();
	await page.getByText('1 / 2 phiếu').waitFor();
	await page.context().close();
});
