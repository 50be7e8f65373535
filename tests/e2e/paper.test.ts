import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slipUrl } from '../../src/lib/domain/dialogue/slip.ts';
import { readCode, showCode } from '../../src/lib/domain/survey/code.ts';
import { IN_THE_HAND, judgeSide } from '../../src/lib/domain/survey/print-size.ts';
import { showSerial } from '../../src/lib/domain/survey/serial.ts';
import { newId } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
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
let server: Server;
let browser: Browser;
let origin: string;
let db: Db;
let organizationId: string;
let moderator: BrowserContext;
let room: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-paper-'));
	const databaseUrl = `file:${folder}/ward.db`;
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
		for (const [i, serial] of [15, 16].entries()) {
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
		expect(JSON.parse(kept!)).toMatchObject({ passes: [{ level: 'slip', hall: 1, serial: 16 }] });
		await page.close();
	}
);
