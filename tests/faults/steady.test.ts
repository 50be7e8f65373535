import { readdirSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { openDb } from '../../src/lib/server/db/open.ts';
import { aDistantTablet } from '../actors/distant-tablet.ts';
import { call } from '../actors/raw-http.ts';
import { startServer } from '../actors/server.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { servingOf } from '../factories/serving.ts';
import { aSheet } from '../factories/sheet.ts';
import { FULL } from '../lane.ts';
import { aFolder, PATIENCE_MS } from './history.ts';
import { prepareWard } from './ward.ts';

/** The first rounds warm up what every request needs. */
const ROUNDS = FULL ? 100 : 10;
const WARM = FULL ? 40 : 4;
/** Of the control, which grows fast. */
const FEW = { rounds: 8, warm: 3 };
/** Of memory a round, at the median of all pairs of rounds; a round is 200 sheets, 20 streams and 15 pages. */
const MOST_MB_A_ROUND = FULL ? 0.15 : 1;
const STREAMS = 20;
const WAL_LIMIT = 64 * 1024 * 1024;

/** Watches a dialogue until the first frame has come, then goes. */
function watchOnce(port: number, room: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const watching = get({ port, path: `/api/v1/live/${room}/events`, agent: false }, (response) => {
			response.once('data', () => {
				watching.destroy();
				resolve();
			});
		});
		watching.on('error', reject);
	});
}

/** The steepness that half of all pairs are above: one odd round says nothing. */
function slopeOf(values: readonly number[]): number {
	const slopes = values.flatMap((late, i) => values.slice(0, i).map((early, j) => (late - early) / (i - j)));
	return slopes.toSorted((a, b) => a - b)[Math.floor(slopes.length / 2)];
}

/** Rounds of what a server does all day; what it holds after each. */
async function throughRounds({ rounds, warm }: typeof FEW, more: string[] = []) {
	const folder = aFolder();
	const databaseUrl = `file:${folder}/steady.db`;
	const [seat] = await prepareWard(databaseUrl, 1);
	const db = await openDb(databaseUrl);
	const { room } = await aDialogue(servingOf(db));
	await db.store.close();
	const preload = ['tests/faults/remove/garbage.ts', ...more];
	const server = await startServer({ databaseUrl, preload });
	onTestFinished(() => server.kill());
	const tablet = aDistantTablet(server.origin, seat);
	const { pid, port } = server;
	const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
	const files = () => readdirSync(`/proc/${pid}/fd`).length;
	const figure = async (name: string) => {
		const { text } = await call(port, 'GET', '/metrics');
		return Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
	};

	const held = { memory: [] as number[], files: [] as number[], viewers: [] as number[], wal: [] as number[] };
	for (let round = 0; round < rounds; round++) {
		for (let batch = 0; batch < 4; batch++) {
			const first = round * 200 + batch * 50 + 1;
			const sheets = Array.from({ length: 50 }, (_, i) => aSheet({ sequence: first + i, comment: 'Tốt' }));
			expect((await tablet.call('POST', '/api/v1/submissions', { sheets })).status).toBe(200);
		}
		await Promise.all(Array.from({ length: STREAMS }, () => watchOnce(port, room)));
		for (const path of ['/sign-in', '/results', '/case']) for (let i = 0; i < 5; i++) await call(port, 'GET', path);
		await new Promise((resolve) => setTimeout(resolve, 300));
		held.memory.push(memory());
		held.files.push(files());
		held.viewers.push(await figure('lang_nghe_live_viewers'));
		held.wal.push(await figure('lang_nghe_wal_bytes'));
	}
	tablet.wire.close();
	await server.stop();
	const late = <Value>(values: readonly Value[]) => values.slice(warm);
	const figures = {
		slope: slopeOf(late(held.memory)),
		files: Math.max(...late(held.files)) - Math.min(...late(held.files)),
		viewers: Math.max(...held.viewers),
		wal: Math.max(...held.wal)
	};
	console.log(
		`steady: ${rounds} rounds, ${Math.round(held.memory[warm])} to ${Math.round(held.memory.at(-1)!)} MB (${figures.slope.toFixed(3)} MB a round), open files ±${figures.files}, most of the log ${Math.round(figures.wal / 1024 / 1024)} MB`
	);
	return figures;
}

test(
	'round after round the server holds the same memory, the same open files and no stream that nobody watches',
	{ timeout: FULL ? 1_800_000 : PATIENCE_MS },
	async () => {
		const { slope, files, viewers, wal } = await throughRounds({ rounds: ROUNDS, warm: WARM });
		expect(slope).toBeLessThan(MOST_MB_A_ROUND);
		expect(files).toBeLessThanOrEqual(3);
		expect(viewers).toBe(0);
		expect(wal).toBeLessThan(WAL_LIMIT);
	}
);

test(
	'a server that keeps something of each request is found',
	{ timeout: FULL ? 1_800_000 : PATIENCE_MS },
	async () => {
		const { slope, files } = await throughRounds(FEW, ['tests/faults/remove/memory-is-given-back.ts']);
		expect(slope).toBeGreaterThan(MOST_MB_A_ROUND);
		expect(files).toBeGreaterThan(3);
	}
);
