import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '../../src/lib/server/db/open.ts';
import { aDistantTablet } from '../actors/distant-tablet.ts';
import { startServer, type ServerOptions } from '../actors/server.ts';
import { FULL } from '../lane.ts';
import { ALL_WELL, compareWithTruth } from './compare.ts';
import { PATIENCE_MS } from './history.ts';
import { Queue } from './queue.ts';
import { prepareWard } from './ward.ts';

/** Half of them never finish a head; in the full lane as many more never finish a body, which is given half a minute. */
const SLOW = FULL ? 800 : 200;
const HALF_OPEN = FULL ? 800 : 0;
/** A head has ten seconds, a body thirty; looked at each second. */
const GIVEN_UP_MS = FULL ? 34_000 : 13_000;
const TABLETS = 5;

const cleanUp: (() => unknown)[] = [];

const filesOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;

/** A client that sends a byte now and then and never the end. */
function slowClient(port: number, first: string): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.write(first);
			const drip = setInterval(() => socket.write('a'), 1_000);
			socket.on('close', () => clearInterval(drip));
			resolve(socket);
		});
		socket.on('error', () => reject(new Error('refused')));
		socket.resume();
	});
}

/** Tablets send while slow clients hang on; what became of the sheets, how long they took, and how many clients hang on in the end. */
async function besideSlowClients(preload: ServerOptions['preload'] = []) {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-slow-'));
	const databaseUrl = `file:${folder}/slow.db`;
	const seats = await prepareWard(databaseUrl, TABLETS);
	const server = await startServer({ databaseUrl, preload });
	cleanUp.push(async () => {
		await server.kill();
		rmSync(folder, { recursive: true });
	});
	const queues = seats.map((seat) => new Queue(aDistantTablet(server.origin, seat)));
	for (const queue of queues) await queue.send(1);
	const before = filesOf(server.pid);

	const heads = Array.from({ length: SLOW }, () => slowClient(server.port, 'GET /sign-in HTTP/1.1\r\nHost: x\r\nX-'));
	const post = 'POST /api/v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{';
	const bodies = Array.from({ length: HALF_OPEN }, () => slowClient(server.port, post));
	const clients = await Promise.all([...heads, ...bodies]);
	let during = filesOf(server.pid);
	cleanUp.push(() => clients.forEach((client) => client.destroy()));

	const times: number[] = [];
	const refusals: unknown[] = [];
	const started = performance.now();
	let hanging = clients.length;
	while (performance.now() - started < GIVEN_UP_MS && (hanging > 0 || times.length < 60)) {
		for (const queue of queues) {
			const from = performance.now();
			refusals.push(...(await queue.send(2)));
			times.push(performance.now() - from);
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
		during = Math.max(during, filesOf(server.pid));
		hanging = clients.filter((client) => !client.destroyed && !client.closed).length;
	}
	const files = { before, during, after: filesOf(server.pid) };
	for (const { tablet } of queues) tablet.wire.close();
	await server.stop();
	const db = await openDb(databaseUrl);
	const findings = await compareWithTruth(db, { tablets: queues.map((queue) => queue.run()), statuses: {} });
	await db.store.close();
	const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)];
	return { findings, refusals, hanging, files, p95, sent: times.length };
}

type Told = Awaited<ReturnType<typeof besideSlowClients>>;
let told: { whole: Told; without: Told };

/** Both at once, since all they do is wait. */
beforeAll(async () => {
	const [whole, without] = await Promise.all([
		besideSlowClients(),
		besideSlowClients(['tests/faults/remove/slow-clients-are-closed.ts'])
	]);
	told = { whole, without };
}, PATIENCE_MS);

afterAll(async () => {
	for (const undo of cleanUp.toReversed()) await undo();
});

test('hundreds of slow and half-open clients keep nobody out: every sheet is taken, and they are closed', () => {
	const { findings, refusals, hanging, files, p95, sent } = told.whole;
	console.log(
		`slow clients: ${SLOW} heads, ${HALF_OPEN} bodies; ${sent} batches beside them, p95 ${Math.round(p95)} ms; open files ${files.before} → ${files.during} → ${files.after}`
	);
	expect(findings).toEqual(ALL_WELL);
	expect(refusals).toEqual([]);
	expect(files.during).toBeGreaterThanOrEqual(files.before + SLOW + HALF_OPEN);
	expect(hanging).toBe(0);
	expect(files.after).toBeLessThanOrEqual(files.before + 5);
	// The promise is half a second; the machine that tests has more to do.
	expect(p95).toBeLessThan(2_000);
});

test('a server that waits for ever keeps them', () => {
	const { hanging, files } = told.without;
	expect(hanging).toBe(SLOW + HALF_OPEN);
	expect(files.after).toBeGreaterThanOrEqual(files.before + SLOW);
});
