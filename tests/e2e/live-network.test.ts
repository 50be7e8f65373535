import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskCommand } from '../../src/lib/domain/dialogue/desk.ts';
import { createUser } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { commandDialogue } from '../../src/lib/server/dialogue/desk/writes.ts';
import { readDialogue, readRounds, recount } from '../../src/lib/server/dialogue/reads.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { readEnvironment } from '../../src/lib/server/environment.ts';
import { openSecret } from '../../src/lib/server/secret/secret.ts';
import { startBrowser } from '../actors/browser.ts';
import { freePort } from '../actors/free-port.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aRound } from '../factories/dialogue.ts';

/** What lies between a hall and its server: six connections a browser, boxes that hold streams back, a new release in mid-event. */
const folder = mkdtempSync(join(tmpdir(), 'live-network-'));
const file = `${folder}/ward.db`;
const databaseUrl = `file:${file}`;
const PASSWORD = 'một mật khẩu dài';

let server: Server;
let browser: Browser;
const start = async (port: number) => (server = await startServer({ databaseUrl, port, env: { DATA_DIR: folder } }));
/** Nobody but the server keeps the file open, so that what it leaves behind is its own. */
async function onDb<T>(work: (db: Db) => Promise<T>): Promise<T> {
	const db = await openDb(databaseUrl);
	return work(db).finally(() => db.store.close());
}

beforeAll(async () => {
	await onDb(async (db) => {
		await commit(db, (tx) => tx.insert(organizations).values({ id: 'w1', kind: 'ward', name: 'Phường Thử' }));
		const person = { organizationId: 'w1', login: 'mc', name: 'Người Dẫn', role: 'moderator' } as const;
		await createUser(db, { ...person, password: PASSWORD, now: Date.now() });
	});
	await start(await freePort());
	browser = await startBrowser();
});
afterAll(async () => {
	await browser.close();
	await server.stop();
	rmSync(folder, { recursive: true });
});

/** A live dialogue with an open question. */
async function anOpenRoom() {
	const secret = openSecret(readEnvironment({ DATABASE_URL: databaseUrl, DATA_DIR: folder }));
	const dialogue = {
		...{ title: 'Đối thoại thử', place: 'Hội trường', day: '2026-12-01', time: '08:00', streamUrl: '' },
		...{ halls: ['Hội trường'], hallProof: 'none' as const, rehearsal: false }
	};
	const by = { organizationId: 'w1', userId: 'u1', now: Date.now() };
	const { id, room } = await onDb((db) => addDialogue({ db, secret }, by, dialogue, [aRound()]));
	const command = (order: DeskCommand) =>
		onDb(async (db) => {
			const { version } = (await readDialogue(db, id))!;
			const asked = { dialogueId: id, command: order, expected: version, userId: 'u1', now: Date.now() };
			expect(await commandDialogue(db, asked)).toMatchObject({ ok: true });
		});
	const roundId = (await onDb((db) => readRounds(db, id)))[0]!.id;
	await command({ do: 'start' });
	await command({ do: 'open', roundId });
	const votes = () => onDb(async (db) => (await recount(db, (await readRounds(db, id))[0]!, 1)).total.votes);
	return { room, roundId, command, votes };
}

const hide = (page: Page) =>
	page.evaluate(() => {
		Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
		document.dispatchEvent(new Event('visibilitychange'));
	});

test('eight tabs of the desk in one browser, which has six connections: the eighth loads, follows and commands', async () => {
	const { room } = await anOpenRoom();
	const context = await browser.newContext();
	let page = await context.newPage();
	await page.goto(`${server.origin}/live/${room}/desk`);
	await page.getByLabel('Tên đăng nhập').fill('mc');
	await page.getByLabel('Mật khẩu').fill(PASSWORD);
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Đóng ngay' }).waitFor();
	for (let tab = 2; tab <= 8; tab++) {
		// A browser hides the tab that another one covers; a headless one does not.
		await hide(page);
		page = await context.newPage();
		await page.goto(`${server.origin}/live/${room}/desk`, { timeout: 20_000 });
	}
	await page.getByRole('button', { name: 'Đóng ngay' }).click();
	// The stream says it, not the answer to the command: the count is final three seconds later.
	await page.getByRole('button', { name: 'Công bố kết quả' }).waitFor();
	await context.close();
});

test('in a browser that keeps nothing, behind a box that holds streams back, with a clock two hours ahead: the question comes, the countdown is right, the vote counts', async () => {
	const { room, command, votes } = await anOpenRoom();
	const page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
	await page.addInitScript(() => {
		const denied = () => {
			throw new DOMException('denied', 'SecurityError');
		};
		Object.defineProperty(window, 'localStorage', { get: denied });
		const real = Date.now;
		Date.now = () => real() + 2 * 60 * 60 * 1000;
	});
	// Taken and never answered, as a scanner does that waits for the end.
	await page.route('**/events', () => {});
	await page.goto(`${server.origin}/live/${room}`);
	const loaded = Date.now();
	await page.getByText('Máy lấy số').click();
	await command({ do: 'close-in', seconds: 60 });
	const left = page.locator('[data-countdown]', { hasText: /\d/ });
	await left.waitFor({ timeout: 15_000 });
	console.info(`live: told by asking ${Date.now() - loaded} ms after the page was there`);
	const seconds = Number(/\d+/.exec((await left.textContent())!)![0]);
	expect(seconds).toBeGreaterThan(30);
	expect(seconds).toBeLessThanOrEqual(60);
	await page.getByRole('button', { name: 'Gửi lựa chọn' }).click();
	await page.getByText('Đã ghi nhận').waitFor();
	expect(await votes()).toEqual([0, 1, 0]);
	await page.context().close();
});

const STREAMS = 400;
const VOTERS = 60;

/** A phone's stream as it comes over the wire. */
function aStream(room: string) {
	let text = '';
	const ended = new Promise<void>((resolve) => {
		const asked = request({ port: server.port, path: `/api/v1/live/${room}/events`, agent: false });
		asked.on('response', (response) => {
			response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			response.on('close', resolve).on('error', () => {});
		});
		asked.on('error', () => resolve()).end();
	});
	return { ended, framed: () => text.includes('\ndata: {'), text: () => text };
}

/** A phone that votes once and sends it again until it is told that it counts; what it was told along the way. */
async function aVoter(room: string, roundId: string, choice: string) {
	const post = async (path: string, body: object) => {
		const headers = { 'content-type': 'application/json' };
		const init = { method: 'POST', headers, body: JSON.stringify(body) };
		const answer = await fetch(`${server.origin}/api/v1/live/${room}/${path}`, init).catch(() => null);
		return { status: answer?.status ?? 0, body: answer ? ((await answer.json()) as { pass?: string }) : {} };
	};
	const said: number[] = [];
	let pass: string | undefined;
	const ballotId = randomUUID();
	for (;;) {
		pass ??= (await post('passes', {})).body.pass;
		const { status } = pass ? await post('votes', { pass, roundId, ballotId, turn: 1, choice }) : { status: 0 };
		said.push(status);
		if (status === 200 || status === 201) return said;
		await sleep(100);
	}
}

test('a new release while 400 phones watch and 60 vote: out in time, its file whole, everybody sent away spread out, all back, no vote lost', async () => {
	const { room, roundId, votes } = await anOpenRoom();
	const streams = Array.from({ length: STREAMS }, () => aStream(room));
	await expect.poll(() => streams.filter(({ framed }) => framed()).length, { timeout: 30_000 }).toBe(STREAMS);
	const voters = Array.from({ length: VOTERS }, async (_, i) => {
		await sleep(i * 60);
		return aVoter(room, roundId, String(i % 3));
	});
	await sleep(600);
	const began = performance.now();
	const ends: number[] = [];
	for (const { ended } of streams) void ended.then(() => ends.push(performance.now() - began));
	expect(await server.stop()).toBe(0);
	const took = performance.now() - began;
	expect(took).toBeLessThan(25_000);
	// Its last connection closed the file in order: nothing is left that would have to be read back.
	expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0).toBe(0);
	await Promise.all(streams.map(({ ended }) => ended));
	// 4 ms a stream; all at once would be a herd.
	expect(Math.max(...ends) - Math.min(...ends)).toBeGreaterThan(1_000);
	const waits = streams.map(({ text }) => Number(/retry: (\d+)\n\n$/.exec(text())?.[1]));
	expect(waits.filter((wait) => wait >= 1_000 && wait <= 10_000)).toHaveLength(STREAMS);
	expect(new Set(waits).size).toBeGreaterThan(STREAMS / 2);

	await start(server.port);
	// The worst case, nobody waits: all streams come back at once, while the votes that were under way are sent again.
	const back = Array.from({ length: STREAMS }, () => aStream(room));
	const said = await Promise.all(voters);
	await expect.poll(() => back.filter(({ framed }) => framed()).length, { timeout: 30_000 }).toBe(STREAMS);
	expect(await votes()).toEqual([20, 20, 20]);
	// 0: no server there; 503: it is going. Never a word that a phone would take for the last.
	expect(said.flat().filter((status) => ![0, 200, 201, 503].includes(status))).toEqual([]);
	console.info(`live: out after ${Math.round(took)} ms with ${STREAMS} streams`);
}, 120_000);
