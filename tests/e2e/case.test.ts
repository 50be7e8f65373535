import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Move, MoveEntry } from '../../src/lib/domain/casework/case.ts';
import { showCode } from '../../src/lib/domain/survey/code.ts';
import { caseCode, readCaseOf } from '../../src/lib/server/casework/cases/reads.ts';
import { moveCase, openCase } from '../../src/lib/server/casework/cases/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { citizenRequests } from '../../src/lib/server/db/schema/survey.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret, type Secret } from '../../src/lib/server/secret/secret.ts';
import { findFaults } from '../actors/axe.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'case-'));
const databaseUrl = `file:${folder}/ward.db`;
const WARD = 'wardward00';
const PHONE = { viewport: { width: 360, height: 740 }, locale: 'vi-VN' };
const LIMIT = 35 * 1024;

let server: Server;
let browser: Browser;
let db: Db;
let secret: Secret;
beforeAll(async () => {
	db = await openDb(databaseUrl);
	await commit(db, (tx) => tx.insert(organizations).values({ id: WARD, kind: 'ward', name: 'Phường Thử' }));
	server = await startServer({ databaseUrl, port: await freePort(), env: { DATA_DIR: folder } });
	secret = openSecret(readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder }));
	browser = await startBrowser();
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await db.store.close();
	rmSync(folder, { recursive: true });
});

async function open(path: string, javaScriptEnabled = false): Promise<Page> {
	const page = await (await browser.newContext({ ...PHONE, javaScriptEnabled })).newPage();
	page.setDefaultTimeout(15_000);
	await page.goto(`${server.origin}${path}`);
	return page;
}

const of = (sourceId: string) => ({ organizationId: WARD, source: 'request', sourceId }) as const;

async function openCaseOf(sourceId: string) {
	const fresh = {
		...of(sourceId),
		class: 'rules',
		toHead: false,
		subject: 'Phản ánh',
		receivedAt: Date.now()
	} as const;
	await commit(db, (tx) => openCase(tx, secret, fresh, { actorId: 'u1', now: Date.now() }));
	return showCode(caseCode(secret, of(sourceId)));
}

/** What staff do with it. */
async function move<M extends Move>(sourceId: string, deed: M, entry: MoveEntry<M>) {
	const { id: caseId, version: expected } = (await readCaseOf(db, of(sourceId)))!;
	const moved = await moveCase(db, { caseId, expected, actorId: 'u1', now: Date.now() }, deed, entry);
	if (!moved.ok) throw new Error(`${deed}: ${moved.reason}`);
}

async function widthOf(page: Page): Promise<number> {
	return page.evaluate(() => document.documentElement.scrollWidth);
}

test('without a script a citizen follows a case, adds what is missing, reads the answer and has it taken up again', async () => {
	const phone = await open(`/request/${WARD}`);
	await phone.getByLabel('Nội dung phản ánh').fill('Xin che mái trước Quầy 1.');
	await phone.locator('#name').fill('Nguyễn Thị Thử');
	await phone.locator('#address').fill('Tổ 3');
	await phone.locator('#phone').fill('0900 000 000');
	await phone.locator('#consent').check();
	await phone.getByRole('button', { name: 'Gửi đơn' }).click();
	const code = await phone.locator('.code').innerText();
	expect([await widthOf(phone), phone.url().includes(code.replaceAll('-', '').toLowerCase())]).toEqual([360, false]);
	const sent = await db.select().from(citizenRequests);
	const request = sent.map(({ id }) => id).find((id) => showCode(caseCode(secret, of(id))) === code)!;
	await openCaseOf(request);
	await phone.getByRole('link', { name: 'Xem vụ việc của tôi' }).click();
	await phone.getByLabel('Mã theo dõi').fill(code.toLowerCase().replaceAll('0', 'o'));
	await phone.getByRole('button', { name: 'Xem vụ việc' }).click();
	await phone.getByRole('heading', { name: 'Vụ việc', level: 1 }).waitFor();
	expect(phone.url()).not.toContain(code.replaceAll('-', '').toLowerCase());

	await move(request, 'forward', { unit: 'Phòng Kinh tế', assigneeId: '' });
	await move(request, 'ask', { text: 'Xin cho biết ngày nào.' });
	await phone.reload();
	await phone.getByLabel('Nội dung bổ sung').fill('Sáng thứ hai, ngoài trời mưa.');
	await phone.getByRole('button', { name: 'Gửi bổ sung' }).click();
	await phone.getByText('Đã nhận nội dung bổ sung').waitFor();

	await move(request, 'answer', { text: 'Đã che mái trước Quầy 1.' });
	await phone.reload();
	expect(await phone.getByText('Đã che mái trước Quầy 1.').isVisible()).toBe(true);
	expect(await widthOf(phone)).toBe(360);
	const { pathname, search } = new URL(phone.url());
	expect(await findFaults(await open(`${pathname}${search}`, true))).toEqual([]);
	await phone.evaluate(() => (document.documentElement.style.fontSize = '200%'));
	expect(await widthOf(phone)).toBe(360);
	await phone.locator('label', { hasText: '1 · ' }).click();
	await phone.getByLabel('Vì sao').fill('Mái còn dột.');
	await phone.getByRole('button', { name: 'Gửi đánh giá' }).click();
	await phone.getByText('Vụ việc được xem xét lại. Câu trả lời mới chậm nhất').waitFor();
	expect(await readCaseOf(db, of(request))).toMatchObject({ state: 'processing', rating: 1, reopened: 1 });

	await phone.getByRole('link', { name: 'English' }).click();
	await phone.getByRole('heading', { name: 'In progress' }).waitFor();
	const page = await fetch(phone.url(), { headers: { 'accept-encoding': 'identity' } });
	expect(page.headers.get('set-cookie')).toBe(null);
	const html = await page.text();
	const styles = [...html.matchAll(/href="([^"]+\.css)"/g)].map(([, path]) => new URL(path, `${server.origin}/case`));
	const texts = await Promise.all(styles.map(async (each) => (await fetch(each)).text()));
	const bytes = [html, ...texts].reduce((sum, text) => sum + brotliCompressSync(text).length, 0);
	expect(bytes).toBeLessThan(LIMIT);
});

test('a code in the fragment opens its case by itself, and no address or request of the server holds it', async () => {
	const code = await openCaseOf('r2');
	const phone = await open('/', true);
	const asked: string[] = [];
	phone.on('request', (request) => asked.push(request.url()));
	await phone.goto(`${server.origin}/case#${code}`);
	await phone.getByRole('heading', { name: 'Vụ việc', level: 1 }).waitFor();
	expect(asked.filter((url) => url.includes(code))).toEqual([]);
	expect(phone.url()).not.toContain(code);
});

test('a code that nobody has and one that cannot be are answered alike, and after sixty of them the network waits', async () => {
	const right = await openCaseOf('r3');
	const send = async (code: string) => {
		const body = new URLSearchParams({ code });
		const answer = await fetch(`${server.origin}/case?/open`, {
			...{ method: 'POST', body, redirect: 'manual' as const, headers: { origin: server.origin, accept: 'text/html' } }
		});
		return { status: answer.status, text: (await answer.text()).replace(/(id="code".*?) value="[^"]*"/, '$1') };
	};
	const unknown = await send(showCode(caseCode(secret, of('nobody'))));
	expect(unknown).toMatchObject({ status: 404 });
	expect(unknown.text).toContain('Chưa có vụ việc nào với mã này');
	for (const malformed of ['K7M2-9QXD-4R8T-0', 'x', '%00', '<b>']) expect(await send(malformed)).toEqual(unknown);
	const statuses: number[] = [];
	for (let i = 0; i < 70; i++) statuses.push((await send(`wrong${i}`)).status);
	expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(60);
	expect(statuses.at(-1)).toBe(429);
	// A right one then says no more than a wrong one.
	expect((await send(right)).status).toBe(429);
});

test('what was published is found without marks, has an address of its own and a file, and nothing else of its case is read', async () => {
	await openCaseOf('r4');
	await move('r4', 'forward', { unit: 'Phòng Kinh tế', assigneeId: '' });
	await move('r4', 'answer', { text: 'Thưa bà Kín, đã vá ổ gà.' });
	await move('r4', 'publish', { question: 'Đường Hòn Rớ có ổ gà', answer: '=Đã vá ổ gà.', looked: 'yes' });
	const phone = await open(`/results/${WARD}/answers`);
	await phone.getByLabel('Tìm trong câu hỏi').fill('hon ro O GA');
	await phone.getByRole('button', { name: 'Tìm' }).click();
	await phone.getByRole('heading', { name: '1 câu trả lời' }).waitFor();
	expect(await phone.locator('dl').innerText()).toMatch(/Trả lời đúng hạn\s+100,00 %\s+\d trong \d/);
	expect(await widthOf(phone)).toBe(360);
	const { pathname, search } = new URL(phone.url());
	const rich = await open(`${pathname}${search}`, true);
	expect(await findFaults(rich)).toEqual([]);
	const file = await fetch(`${server.origin}${await phone.getByRole('link', { name: 'CSV' }).getAttribute('href')}`);
	const csv = await file.text();
	expect(csv).toContain(`"'=Đã vá ổ gà."`);
	expect(csv.trim().split('\n')).toHaveLength(2);
	await phone.getByRole('link', { name: 'Đường Hòn Rớ có ổ gà' }).click();
	await phone.getByRole('heading', { name: /Hỏi đáp \d{4}-\d{4}/ }).waitFor();
	expect(await findFaults(await open(new URL(phone.url()).pathname, true))).toEqual([]);
	for (const text of [csv, await phone.content(), await rich.content()]) expect(text).not.toMatch(/Kín|Phòng Kinh tế/);
	const gone = await fetch(phone.url().replace(/\d{4}$/, '9999'));
	expect(gone.status).toBe(404);
});
