import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCode, showCode } from '../../src/lib/domain/survey/code.ts';
import { IN_THE_HAND, judgeSide, PAPERS, POSTER_FORMATS } from '../../src/lib/domain/survey/print-size.ts';
import { showSerial } from '../../src/lib/domain/survey/serial.ts';
import { MOST_TICKETS, ticketUrl } from '../../src/lib/domain/survey/ticket.ts';
import { newId } from '../../src/lib/server/account/writes.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { counters, officers, organizations, sites } from '../../src/lib/server/db/schema/place.ts';
import { collectors } from '../../src/lib/server/db/schema/survey.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { measurePage, missingTools, printPage } from '../actors/printer.ts';
import { startServer, type Server } from '../actors/server.ts';
import { anActor } from '../factories/provinces.ts';
import { FULL } from '../lane.ts';

/** An address as long as a ward's is, so that the codes are as fine as they get. */
const HOST = 'danhgia.phuong-hoaian.danang.gov.vn';
/** As long as a name may be, stacked marks and all. */
const LONG =
	'Trung tâm Phục vụ hành chính công Phường Nguyễn Trung Trực Hưng Thịnh Đông Bắc Ẫm Ỡm Ngỡ Ngàng Thượng Lâm Sơn Cước Tây'
		.padEnd(120, ' Ộ')
		.slice(0, 120);
const OFFICER = 'Nguyễn Phước Hoàng Thị Thuỳ Dương Bảo Ngọc Quỳnh Như Tuyết Mỹ Ẫm Ỡm Ngỡ'.slice(0, 80);
const MISSING = missingTools();
if (MISSING.length > 0)
	console.warn(`NO PRINTED CODE IS READ: apt-get install ${MISSING.join(' ')}. The tests of the prints are skipped.`);

let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
let origin: string;
const posters = { ward: { id: newId(), code: 'k7m29qxd' }, officer: { id: newId(), code: 'zw3r8h0t' } };
let read = 0;
const sides: Record<string, string> = {};

beforeAll(async () => {
	if (MISSING.length > 0) return;
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-prints-'));
	const databaseUrl = `file:${folder}/ward.db`;
	const db = await openDb(databaseUrl);
	const organizationId = newId();
	const leader = await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: organizationId, kind: 'ward', name: LONG });
		const officerId = newId();
		await tx.insert(officers).values({ id: officerId, organizationId, name: OFFICER });
		const siteId = newId();
		await tx.insert(sites).values({ id: siteId, organizationId, name: LONG, kind: 'main' });
		await tx.insert(counters).values({ id: newId(), organizationId, siteId, number: '12345678', name: LONG });
		const made = { organizationId, name: LONG, createdAt: 0 };
		await tx.insert(collectors).values({ ...made, ...posters.ward });
		await tx.insert(collectors).values({ ...made, ...posters.officer, officerId });
		return anActor(tx, { name: 'Lãnh đạo', role: 'leader', path: [organizationId], now: Date.now() });
	});
	await db.store.close();
	const port = await freePort();
	origin = `http://${HOST}:${port}`;
	server = await startServer({ databaseUrl, port, env: { ORIGIN: origin, DATA_DIR: folder } });
	browser = await startBrowser(`--host-resolver-rules=MAP ${HOST} 127.0.0.1`);
	const context = await browser.newContext({ locale: 'vi-VN' });
	await context.addCookies([{ name: 's-http', value: leader.token, url: origin }]);
	page = await context.newPage();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (folder) rmSync(folder, { recursive: true });
});

/** Prints what the page shows and holds every code of it against the rule; what the codes say, page by page. */
async function readPrint(page: Page, name: string, distance: number) {
	const { codes, cuts, over } = await measurePage(page);
	expect(over, name).toEqual([]);
	for (const code of codes) expect(judgeSide({ ...code, distance }), `${name}: ${code.side} mm`).toBe(null);
	const print = await printPage(page, folder, cuts);
	expect(print.codes.flat(), `${name}: as many codes are read as are printed`).toHaveLength(codes.length);
	read += codes.length;
	sides[name] = `${codes.length} × ${codes[0].side.toFixed(0)} mm`;
	return print;
}

test.skipIf(MISSING.length > 0)(
	'every poster and card is read at its printed size, on the paper it is made for',
	async () => {
		// The large sheets take longest to draw; their sizes follow the same rule.
		const formats = POSTER_FORMATS.filter(
			({ paper }, i, all) => FULL || i === all.findIndex((one) => one.paper === paper)
		);
		for (const { paper, distance } of formats) {
			for (const { id, code } of (FULL && paper === 'a4') || paper === 'a6' ? Object.values(posters) : [posters.ward]) {
				await page.goto(`${origin}/admin/posters/${id}?paper=${paper}&distance=${distance}`);
				const print = await readPrint(page, `${paper}-${distance}-${code}`, distance);
				expect(print.pages).toHaveLength(1);
				expect(print.codes).toEqual([[`${origin}/s/${code}`]]);
				expect(print.texts[0]).toContain(showCode(code));
				const [{ width, height }] = print.pages;
				expect([width - PAPERS[paper].width, height - PAPERS[paper].height].every((off) => Math.abs(off) < 0.5)).toBe(
					true
				);
			}
		}
		for (const { id, code } of Object.values(posters)) {
			await page.goto(`${origin}/admin/posters/${id}?paper=card`);
			const print = await readPrint(page, `card-${code}`, IN_THE_HAND);
			expect(print.pages).toHaveLength(1);
			expect(print.codes).toEqual(Array.from({ length: 10 }, () => [`${origin}/s/${code}`]));
		}
	}
);

test.skipIf(MISSING.length > 0)(
	'every page of a paper form bears its number, and the code of each form says it',
	async () => {
		await page.goto(`${origin}/admin/questionnaires/paper?version=SIPAS19-v1&from=998&count=4`);
		const { codes, texts } = await readPrint(page, 'paper', IN_THE_HAND);
		const serials = [998, 999, 1000, 1001].map(showSerial);
		expect(codes).toEqual(serials.flatMap((serial) => [[serial], []]));
		expect(texts.map((text) => serials.filter((serial) => text.includes(serial)))).toEqual(
			serials.flatMap((serial) => [[serial], [serial]])
		);
	}
);

test.skipIf(MISSING.length > 0).each([
	['a4', 20, 2],
	['a6', 3, 3]
] as const)(
	'every ticket of a batch is read from the sheets that its page prints on %s',
	async (paper, count, pages) => {
		const context = await browser.newContext({ locale: 'vi-VN', javaScriptEnabled: false });
		await context.addCookies(await page.context().cookies());
		const sheets = await context.newPage();
		await sheets.goto(`${origin}/admin/tickets/new`);
		await sheets.getByLabel('Quầy').selectOption({ index: 1 });
		await sheets.getByLabel('Số lượng').fill(String(count));
		await sheets.getByLabel(paper.toUpperCase()).check();
		await sheets.getByRole('button', { name: 'Tạo và xem tờ in' }).click();
		const shown = await sheets.locator('li .code').allInnerTexts();
		expect(new Set(shown).size).toBe(count);
		const print = await readPrint(sheets, `tickets-${paper}`, paper === 'a4' ? IN_THE_HAND : 500);
		await context.close();
		expect(print.pages).toHaveLength(pages);
		expect(print.codes).toEqual(shown.map((code) => [ticketUrl(origin, readCode(code))]));
		expect(shown.filter((code) => !print.texts.join('').includes(code))).toEqual([]);
	}
);

test.skipIf(MISSING.length > 0)('a batch of five thousand is whole, as sheets and as a file', async () => {
	await page.goto(`${origin}/admin/tickets/new`);
	const ask = (where: string) =>
		page.evaluate(
			async ({ where, id, count }) => {
				const form = new FormData(document.querySelector<HTMLFormElement>('form[action$="/sheets"]')!);
				form.set('id', id);
				form.set('count', String(count));
				form.set('counterId', document.querySelector<HTMLOptionElement>('[name=counterId] option:nth-child(2)')!.value);
				const begun = performance.now();
				const answer = await fetch(`/admin/tickets/new/${where}`, {
					method: 'POST',
					body: form,
					headers: { accept: 'text/html' }
				});
				return { text: await answer.text(), seconds: (performance.now() - begun) / 1000 };
			},
			{ where, id: newId(), count: MOST_TICKETS }
		);
	const [sheets, file] = [await ask('sheets'), await ask('file')];
	const printed = [...sheets.text.matchAll(/<p class="code[^>]*>([\w-]+)<\/p>/g)].map(([, code]) => code);
	expect(new Set(printed).size).toBe(MOST_TICKETS);
	expect([...sheets.text.matchAll(/<svg[^>]*width="[\d.]+mm"/g)]).toHaveLength(MOST_TICKETS);
	expect([...sheets.text.matchAll(/data-sheet="a4"/g)]).toHaveLength(Math.ceil(MOST_TICKETS / 12));
	const { data } = Papa.parse<Record<string, string>>(file.text.replace(/^\uFEFF/, ''), {
		header: true,
		skipEmptyLines: true
	});
	expect(new Set(data.map(({ code }) => code)).size).toBe(MOST_TICKETS);
	expect(data.filter(({ code, url }) => url !== ticketUrl(origin, readCode(code)))).toEqual([]);
	expect([...new Set([...printed, ...data.map(({ code }) => code)])]).toHaveLength(2 * MOST_TICKETS);
	const megabytes = (text: string) => (text.length / 1e6).toFixed(1);
	console.log(
		`tickets: ${MOST_TICKETS} as sheets in ${sheets.seconds.toFixed(1)} s (${megabytes(sheets.text)} MB), ` +
			`as a file in ${file.seconds.toFixed(1)} s (${megabytes(file.text)} MB)`
	);
});

test.skipIf(MISSING.length > 0)(
	'a code that is drawn too small is refused, and one that is not there is missed',
	async () => {
		await page.goto(`${origin}/admin/posters/${posters.ward.id}?paper=a4&distance=1000`);
		const [whole] = (await measurePage(page)).codes;
		expect(judgeSide({ ...whole, distance: 1000 })).toBe(null);
		const resize = (width: string) =>
			page.evaluate((to) => {
				const svg = document.querySelector('svg[width$=mm]')!;
				for (const side of ['width', 'height']) svg.setAttribute(side, to);
			}, width);
		await resize('110mm');
		expect(judgeSide({ ...(await measurePage(page)).codes[0], distance: 1000 })).toBe('too-small');
		await resize('15mm');
		expect(judgeSide({ ...(await measurePage(page)).codes[0], distance: 1000 })).toBe('too-fine');
		await page.evaluate(() => document.querySelector('svg[width$=mm] path')!.remove());
		expect((await printPage(page, folder)).codes).toEqual([[]]);
		console.log(
			`prints: ${read} codes read at 300 dpi; ${Object.entries(sides)
				.map((one) => one.join(' '))
				.join(', ')}`
		);
	}
);
