import { expect, onTestFinished, test } from 'vitest';
import { openDb } from '../../src/lib/server/db/open.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { isStored } from '../../src/lib/server/submission/direct/reads.ts';
import { packUuid } from '../../src/lib/server/submission/writes.ts';
import { randomFrom } from '../../terminals/simulator/random.ts';
import { aDistantTablet } from '../actors/distant-tablet.ts';
import { startServer, type ServerOptions } from '../actors/server.ts';
import { FULL } from '../lane.ts';
import { brokenPages } from './compare.ts';
import { aDisk, CUTS_POWER } from './disk.ts';
import { LONG, PATIENCE_MS, SEED } from './history.ts';
import { Queue } from './queue.ts';
import { prepareWard } from './ward.ts';

if (!CUTS_POWER)
	console.log('SKIPPED: power.test.ts has to make disks of its own, which needs root, xfsprogs and loop devices.');

const CUTS = LONG ? 200 : FULL ? 60 : 10;

interface Told {
	/** By cut: how many sheets had been confirmed, and how many of those are not there when the power is back. */
	cuts: { confirmed: number; lost: number }[];
	/** What the files and the counts say that should say nothing. */
	wrong: string[];
}

/** Four tablets send without a pause; the power is cut again and again, and each time what is left on the disk is looked at. */
async function throughPowerCuts(count: number, preload: ServerOptions['preload'] = []): Promise<Told> {
	const disk = aDisk();
	const databaseUrl = `file:${disk.path}/cut.db`;
	const seats = await prepareWard(databaseUrl, 4);
	const server = await startServer({ databaseUrl, preload });
	onTestFinished(() => server.kill());
	const queues = seats.map((seat) => new Queue(aDistantTablet(server.origin, seat)));
	const confirmed = () => queues.flatMap((queue) => queue.run().confirmed);

	let over = false;
	const sending = queues.map(async (queue) => {
		while (!over) await queue.send(2);
	});
	const taken: { cut: number; ids: string[] }[] = [];
	const random = randomFrom(`${SEED} power`);
	for (let i = 0; i < count; i++) {
		await new Promise((resolve) => setTimeout(resolve, 20 + random() * 90));
		// Before the cut: whatever is confirmed while it is made may be on the disk or not.
		const ids = confirmed();
		taken.push({ cut: disk.cut(), ids });
	}
	over = true;
	await Promise.all(sending);
	for (const { tablet } of queues) tablet.wire.close();
	await server.kill();

	const told: Told = { cuts: [], wrong: [] };
	for (const { cut, ids } of taken) {
		await disk.after(cut, async (path) => {
			const db = await openDb(`file:${path}/cut.db`);
			const there = await Promise.all(ids.map((id) => isStored(db, 'w1', packUuid(id))));
			told.cuts.push({ confirmed: ids.length, lost: there.filter((is) => !is).length });
			told.wrong.push(...brokenPages(db), ...(await verifyCounts(db)).differences.map(({ where }) => where));
			await db.store.close();
		});
	}
	return told;
}

test.skipIf(!CUTS_POWER)(
	'whenever the power is cut, every confirmed sheet is on the disk, counted, and the file is sound',
	async () => {
		const { cuts, wrong } = await throughPowerCuts(CUTS);
		const most = Math.max(...cuts.map(({ confirmed }) => confirmed));
		console.log(
			`power cut: ${cuts.length} cuts, up to ${most} sheets confirmed, ${cuts.filter(({ lost }) => lost).length} lossy`
		);
		expect(most).toBeGreaterThan(CUTS);
		expect(cuts.filter(({ lost }) => lost > 0)).toEqual([]);
		expect(wrong).toEqual([]);
	},
	PATIENCE_MS
);

test.skipIf(!CUTS_POWER)('a server that does not wait for the disk loses sheets when the power is cut', async () => {
	const { cuts } = await throughPowerCuts(6, ['tests/faults/remove/sync-to-disk.ts']);
	expect(cuts.some(({ lost }) => lost > 0)).toBe(true);
});
