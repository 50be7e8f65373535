import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY_MS, localDay } from '../../src/lib/domain/shared/time.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { servedCounts } from '../../src/lib/server/db/schema/report.ts';
import { alarms } from '../../src/lib/server/db/schema/terminal.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { call } from '../actors/raw-http.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aWard } from '../factories/place.ts';
import { anActor, type Actor } from '../factories/provinces.ts';

/** Pages beside the leader's table, in a ward with three weeks of answers. */
let folder: string;
let server: Server;
let browser: Browser;
let db: Db;
let leader: Actor;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'lang-nghe-shape-'));
	const databaseUrl = `file:${folder}/ward.db`;
	db = await openDb(databaseUrl);
	await aWard(db);
	const now = Date.now();
	for (const weeks of [0, 1, 2]) await answer(now - weeks * 7 * DAY_MS);
	await releaseCounts(db);
	leader = await commit(db, (tx) => anActor(tx, { name: 'Lãnh Đạo', role: 'leader', path: ['w1'], now }));
	server = await startServer({ databaseUrl, port: await freePort(), env: { DATA_DIR: folder } });
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await db?.store.close();
	rmSync(folder, { recursive: true });
});

async function answer(at: number) {
	const said = {
		...{
			organizationId: 'w1',
			channel: 'ticket' as const,
			versionId: 'SIPAS5-v1',
			locale: 'vi',
			ticketHash: null,
			flags: [],
			at
		},
		...{ answers: CRITERIA.map((itemId) => ({ itemId, value: 5 })), reasons: [], comment: null, bands: '' },
		place: { siteId: 's1', counterId: 'q1', fieldId: 'f1', officerId: 'o1' }
	};
	await acceptDirect(
		db,
		Array.from({ length: 40 }, () => ({ id: randomUUID(), ...said })),
		at
	);
}

const cookie = () => `s-http=${leader.token}`;

test('a trend is a table without scripts, and only its page loads the charts', async () => {
	const headers = { host: new URL(server.origin).host, cookie: cookie() };
	// What the page needs stands in it: head lines of more than 8 KB are refused by some programs on the way.
	const head = JSON.stringify((await call(server.port, 'GET', '/leader', { headers })).headers);
	expect(head.length).toBeLessThan(8_000);
	const { text } = await call(server.port, 'GET', '/leader/trend', { headers });
	expect(text.match(/<tr/g)?.length).toBeGreaterThanOrEqual(5);
	expect(text).toContain('n = 40');

	const folderOfScripts = 'build/client/_app/immutable';
	const charts = readdirSync(folderOfScripts, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.js'))
		.filter((name) => readFileSync(join(folderOfScripts, name), 'utf8').includes('series-breaks'));
	expect(charts).toHaveLength(1);
	const context = await browser.newContext({ locale: 'vi-VN' });
	await context.addCookies([{ name: 's-http', value: leader.token, url: server.origin }]);
	const page = await context.newPage();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.goto(`${server.origin}/leader`, { waitUntil: 'networkidle' });
	expect(asked.some((url) => url.endsWith(charts[0]))).toBe(false);
	await page.getByRole('link', { name: 'Xu hướng theo thời gian' }).click();
	await page.locator('canvas').first().waitFor();
	expect(asked.some((url) => url.endsWith(charts[0]))).toBe(true);
	expect(await page.locator('canvas').count()).toBe(6);
	// Something is drawn: not every pixel is empty.
	await expect
		.poll(() =>
			page
				.locator('canvas')
				.first()
				.evaluate((canvas: HTMLCanvasElement) =>
					canvas
						.getContext('2d')!
						.getImageData(0, 0, canvas.width, canvas.height)
						.data.some((byte) => byte !== 0)
				)
		)
		.toBe(true);
	await context.close();
});

test('an open alert stands above the results until a leader has seen it, without scripts too', async () => {
	const { host } = new URL(server.origin);
	const headers = { host, cookie: cookie(), origin: server.origin };
	const now = Date.now();
	const detail = { kind: 'bad-spell', place: 'counter', from: now - 900_000, until: now } as const;
	const row = {
		id: 'alert00000',
		organizationId: 'w1',
		kind: 'bad-spell',
		object: 'q1',
		openedAt: now,
		detail
	} as const;
	await commit(db, async (tx) => void (await tx.insert(alarms).values(row)));
	const read = async (path: string) => (await call(server.port, 'GET', path, { headers })).text;
	expect(await read('/leader')).toContain('Nhiều người dân chưa hài lòng: Quầy 1 (Trung tâm)');
	expect(await read('/leader/alerts')).toContain('value="alert00000"');
	const seen = await call(server.port, 'POST', '/leader/alerts?/seen', { headers, form: { id: 'alert00000' } });
	expect(seen.status).toBe(303);
	expect(await read('/leader')).not.toContain('Nhiều người dân chưa hài lòng');
	expect(await read('/leader/alerts')).toContain('Lãnh Đạo đã xem lúc');
	const quiet = { from: '17:00', until: '07:30' };
	expect((await call(server.port, 'POST', '/leader/alerts?/quiet', { headers, form: quiet })).status).toBe(303);
	expect(await read('/leader/alerts')).toContain('value="17:00"');
	const wrong = await call(server.port, 'POST', '/leader/alerts?/quiet', {
		headers,
		form: { ...quiet, from: '25:00' }
	});
	expect(wrong.status).toBe(400);
	expect(wrong.text).toContain('Ghi giờ theo dạng 18:00.');
});

test('how many were served comes from a file that is looked at first, and the rate stands beside the score', async () => {
	const post = (action: string, body: FormData | URLSearchParams) =>
		fetch(`${server.origin}/leader/participation?by=counter&/${action}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: server.origin, cookie: cookie(), accept: 'text/html' },
			body
		});
	const look = async (text: string) => {
		const form = new FormData();
		form.set('csv', new Blob([text]), 'mot-cua.csv');
		const answered = await post('look', form);
		return { status: answered.status, text: await answered.text() };
	};
	const today = localDay(Date.now());
	const wrong = await look(`${today};1;60\n${today};9;5`);
	expect(wrong.status).toBe(400);
	expect(wrong.text).toContain('Dòng 2: không có quầy này');
	const good = `${today};1;160\n${today};2;90`;
	const seen = await look(good);
	expect(seen.text).toContain('2 dòng');
	expect(await db.select().from(servedCounts)).toEqual([]);
	expect((await post('apply', new URLSearchParams({ text: good }))).status).toBe(303);
	expect((await post('typed', new URLSearchParams({ day: today, counter: 'q2', served: '40' }))).status).toBe(303);
	expect((await db.select().from(servedCounts)).map(({ served }) => served).sort()).toEqual([160, 40]);
	const headers = { host: new URL(server.origin).host, cookie: cookie() };
	const { text } = await call(server.port, 'GET', '/leader/participation?preset=week', { headers });
	expect(text).toContain('25,00 %');
	const file = await call(server.port, 'GET', '/leader/participation/file?preset=week', { headers });
	const [head, ...lines] = file.text
		.trimEnd()
		.split('\r\n')
		.map((line) => line.split(';'));
	expect(head.slice(3, 9)).toEqual(['key', 'name', 'served', 'answered', 'rate', 'low']);
	expect(lines.map((line) => [line[3], ...line.slice(5, 8)])).toContainEqual(['q1', '160', '40', '25']);
	expect(lines.at(-1)!.slice(5, 8)).toEqual(['200', '40', '20']);
	expect((await call(server.port, 'GET', '/leader?preset=week', { headers })).text).toContain(
		'20,00 % (phục vụ n = 200)'
	);
});
