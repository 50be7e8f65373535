import { request } from 'node:http';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Receipt } from '../../src/lib/domain/submission/sheet.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { quarantine, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { packUuid } from '../../src/lib/server/submission/writes.ts';
import { oneOf, randomFrom, uuidFrom } from '../../terminals/simulator/random.ts';
import type { WireAnswer } from '../../terminals/simulator/wire.ts';
import { aDistantTablet, type DistantTablet } from '../actors/distant-tablet.ts';
import { startServer, type Server } from '../actors/server.ts';
import { aSheet } from '../factories/sheet.ts';
import { wrongCounts } from './compare.ts';
import { LONG, PATIENCE_MS, SEED } from './history.ts';
import { garbled, mutated } from './mutate.ts';
import { prepareWard } from './ward.ts';

const SUBMISSIONS = '/api/v1/submissions';
const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-bad-input-'));
const databaseUrl = `file:${folder}/bad.db`;
let server: Server;
let tablets: DistantTablet[];

beforeAll(async () => {
	const seats = await prepareWard(databaseUrl, 8);
	server = await startServer({ databaseUrl });
	tablets = seats.map((seat) => aDistantTablet(server.origin, seat));
});

afterAll(async () => {
	for (const { wire } of tablets) wire.close();
	await server.kill();
	rmSync(folder, { recursive: true });
});

const codeOf = ({ text }: WireAnswer) => (JSON.parse(text) as { code: string }).code;

/** A raw request whose body is written in pieces, without a length: what a broken or hostile caller sends. */
function chunked(pieces: Buffer[], headers: Record<string, string>): Promise<{ status: number; text: string }> {
	return new Promise((resolve, reject) => {
		const all = { 'content-type': 'application/json', ...headers };
		const sending = request(`${server.origin}${SUBMISSIONS}`, { method: 'POST', headers: all }, (response) => {
			let text = '';
			response.on('data', (chunk) => (text += chunk));
			response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
		});
		sending.on('error', reject);
		for (const piece of pieces) sending.write(piece);
		sending.end();
	});
}

test('2 MB are refused with a sentence that arrives, with and without a length', async () => {
	const [tablet] = tablets;
	const text = JSON.stringify({ sheets: ['x'.repeat(2 * 1024 * 1024)] });
	for (let time = 0; time < 5; time++) {
		const whole = await tablet.call('POST', SUBMISSIONS, text);
		expect([whole.status, codeOf(whole)]).toEqual([413, 'body-too-large']);
		const pieces = Array.from({ length: 32 }, (_, i) => Buffer.from(text).subarray(i * 65_536, (i + 1) * 65_536));
		const streamed = await chunked(pieces, tablet.signature('POST', SUBMISSIONS, text));
		expect(streamed.status).toBe(413);
		expect(streamed.text).toContain('Nội dung gửi lên quá lớn');
	}
});

test('a body in pieces without a length is as good as any', async () => {
	const [tablet] = tablets;
	const sheet = aSheet({ sequence: 900_001, answeredAt: new Date().toISOString() });
	const text = Buffer.from(JSON.stringify({ sheets: [sheet] }));
	const pieces = [...text].map((byte) => Buffer.from([byte]));
	const answer = await chunked(pieces, tablet.signature('POST', SUBMISSIONS, text.toString()));
	expect(answer).toEqual({ status: 200, text: JSON.stringify([{ id: sheet.id, status: 'stored' }]) });
});

test('compressed, misencoded and misaddressed requests are coded answers', async () => {
	const [tablet] = tablets;
	const text = JSON.stringify({ sheets: [aSheet({ sequence: 900_002 })] });
	const signature = tablet.signature('POST', SUBMISSIONS, text);
	const gzip = await chunked([gzipSync(text)], { ...signature, 'content-encoding': 'gzip' });
	expect([401, 415]).toContain(gzip.status);
	const latin = await chunked([Buffer.from(text.replace('vi', 'v\u00ed'), 'latin1')], signature);
	expect(latin.status).toBe(401);
	for (const method of ['PUT', 'PATCH', 'DELETE', 'GET', 'OPTIONS']) {
		const answer = await tablet.call(method, SUBMISSIONS, method === 'GET' ? undefined : text);
		expect([method, answer.status, codeOf(answer)]).toEqual([method, 405, 'method-not-allowed']);
	}
	for (const path of ['/api/v1/nothing', '/api/v1/submissions/', '/api/v1/%ff%00', '/api/']) {
		const answer = await tablet.wire.call('GET', path);
		expect([path, answer.status, codeOf(answer)]).toEqual([path, 404, 'not-found']);
	}
	const pages = [
		'/api/v1/../../etc/passwd',
		'/%ff',
		'/%00',
		'//x',
		'/terminal/..%2f..%2fpackage.json',
		'/terminal/%ff',
		`/${'x'.repeat(5000)}`
	];
	for (const path of pages) {
		const { status } = await tablet.wire.call('GET', path);
		expect(status, path).toBeGreaterThanOrEqual(300);
		expect(status, path).toBeLessThan(500);
	}
});

test('a thousand replays of captured requests store nothing more', async () => {
	const [, tablet] = tablets;
	const captured = Array.from({ length: 10 }, (_, i) => {
		const text = JSON.stringify({ sheets: [aSheet({ sequence: 2 * i + 1 }), aSheet({ sequence: 2 * i + 2 })] });
		return { body: text, headers: tablet.signature('POST', SUBMISSIONS, text) };
	});
	const send = (call: (typeof captured)[number]) => tablet.wire.call('POST', SUBMISSIONS, call);
	for (const call of captured) expect((await send(call)).status).toBe(200);
	const random = randomFrom(`${SEED} replays`);
	const replays = Array.from({ length: LONG ? 10_000 : 1000 }, () => oneOf(random, captured));
	for (const answer of await Promise.all(replays.map(send))) {
		const receipts = JSON.parse(answer.text) as Receipt[];
		expect(receipts.map(({ status }) => status)).toEqual(['duplicate', 'duplicate']);
	}
});

test(
	'thousands of mutated requests are answered without one unexpected error, and what is confirmed is there',
	async () => {
		const random = randomFrom(`${SEED} fuzz`);
		const statuses: Record<number, number> = {};
		const stored: string[] = [];
		const aside: string[] = [];
		const deadline = performance.now() + (LONG ? 600_000 : 60_000);
		let sent = 0;
		const worker = async (tablet: DistantTablet) => {
			for (let sequence = 1000; sent < (LONG ? 100_000 : 2500) && performance.now() < deadline; sequence += 3) {
				sent++;
				const good = [0, 1, 2].map((next) =>
					aSheet({ id: uuidFrom(random), sequence: sequence + next, comment: 'Tốt' })
				);
				const { path, text } = attack(good);
				const answer = await tablet.call('POST', path, text);
				statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
				if (path !== SUBMISSIONS || answer.status !== 200) continue;
				for (const { id, status } of JSON.parse(answer.text) as Receipt[]) {
					if (status === 'quarantined') aside.push(String(id));
					else stored.push(packUuid(String(id)));
				}
			}
		};
		const attack = (good: unknown[]) => {
			const how = random();
			if (how < 0.7) return { path: SUBMISSIONS, text: JSON.stringify(mutated(random, { sheets: good })) ?? '' };
			if (how < 0.85) return { path: SUBMISSIONS, text: garbled(random, JSON.stringify({ sheets: good })) };
			const others = [
				['/api/v1/terminals/heartbeat', HEARTBEAT],
				['/api/v1/terminals/duties', { duties: [{ id: 'x1', officerId: 'o1', startsAt: new Date(0).toISOString() }] }],
				['/api/v1/terminals/pairings', { publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }]
			] as const;
			const [path, body] = oneOf(random, others);
			return { path, text: JSON.stringify(mutated(random, body)) };
		};
		await Promise.all([...tablets, ...tablets].slice(2).map(worker));
		console.log(`fuzz: ${sent} requests, answers by status ${JSON.stringify(statuses)}`);
		expect(sent).toBeGreaterThan(2000);
		expect(Object.keys(statuses).filter((status) => Number(status) >= 500 || status === '0')).toEqual([]);
		expect(stored.length).toBeGreaterThan(1000);
		expect(aside.length).toBeGreaterThan(300);
		expect((await tablets[0].wire.call('GET', '/readyz')).status).toBe(200);

		expect(await server.stop()).toBe(0);
		expect(server.output(), 'nothing was reported as unexpected').not.toMatch(/"level":"error"|"status":5/);
		expect(server.output()).toMatch(/^ready \S+$/m);
		const db = await openDb(databaseUrl);
		onTestFinished(() => db.store.close());
		const ids = new Set((await db.select().from(sheets)).map(({ id }) => id));
		expect(stored.filter((id) => !ids.has(id))).toEqual([]);
		expect((await db.select().from(quarantine)).length).toBeGreaterThan(300);
		expect(await wrongCounts(db)).toEqual([]);
	},
	PATIENCE_MS
);

const HEARTBEAT = {
	...{ appVersion: '0.1.0', made: 1, queued: 0, oldestQueuedAt: null, refused: 0, battery: 1, charging: true },
	...{ clockOffset: 0, storagePersisted: true, storageUsed: 1, storageQuota: 2 }
};
