import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { readCode } from '../../src/lib/domain/survey/code.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { users } from '../../src/lib/server/db/schema/account.ts';
import { counterFields, counters, duties, officers, sites } from '../../src/lib/server/db/schema/place.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { tickets } from '../../src/lib/server/db/schema/survey.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { makeVisitTicket } from '../../src/lib/server/survey/tickets/visit/writes.ts';
import { findFaults } from '../actors/axe.ts';
import { freePort } from '../actors/free-port.ts';
import { call } from '../actors/raw-http.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aWard } from '../factories/place.ts';
import { anActor, type Actor } from '../factories/provinces.ts';

/** A visit at somebody's home, on two phones without JavaScript: the officer's and the citizen's. */
const PHONE = { viewport: { width: 360, height: 740 }, locale: 'vi-VN', isMobile: true, hasTouch: true };
const ZBAR = '/usr/bin/zbarimg';

let folder: string;
let server: Server;
let browser: Browser;
let db: Db;
let people: Record<'visitor' | 'colleague' | 'elsewhere' | 'leader', Actor>;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-visits-'));
	const databaseUrl = `file:${folder}/ward.db`;
	db = await openDb(databaseUrl);
	await aWard(db);
	const now = Date.now();
	people = await commit(db, async (tx) => {
		const own = { organizationId: 'w1' };
		await tx.insert(sites).values({ ...own, id: 's9', name: 'Tổ lưu động', kind: 'home' });
		await tx.insert(counters).values({ ...own, id: 'q9', siteId: 's9', number: '9', name: 'Đến tận nhà' });
		await tx.insert(counterFields).values([
			{ counterId: 'q9', fieldId: 'f1' },
			{ counterId: 'q9', fieldId: 'f2' }
		]);
		await tx.insert(officers).values({ ...own, id: 'o9', name: 'Công Chức 9' });
		const since = { startsAt: now - HOUR_MS, source: 'roster' as const };
		await tx.insert(duties).values({ ...own, id: 'd9', counterId: 'q9', officerId: 'o9', ...since });
		const officer = async (officerId: string, siteId = '') => {
			const actor = await anActor(tx, { name: `Người ${officerId}`, role: 'officer', path: ['w1'], siteId, now });
			await tx.update(users).set({ officerId }).where(eq(users.id, actor.userId));
			return actor;
		};
		return {
			visitor: await officer('o9'),
			colleague: await officer('o1'),
			elsewhere: await officer('o2', 's1'),
			leader: await anActor(tx, { name: 'Lãnh Đạo', role: 'leader', path: ['w1'], now })
		};
	});
	const env = { DATA_DIR: folder, SECRET_FILE: `${folder}/secret` };
	server = await startServer({ databaseUrl, port: await freePort(), env });
	browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await db?.store.close();
	rmSync(folder, { recursive: true });
});

async function aPhone(owner: Actor | null): Promise<Page> {
	const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
	if (owner) await context.addCookies([{ name: 's-http', value: owner.token, url: server.origin }]);
	return context.newPage();
}

const visit = { id: 'visit00001', dutyId: 'd9', fieldId: 'f2' };
const post = (actor: Actor, action: string, form: Record<string, string>) =>
	fetch(`${server.origin}/office/visits?/${action}`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: server.origin, cookie: `s-http=${actor.token}`, accept: 'text/html' },
		body: new URLSearchParams(form)
	});

/** Nine earlier visits, so that with the one of the journey an officer's results are released. */
async function nineAnswered() {
	const secret = openSecret({ secretKey: null, secretFile: `${folder}/secret` });
	const made = { organizationId: 'w1', changedBy: 'u9', officerId: 'o9', versionId: 'SIPAS5-v1', now: Date.now() };
	for (let n = 1; n <= 9; n++) {
		const ticket = await makeVisitTicket({ db, secret }, { ...made, ...visit, id: `earlier00${n}` });
		if (!ticket.ok) throw new Error(ticket.reason);
		const said = { versionId: 'SIPAS5-v1', locale: 'vi', reasons: [], comment: null, bands: '', flags: [] };
		const answers = ['TC', 'HC', 'PV', 'KQ', 'TT'].map((itemId) => ({ itemId, value: 4 }));
		const place = { siteId: '', counterId: '', fieldId: '', officerId: '' };
		const sheet = { id: randomUUID(), organizationId: 'w1', channel: 'ticket' as const, place, at: Date.now() };
		await acceptDirect(
			db,
			[{ ...sheet, ...said, answers, ticketHash: secret.mark('ticket', ticket.value.code) }],
			Date.now()
		);
	}
}

async function makeOne(page: Page, field: string): Promise<string> {
	await page.goto(`${server.origin}/office/visits`);
	await page.getByLabel(field).check();
	await page.getByRole('button', { name: 'Bắt đầu lượt, tạo mã' }).tap();
	return (await page.locator('.code').textContent())!.replace(/\s/g, '');
}

async function typeIn(page: Page, code: string) {
	await page.goto(`${server.origin}/r`);
	await page.getByLabel('Mã trên giấy hẹn').fill(code);
	await page.getByRole('button', { name: 'Mở câu hỏi' }).tap();
}

test('an officer’s phone shows a ticket, the citizen’s answers it, and the leader’s tables have it where it belongs', async () => {
	const page = await aPhone(people.visitor);
	const code = await makeOne(page, 'Chứng thực');
	expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
	expect(page.url()).not.toContain(code.slice(0, 4));
	const qr = page.locator('article svg');
	expect((await qr.boundingBox())!.width).toBeGreaterThan(280);
	if (existsSync(ZBAR)) {
		const picture = join(folder, 'phone.png');
		await page.screenshot({ path: picture });
		const read = execFileSync(ZBAR, ['--quiet', '--raw', picture], { encoding: 'utf8' }).trim();
		expect(read).toBe(`${server.origin}/r#${readCode(code)}`);
	}
	// Sent again, as a phone does whose network broke: the same ticket.
	await page.reload();
	expect((await page.locator('.code').textContent())!.replace(/\s/g, '')).toBe(code);
	await page.getByRole('link', { name: 'Xong' }).tap();
	await page.getByRole('heading', { name: 'Các lượt hôm nay' }).waitFor();
	expect(await page.locator('main').textContent()).toContain('Đã tạo 1 mã, còn tạo được 19 mã');
	expect(await page.content()).not.toContain(code);

	const citizen = await aPhone(null);
	await typeIn(citizen, code.toLowerCase().replaceAll('-', ' '));
	for (const item of ['TC', 'HC', 'PV', 'KQ', 'TT']) await citizen.locator(`label[for="answer.${item}-4"]`).tap();
	await citizen.getByRole('button', { name: 'Gửi câu trả lời' }).tap();
	await citizen.waitForURL('**/thanks/w1*');
	const where = { siteId: 's9', counterId: 'q9', fieldId: 'f2', officerId: 'o9' };
	expect(await db.select().from(sheets)).toMatchObject([{ channel: 'ticket', ...where, answers: '44444' }]);
	// The officer's page is as it was before the answer.
	await page.reload();
	expect(await page.locator('main').textContent()).toContain('Đã tạo 1 mã, còn tạo được 19 mã');

	await nineAnswered();
	await releaseCounts(db);
	const headers = { host: new URL(server.origin).host, cookie: `s-http=${people.leader.token}` };
	const rowOf = async (by: string, name: string) => {
		const { text } = await call(server.port, 'GET', `/leader?by=${by}`, { headers });
		return text.split('<tr').find((row) => row.includes(name)) ?? '';
	};
	for (const [by, name] of [
		['channel', 'Mã trên giấy hẹn'],
		['site', 'Tổ lưu động'],
		['counter', 'Đến tận nhà'],
		['field', 'Chứng thực'],
		['officer', 'Công Chức 9']
	] as const)
		expect([by, await rowOf(by, name)]).toEqual([by, expect.stringContaining('100,00')]);
	expect(await rowOf('site', 'Tổ lưu động')).toContain('Phục vụ tại nhà');
	// Ten within an hour: from the fourth on they carry a doubt, which the leader reads beneath the table.
	const { text } = await call(server.port, 'GET', '/leader?by=channel', { headers });
	expect(text.replace(/\s+/g, ' ')).toMatch(/Nghi vấn \(dồn dập[^<]*<\/dt> <dd[^>]*>7</);
});

test('what was shown by mistake is taken back, and the citizen is told', async () => {
	const page = await aPhone(people.visitor);
	const code = await makeOne(page, 'Hộ tịch');
	const citizen = await aPhone(null);
	await page.getByRole('button', { name: 'Đưa nhầm' }).tap();
	await page.getByRole('status').getByText('không còn mở được').waitFor({ timeout: 10_000 });
	await typeIn(citizen, code);
	await citizen.getByText('Mã này đã bị hủy').waitFor({ timeout: 10_000 });
});

test('nobody uses the duty of somebody else, nor takes back their ticket', async () => {
	const before = await db.select().from(tickets);
	for (const action of ['make', 'void']) {
		const answer = await post(people.colleague, action, visit);
		expect([action, answer.status]).toEqual([action, 409]);
		expect(await answer.text()).not.toContain('article');
		expect([action, (await post(people.elsewhere, action, visit)).status]).toEqual([action, 403]);
		expect([action, (await post(people.leader, action, visit)).status]).toEqual([action, 403]);
		expect([action, (await post(people.visitor, action, { ...visit, dutyId: 'd1' })).status]).toEqual([action, 409]);
	}
	expect(await db.select().from(tickets)).toEqual(before);
	const page = await aPhone(people.colleague);
	await page.goto(`${server.origin}/office/visits`);
	expect(await page.locator('main').textContent()).toContain('Lúc này Ông/Bà không trực tại nhà');
});

test('the page with a code holds on every screen, light and dark, and to axe', async () => {
	for (const look of [
		{ ...PHONE, colorScheme: 'dark' as const },
		{ viewport: { width: 1280, height: 800 }, colorScheme: 'light' as const }
	]) {
		const context = await browser.newContext({ locale: 'vi-VN', ...look });
		await context.addCookies([{ name: 's-http', value: people.visitor.token, url: server.origin }]);
		const page = await context.newPage();
		const heard: string[] = [];
		page.on('console', (line) => line.type() === 'error' && heard.push(line.text()));
		await page.goto(`${server.origin}/office/visits`);
		await page.getByLabel('Hộ tịch').check();
		await page.getByRole('button', { name: 'Bắt đầu lượt, tạo mã' }).click();
		await page.locator('article .code').waitFor();
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
		expect([await findFaults(page), heard]).toEqual([[], []]);
		await context.close();
	}
});
