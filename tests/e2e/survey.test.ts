import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { collectors, questionnaireVersions } from '../../src/lib/server/db/schema/survey.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { makeTickets } from '../../src/lib/server/survey/tickets/writes.ts';
import { SIPAS19 } from '../../src/lib/domain/survey/sipas19.ts';
import { showCode } from '../../src/lib/domain/survey/code.ts';
import { addDays, localDay } from '../../src/lib/domain/shared/time.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { call } from '../actors/raw-http.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aWard } from '../factories/place.ts';
import { anActor, type Actor } from '../factories/provinces.ts';

/** The citizen's page as a cheap phone has it: most of it in a browser without JavaScript. */
const PHONE = { viewport: { width: 320, height: 568 }, locale: 'vi-VN', isMobile: true, hasTouch: true };
const [ALL, SHORT, HOSTILE, CLOSED, BUSY] = ['a11a11a1', '5h0rt5h0', 'h05t11e0', 'c105edc0', 'b05yb05y'];
const HOSTILE_TEXT = '</script><img src=x onerror="document.title=1">“=1+1';

let folder: string;
let server: Server;
let browser: Browser;
let db: Db;
let leader: Actor;
let tickets: string[];
let longTicket: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-survey-'));
	const databaseUrl = `file:${folder}/ward.db`;
	db = await openDb(databaseUrl);
	await aWard(db);
	const secret = openSecret({ secretKey: null, secretFile: `${folder}/secret` });
	const today = localDay(Date.now());
	await commit(db, async (tx) => {
		await tx.update(organizations).set({ versionId: 'SIPAS19-v1' });
		const row = { organizationId: 'w1', questionnaireId: 'h', number: 1, name: 'h', createdAt: 0, changedAt: 0 };
		const text = { vi: HOSTILE_TEXT };
		const content = {
			title: text,
			introduction: text,
			languages: ['vi', 'en', 'km'],
			items: [1, 2].map((n) => ({ id: `X${n}`, criterion: null, text })),
			reasons: [{ code: 'R1', criterion: null, text }],
			gates: [{ id: 'g', text, skips: ['X2'] }],
			demographics: ['age' as const]
		};
		await tx.insert(questionnaireVersions).values({ ...row, id: 'h', state: 'published', content });
		const poster = { organizationId: 'w1', name: 'Sảnh chờ', siteId: 's1', createdAt: 0 };
		await tx.insert(collectors).values([
			{ ...poster, id: 'c1', code: ALL },
			{ ...poster, id: 'c2', code: SHORT, versionId: 'SIPAS5-v1' },
			{ ...poster, id: 'c3', code: HOSTILE, versionId: 'h' },
			{ ...poster, id: 'c4', code: CLOSED, closedAt: 1 },
			{ ...poster, id: 'c5', code: BUSY, versionId: 'SIPAS5-v1' }
		]);
		leader = await anActor(tx, { name: 'Lãnh Đạo', role: 'leader', path: ['w1'], now: Date.now() });
	});
	const batch = {
		id: 'batch00001',
		organizationId: 'w1',
		changedBy: 'u1',
		now: Date.now(),
		kind: 'sheet' as const,
		name: 'Giấy hẹn',
		count: 3
	};
	const where = { counterId: 'q2', fieldId: 'f2', officerId: '', day: '', shift: '' as const };
	const make = async (versionId: string) => {
		const made = await makeTickets(
			{ db, secret },
			{ ...batch, ...where, id: versionId, versionId, expiresOn: addDays(today, 20) }
		);
		if (!made.ok) throw new Error(made.reason);
		return made.value.codes.map(showCode);
	};
	tickets = await make('SIPAS5-v1');
	longTicket = (await make(SIPAS19.id))[0]!;
	server = await startServer({
		databaseUrl,
		port: await freePort(),
		env: { DATA_DIR: folder, SECRET_FILE: `${folder}/secret` }
	});
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await db?.store.close();
	rmSync(folder, { recursive: true });
});

afterEach(async () => {
	await Promise.all(browser.contexts().map((context) => context.close()));
});

async function aPhone(options: BrowserContextOptions = {}): Promise<Page> {
	const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false, ...options });
	return context.newPage();
}

const stored = () => db.select().from(sheets);
const choose = (page: Page, item: string, value: number | 'na') =>
	page.locator(`label[for="answer.${item}-${value}"]`).tap();
const send = (page: Page) => page.getByRole('button', { name: /Gửi câu trả lời|Tiếp tục/ }).tap();

/** A page a criterion, all of them "satisfied" but for one officer; ends at the thanks. */
async function answerAll19(page: Page) {
	for (let part = 1; part <= 5; part++) {
		await expect.poll(() => page.locator('#part').textContent()).toContain(`Phần ${part}/5`);
		const items = await page
			.locator('input[data-score="4"]')
			.evaluateAll((all) => all.map(({ id }) => id.slice(7, -2)));
		for (const item of items) await choose(page, item, item === 'PV1' ? 2 : 4);
		if (part === 3) await page.getByText('Công chức khó chịu khi được hỏi').tap();
		await send(page);
	}
	await page.waitForURL('**/thanks/w1*');
}

async function typeTicket(page: Page, code: string) {
	await page.goto(`${server.origin}/r`);
	await page.getByLabel('Mã trên giấy hẹn').fill(code);
	await page.getByRole('button', { name: 'Mở câu hỏi' }).tap();
}

test('a phone without JavaScript answers all 19 items by poster and by ticket, and the leader’s table has each under its channel', async () => {
	const places = {
		poster: { siteId: 's1', counterId: '', fieldId: '', officerId: '' },
		ticket: { siteId: 's1', counterId: 'q2', fieldId: 'f2', officerId: '' }
	};
	const answers = SIPAS19.items.map(({ id: itemId }) => ({ itemId, value: 4 }));
	const said = { versionId: SIPAS19.id, locale: 'vi', answers, reasons: [], comment: null, bands: '', flags: [] };
	const others = (['poster', 'ticket'] as const).flatMap((channel) =>
		[1, 2, 3, 4].map(() => {
			const how = { channel, place: places[channel], at: Date.now(), ticketHash: null };
			return { ...said, ...how, id: randomUUID(), organizationId: 'w1' };
		})
	);
	await acceptDirect(db, others, Date.now());

	const page = await aPhone();
	await page.goto(`${server.origin}/s/${ALL}`);
	await answerAll19(page);
	await typeTicket(page, longTicket);
	await answerAll19(page);
	const own = async () => (await stored()).filter(({ reasons }) => reasons === 'R09');
	const sheet = { answers: '4444444424444444444', versionId: SIPAS19.id };
	const both = [
		{ ...sheet, ...places.poster, channel: 'poster' },
		{ ...sheet, ...places.ticket, channel: 'ticket' }
	];
	expect((await own()).sort((one, other) => one.channel.localeCompare(other.channel))).toMatchObject(both);

	await typeTicket(page, longTicket);
	await page.getByText('Mã này đã được dùng').waitFor();
	expect(await own()).toHaveLength(2);

	await releaseCounts(db);
	const headers = { host: new URL(server.origin).host, cookie: `s-http=${leader.token}` };
	const { text } = await call(server.port, 'GET', '/leader?by=channel', { headers });
	const rows = text.split('<tr').slice(1);
	const rowOf = (channel: string) => rows.find((each) => each.includes(channel))!;
	for (const channel of ['Mã QR dán công khai', 'Mã trên giấy hẹn']) expect(rowOf(channel)).toContain('100,00');
	expect(rowOf('Mã QR dán công khai')).toContain('chưa kiểm chứng');
	expect(rowOf('Mã trên giấy hẹn')).not.toContain('chưa kiểm chứng');

	// The same figures as a file, which leaves a line in the log.
	const exported = async () =>
		(await db.select().from(auditLines)).filter(({ action }) => action === 'exported').length;
	const before = await exported();
	const file = (await call(server.port, 'GET', '/leader/file?by=channel', { headers })).text;
	const lines = file.split('\r\n').map((line) => line.split(';'));
	expect(lines[0]!.slice(0, 4)).toEqual(['\uFEFFfrom', 'to', 'by', 'key']);
	const counted = lines[0]!.indexOf('counted');
	const figures = (channel: string) =>
		lines.filter((line) => line[3] === channel && line[5] === 'TC').map((line) => [line[6], line[counted]]);
	expect([figures('poster'), figures('ticket')]).toEqual([[['100', 'no']], [['100', 'yes']]]);
	expect(await exported()).toBe(before + 1);
});

test('a ticket typed from under its code is answered once; Back, a reload and a second tap add nothing', async () => {
	const before = (await stored()).length;
	const page = await aPhone();
	await typeTicket(page, 'k7m2-9qxd-4r8t-c');
	expect(await page.locator('#code').inputValue()).toBe('k7m2-9qxd-4r8t-c');
	await page.getByLabel('Mã trên giấy hẹn').fill(tickets[0]!.toLowerCase());
	await page.getByRole('button', { name: 'Mở câu hỏi' }).tap();
	expect(page.url()).not.toContain(tickets[0]!.slice(0, 4));
	await send(page);
	expect(await page.getByRole('alert').textContent()).toContain('Xin chọn ít nhất một câu trả lời');
	await choose(page, 'PV', 5);
	await page.getByRole('button', { name: 'Gửi câu trả lời' }).dblclick();
	await page.waitForURL('**/thanks/w1*');
	await page.reload();
	await page.goBack();
	const again = page.getByRole('button', { name: 'Gửi câu trả lời' });
	if (await again.isVisible()) await again.tap();
	await page.getByText('Mã này đã được dùng').or(page.getByText('Xin cảm ơn')).first().waitFor();
	const sheetsNow = await stored();
	expect(sheetsNow).toHaveLength(before + 1);
	expect(sheetsNow.filter(({ channel, versionId }) => channel === 'ticket' && versionId === 'SIPAS5-v1')).toMatchObject(
		[{ counterId: 'q2', answers: '--5--' }]
	);
});

test('with JavaScript the fragment opens the ticket, and Back does not open it again', async () => {
	const page = await aPhone({ javaScriptEnabled: true });
	await page.goto(`${server.origin}/`);
	await page.goto(`${server.origin}/r#${tickets[1]}`);
	await page.waitForURL('**/r?form=*');
	await choose(page, 'PV', 1);
	expect(await page.getByText('Có biểu hiện gây phiền hà').isVisible()).toBe(true);
	expect(await page.getByText('Thủ tục phức tạp').isVisible()).toBe(false);
	await page.goBack();
	expect(page.url()).not.toContain('form=');
});

test('what was said is there again after Back, on the next page and in another language', async () => {
	const page = await aPhone();
	await page.goto(`${server.origin}/s/${ALL}`);
	await choose(page, 'TC1', 1);
	await send(page);
	await page.getByRole('button', { name: 'Quay lại' }).tap();
	expect(await page.locator('[id="answer.TC1-1"]').isChecked()).toBe(true);
	await page.getByRole('link', { name: 'English' }).tap();
	expect(await page.locator('html').getAttribute('lang')).toBe('en');
	expect(await page.locator('[id="answer.TC1-1"]').isChecked()).toBe(true);
	await page.getByRole('link', { name: 'Show all questions on one page' }).tap();
	expect(await page.locator('[id="answer.TC1-1"]').isChecked()).toBe(true);
	expect(await page.locator('fieldset:has(input[data-score])').count()).toBe(19);
});

test('texts of a questionnaire stay texts, gates close what they close, and grown-ups say so only where bands are', async () => {
	const page = await aPhone();
	await page.goto(`${server.origin}/s/${HOSTILE}`);
	expect(await page.getByText(HOSTILE_TEXT).count()).toBeGreaterThanOrEqual(6);
	expect(await page.locator('img').count()).toBe(0);
	expect(await page.locator('[id="answer.X2-5"]').count()).toBe(1);
	await page.getByText('Không', { exact: true }).tap();
	expect(await page.locator('label[for="answer.X2-5"]').isVisible()).toBe(false);
	await choose(page, 'X1', 5);
	await page.locator('select').selectOption({ label: 'Trên 60' });
	await send(page);
	expect(await page.getByRole('alert').textContent()).toContain('Tôi đủ 18 tuổi');
	await page.getByLabel('Tôi đủ 18 tuổi').tap();
	await send(page);
	await page.waitForURL('**/thanks/w1*');
	await page.goto(`${server.origin}/s/${HOSTILE}?lang=en`);
	expect(await page.getByText('only in Vietnamese').first().isVisible()).toBe(true);
});

test('nothing sticks out at 320 px or at twice the size, and axe finds nothing', { timeout: 120_000 }, async () => {
	const addresses = [
		...[ALL, SHORT, HOSTILE].map((code) => `/s/${code}`),
		...[`/s/${SHORT}?lang=en`, `/s/${ALL}?page=all`, '/r', '/r?problem=ticket-unknown', '/r?problem=ticket-used'],
		...['/thanks/w1', '/s/none', `/s/${CLOSED}`]
	];
	const problems: string[] = [];
	for (const look of [
		{ viewport: { width: 320, height: 568 }, colorScheme: 'light' as const, axe: addresses.length },
		{ viewport: { width: 160, height: 284 }, colorScheme: 'light' as const, axe: 0 },
		{ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const, axe: 1 }
	]) {
		const page = await aPhone({ ...look, isMobile: false, javaScriptEnabled: true });
		for (const [i, path] of addresses.entries()) {
			await page.goto(server.origin + path);
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			if (wide > 0) problems.push(`${path}: ${wide} px too wide at ${look.viewport.width}`);
			if (i >= look.axe) continue;
			problems.push(...(await findFaults(page)).map((fault) => `${path}: ${fault}`));
		}
	}
	expect(problems).toEqual([]);
});

test('the page asks nobody else for anything, keeps nothing, and works from the keyboard', async () => {
	const page = await aPhone({ javaScriptEnabled: true });
	const asked: string[] = [];
	page.on('request', (request) => asked.push(`${new URL(request.url()).origin} ${request.resourceType()}`));
	await page.goto(`${server.origin}/s/${SHORT}`, { waitUntil: 'networkidle' });
	expect(asked.filter((line) => !line.startsWith(`${server.origin} `))).toEqual([]);
	expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
	expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then(({ length }) => length))).toBe(0);
	await page.locator('[id="answer.TC-1"]').focus();
	for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
	expect(await page.locator('[id="answer.TC-3"]').isChecked()).toBe(true);
});

test('a look writes nothing, whoever looks', async () => {
	const file = new Database(`${folder}/ward.db`, { readonly: true });
	const commits = () => file.pragma('data_version', { simple: true }) as number;
	const paths = [
		`/s/${ALL}`,
		`/s/${SHORT}?page=all&lang=en`,
		`/s/${CLOSED}`,
		'/s/none',
		'/r',
		'/r?form=x',
		'/thanks/w1'
	];
	const host = new URL(server.origin).host;
	const looks: Record<string, string>[] = [
		{},
		{ purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' },
		{ 'user-agent': 'ZaloBot' }
	];
	const quiet = async () => {
		const before = commits();
		for (const path of paths)
			for (const headers of looks)
				for (const method of ['GET', 'HEAD']) await call(server.port, method, path, { headers: { ...headers, host } });
		return commits() === before;
	};
	// The server's own clock may write meanwhile; a look that writes does it every time.
	expect((await quiet()) || (await quiet()) || (await quiet())).toBe(true);
	for (const path of ['/api/v1/surveys/answers', '/api/v1/surveys/tickets'])
		expect((await call(server.port, 'GET', path, { headers: { host } })).status).toBe(405);
	for (const path of [`/s/${ALL}`, '/r'])
		expect(
			(await call(server.port, 'POST', path, { headers: { host, origin: server.origin }, form: { 'answer.PV': '5' } }))
				.status
		).toBe(405);
	file.close();
});

test('an answer survives a dead network: with JavaScript it is sent later, without the browser sends it again', async () => {
	for (const javaScriptEnabled of [true, false]) {
		const before = (await stored()).length;
		const page = await aPhone({ javaScriptEnabled });
		await page.goto(`${server.origin}/s/${SHORT}`);
		await choose(page, 'PV', 4);
		await page.context().setOffline(true);
		await send(page).catch(() => {});
		if (javaScriptEnabled) {
			await page.getByText('Chưa có mạng').waitFor();
			await send(page);
		} else {
			// Before the browser's own error page stands, a reload would draw the empty form anew instead of sending again.
			await expect.poll(() => page.url()).toMatch(/^chrome-error:/);
		}
		expect(await stored()).toHaveLength(before);
		await page.context().setOffline(false);
		// The browser may have begun by itself.
		if (!javaScriptEnabled) await page.reload().catch(() => {});
		await page.waitForURL('**/thanks/w1*');
		expect(await stored()).toHaveLength(before + 1);
	}
});

test('at an overrun poster a phone with JavaScript works and is taken, one without is told to wait and keeps its answers', async () => {
	const host = new URL(server.origin).host;
	const drawn = async () => (await call(server.port, 'GET', `/s/${BUSY}`, { headers: { host } })).text;
	const script = async () => {
		const form = /name="form" value="([^"]+)"/.exec(await drawn())![1]!;
		const fields = { form, page: '1', lang: 'vi', 'answer.PV': '1' };
		return call(server.port, 'POST', '/api/v1/surveys/answers', {
			headers: { host, origin: server.origin },
			form: fields
		});
	};
	for (let i = 0; i < 60; i++) await script();
	const taken = async () =>
		(await stored()).filter(({ answers, flags }) => answers === '--5--' && flags === 'burst').length;
	const before = await taken();
	for (const javaScriptEnabled of [true, false]) {
		const page = await aPhone({ javaScriptEnabled });
		await page.goto(`${server.origin}/s/${BUSY}`);
		await choose(page, 'PV', 5);
		await send(page);
		await page.waitForURL(javaScriptEnabled ? '**/thanks/w1*' : '**/*problem=crowded*');
		if (!javaScriptEnabled) expect(await page.locator('[id="answer.PV-5"]').isChecked()).toBe(true);
	}
	expect(await taken()).toBe(before + 1);
});
