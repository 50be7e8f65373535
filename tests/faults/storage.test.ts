import { expect, onTestFinished, test } from 'vitest';
import { openDb } from '../../src/lib/server/db/open.ts';
import { randomFrom } from '../../terminals/simulator/random.ts';
import { Wire } from '../../terminals/simulator/wire.ts';
import { CALM } from '../../terminals/simulator/network.ts';
import { aDistantTablet } from '../actors/distant-tablet.ts';
import { startServer, type ServerOptions } from '../actors/server.ts';
import { FULL } from '../lane.ts';
import { ALL_WELL, compareWithTruth, type Findings } from './compare.ts';
import { aFolder, liveThrough, LONG, PATIENCE_MS, SEED } from './history.ts';
import { Queue, type StorageRefusal } from './queue.ts';
import { inject, TRACES } from './strace.ts';
import { prepareWard } from './ward.ts';

if (!TRACES) console.log('SKIPPED: storage.test.ts has to trace the server, which needs strace and the right to it.');

const calls = LONG ? 300 : FULL ? 60 : 6;
/** One after the other from the first, so that every point of a commit and of the copying home of its pages is met; a soak goes on from there. */
const first = SEED === '42' ? 0 : Math.floor(randomFrom(`${SEED} storage`)() * 60);
const ends = Array.from({ length: calls }, (_, i) => ({ storageCall: first + i + 1 }));

test.skipIf(!TRACES)(
	'killed at each call by which the storage writes, the server has lost and doubled nothing',
	async () => {
		const { findings, statuses, metCalls, made } = await liveThrough({
			...{ tablets: 20, visits: 4 * calls, faults: { ...CALM, doubled: 0.05, split: 0.1 }, ends }
		});
		console.log(`killed at ${metCalls} of ${calls} calls of the storage, ${made} sheets, ${JSON.stringify(statuses)}`);
		expect(findings).toEqual(ALL_WELL);
		expect(statuses).not.toHaveProperty('500');
		expect(metCalls).toBeGreaterThan(0.8 * calls);
	},
	PATIENCE_MS
);

test.skipIf(!TRACES)('a server that confirms before the commit loses sheets at a call of the storage', async () => {
	const preload = ['tests/faults/remove/commit-before-answer.ts'];
	const three = [1, 2, 3].map((storageCall) => ({ storageCall }));
	const { findings } = await liveThrough({ tablets: 10, visits: 30, faults: CALM, ends: three, preload });
	expect(findings.lost).not.toEqual([]);
});

const FAULTS = ['pwrite64', 'fsync,fdatasync'].flatMap((call) =>
	['EIO', ...(FULL ? ['EROFS', 'ENXIO'] : [])].map((error) => `${call}:error=${error}`)
);
const SAID_MS = 2_000;
const RECOVERY_MS = 5_000;

interface Told {
	findings: Findings;
	/** By fault: what was said while the disk was broken, how soon, and how the server stood then and afterwards. */
	faults: { fault: string; refusals: StorageRefusal[]; ready: [broken: number, whole: number]; saidMs: number }[];
}

/** Three tablets send, the disk breaks, they try on, it is whole again, and they send what they kept; once for each fault. */
async function throughABrokenDisk(preload: ServerOptions['preload'] = []): Promise<Told> {
	const databaseUrl = `file:${aFolder()}/broken.db`;
	const seats = await prepareWard(databaseUrl, 3);
	const server = await startServer({ databaseUrl, preload });
	onTestFinished(() => server.kill());
	const queues = seats.map((seat) => new Queue(aDistantTablet(server.origin, seat)));
	const wire = new Wire(server.origin);
	const readiness = async () => (await wire.call('GET', '/readyz')).status;

	const faults: Told['faults'] = [];
	for (const fault of FAULTS) {
		for (const queue of queues) await queue.send(20);
		const mend = await inject(server.pid, fault);
		const brokenAt = performance.now();
		const refusals: StorageRefusal[] = [];
		for (const queue of [...queues, ...queues]) refusals.push(...(await queue.send(5)));
		const broken = await readiness();
		const saidMs = performance.now() - brokenAt;
		await mend();
		const wholeAt = performance.now();
		for (const queue of queues) await queue.drain(wholeAt + RECOVERY_MS);
		faults.push({ fault, refusals, ready: [broken, await readiness()], saidMs });
	}
	wire.close();
	for (const { tablet } of queues) tablet.wire.close();
	expect(await server.stop()).toBe(0);
	const db = await openDb(databaseUrl);
	const findings = await compareWithTruth(db, { tablets: queues.map((queue) => queue.run()), statuses: {} });
	await db.store.close();
	return { findings, faults };
}

test.skipIf(!TRACES)(
	'a disk that breaks is 503 with a sentence, red for whoever asks, and over when it is whole again; nothing is lost',
	async () => {
		const { findings, faults } = await throughABrokenDisk();
		for (const { fault, refusals, ready, saidMs } of faults) {
			expect(refusals.length, fault).toBe(6);
			const said = { status: 503, code: 'storage-unavailable', retryAfter: expect.stringMatching(/^\d+$/) };
			for (const refusal of refusals) expect(refusal, fault).toMatchObject(said);
			expect(ready, fault).toEqual([503, 200]);
			expect(saidMs, fault).toBeLessThan(SAID_MS);
		}
		expect(findings).toEqual(ALL_WELL);
	}
);

test.skipIf(!TRACES)('a server that hides a broken disk loses sheets, and the comparison says so', async () => {
	const { findings } = await throughABrokenDisk(['tests/faults/remove/full-means-full.ts']);
	expect(findings.lost).not.toEqual([]);
});
