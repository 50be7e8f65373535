import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDb } from '../../src/lib/server/db/open.ts';
import { BATCH_SHEETS } from '../../src/lib/domain/terminal/outbox.ts';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { BAD, CALM } from '../../terminals/simulator/network.ts';
import { uuidFrom, type Random } from '../../terminals/simulator/random.ts';
import { simulate, type SimulationOptions } from '../../terminals/simulator/simulation.ts';
import { MemoryStore } from '../../terminals/simulator/store.ts';
import { startServer, type Server } from '../actors/server.ts';
import { ALL_WELL, compareWithTruth, type Findings } from './compare.ts';
import { prepareWard } from './ward.ts';

/** FAULTS=long runs the same tests with the numbers of a release. */
const LONG = process.env.FAULTS === 'long';
const DAYS = 7;

/** A folder of its own for the database of one test. */
function aFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-faults-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}

interface Week extends Partial<Omit<SimulationOptions, 'tablets'>> {
	tablets: number;
	visits: number;
	restarts: number;
}

async function liveThrough({ tablets, restarts, ...options }: Week): Promise<Findings> {
	const databaseUrl = `file:${aFolder()}/week.db`;
	const seats = await prepareWard(databaseUrl, tablets);
	let server: Server = await startServer({ databaseUrl });
	const { port, origin } = server;
	const all = tablets * options.visits;
	let done = 0;
	let restarting = Promise.resolve();
	const restart = async () => {
		await (done % 2 === 0 ? server.kill() : server.stop());
		server = await startServer({ databaseUrl, port });
	};
	const progress = (confirmed: number) => {
		if (done >= restarts || confirmed < (all * (done + 0.5)) / restarts) return;
		done++;
		restarting = restarting.then(restart);
	};
	onTestFinished(() => server.kill());
	const result = await simulate({
		...{ origins: [origin], tablets: seats, seed: '42', days: DAYS, endsAt: Date.now(), faults: BAD },
		...{ wrongClocks: true, offline: 0.15, progress, ...options }
	});
	await restarting;
	expect(await server.stop()).toBe(0);
	expect(result.statuses[500]).toBeUndefined();
	const db = await openDb(databaseUrl);
	const findings = await compareWithTruth(db, result);
	await db.store.close();
	expect(done).toBe(restarts);
	return findings;
}

test('a week of 100 tablets on a bad network arrives whole, once, and counted', async () => {
	const findings = await liveThrough({ tablets: 100, visits: LONG ? 200 : 30, restarts: 20 });
	expect(findings).toEqual(ALL_WELL);
});
