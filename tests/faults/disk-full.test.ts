import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDb } from '../../src/lib/server/db/open.ts';
import { Wire } from '../../terminals/simulator/wire.ts';
import { startServer, type ServerOptions } from '../actors/server.ts';
import { aDistantTablet } from '../actors/distant-tablet.ts';
import { ALL_WELL, compareWithTruth, type Findings } from './compare.ts';
import { aFolder } from './history.ts';
import { Queue, type StorageRefusal } from './queue.ts';
import { prepareWard } from './ward.ts';

const MOUNTS = canMount();
if (!MOUNTS) console.log('SKIPPED: disk-full.test.ts has to mount a small disk of its own, which needs root.');
const RECOVERY_MS = 5_000;

function canMount(): boolean {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-mount-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
		execFileSync('umount', [folder]);
		return true;
	} catch {
		return false;
	} finally {
		rmdirSync(folder);
	}
}

/** A disk of 8 MB that goes away with the test. */
function aSmallDisk(): string {
	const folder = aFolder();
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]);
	onTestFinished(() => void execFileSync('umount', ['-l', folder]));
	return folder;
}

/** Fills what is left of the disk. */
function fill(path: string) {
	const ballast = openSync(path, 'w');
	try {
		for (const size of [65536, 4096, 512, 1]) {
			for (let full = false; !full;) {
				try {
					full = writeSync(ballast, Buffer.alloc(size)) < size;
				} catch (problem) {
					if ((problem as { code?: string }).code !== 'ENOSPC') throw problem;
					full = true;
				}
			}
		}
	} finally {
		closeSync(ballast);
	}
}

interface Told {
	findings: Findings;
	/** The answers while the disk was full. */
	refusals: StorageRefusal[];
	reads: number[];
	recoveredMs: number;
}

/** Three tablets send, the disk fills, they try on, the disk is free again, and they send what they kept. */
async function throughAFullDisk(preload: ServerOptions['preload'] = []): Promise<Told> {
	const folder = aSmallDisk();
	const databaseUrl = `file:${folder}/small.db`;
	const seats = await prepareWard(databaseUrl, 3);
	const server = await startServer({ databaseUrl, preload });
	onTestFinished(() => server.kill());
	const queues = seats.map((seat) => new Queue(aDistantTablet(server.origin, seat)));

	for (const queue of queues) await queue.send(20);
	fill(`${folder}/ballast`);
	const refusals: StorageRefusal[] = [];
	for (let round = 0; round < 8; round++) {
		for (const queue of queues) refusals.push(...(await queue.send(20)));
	}
	const wire = new Wire(server.origin);
	const reads = await Promise.all(['/healthz', '/readyz'].map(async (path) => (await wire.call('GET', path)).status));
	wire.close();

	rmSync(`${folder}/ballast`);
	const freeAt = performance.now();
	for (const queue of queues) await queue.drain(freeAt + RECOVERY_MS);
	const recoveredMs = performance.now() - freeAt;
	for (const { tablet } of queues) tablet.wire.close();
	expect(await server.stop()).toBe(0);

	const db = await openDb(databaseUrl);
	const findings = await compareWithTruth(db, { tablets: queues.map((queue) => queue.run()), statuses: {} });
	await db.store.close();
	return { findings, refusals, reads, recoveredMs };
}

test.skipIf(!MOUNTS)(
	'a full disk is said with 507, loses nothing, and is forgotten when there is room again',
	async () => {
		const { findings, refusals, reads, recoveredMs } = await throughAFullDisk();
		console.log(`disk full: ${refusals.length} refused, accepted again after ${Math.round(recoveredMs)} ms`);
		expect(refusals.length).toBeGreaterThan(5);
		for (const refusal of refusals) {
			expect(refusal).toMatchObject({ status: 507, code: 'storage-full', retryAfter: expect.stringMatching(/^\d+$/) });
			expect(refusal.message).toMatch(/Phiếu vẫn được giữ/);
		}
		expect(reads).toEqual([200, 200]);
		expect(recoveredMs).toBeLessThan(RECOVERY_MS);
		expect(findings).toEqual(ALL_WELL);
	}
);

test.skipIf(!MOUNTS)('a server that hides a full disk loses sheets, and the comparison says so', async () => {
	const { findings } = await throughAFullDisk(['tests/faults/remove/full-means-full.ts']);
	expect(findings.lost).not.toEqual([]);
});
