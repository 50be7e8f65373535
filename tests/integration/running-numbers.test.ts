import { expect, test } from 'vitest';
import { commit } from '../../src/lib/server/db/db.ts';
import { dailyCounts } from '../../src/lib/server/db/schema/report.ts';
import { quarantine, sheets } from '../../src/lib/server/db/schema/submission.ts';
import { ledger } from '../../src/lib/server/db/schema/submission.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { readTerminalHealth } from '../../src/lib/server/terminal/reads.ts';
import { storeHeartbeat } from '../../src/lib/server/terminal/writes.ts';
import { wrongCounts } from '../faults/compare.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const HEARTBEAT = {
	...{ appVersion: '0.1.0', queued: 0, oldestQueuedAt: null, refused: 0, battery: 1, charging: true, clockOffset: 0 },
	...{ storagePersisted: true, storageUsed: 1, storageQuota: 100 }
};

test('a tablet that made 412 sheets of which 409 came is said to miss 3, by number', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const made = Array.from({ length: 412 }, (_, i) => aSheet({ sequence: i + 1 }));
	const came = made.filter(({ sequence }) => ![7, 8, 300].includes(sequence));
	await acceptSheets(db, sender, came.slice(200), NOON);
	await acceptSheets(db, sender, came.slice(0, 250), NOON);
	await storeHeartbeat(db, sender, { ...HEARTBEAT, made: 412 }, NOON);
	const [health] = await readTerminalHealth(db, 'w1', NOON);
	expect(health).toMatchObject({ made: 412, received: 409, missing: 3 });
	expect(health.gaps).toEqual([
		[7, 8],
		[300, 300]
	]);
	expect(health.health).toMatchObject({ level: 'alarm', code: 'missing' });
});

test('what was refused is kept and is no gap', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const broken = { ...aSheet({ sequence: 2 }), versionId: 'SIPAS9-v9' };
	await acceptSheets(db, sender, [aSheet({ sequence: 1 }), broken, aSheet({ sequence: 3 })], NOON);
	await storeHeartbeat(db, sender, { ...HEARTBEAT, made: 3, refused: 1 }, NOON);
	expect((await readTerminalHealth(db, 'w1', NOON))[0]).toMatchObject({ received: 3, missing: 0, quarantined: 1 });
});

test.each(['in two requests', 'in one request'])(
	'of two sheets under one running number %s neither counts, both are kept, and the copied tablet alarms',
	async (how) => {
		const db = await freshDb();
		const { sender } = await aWard(db);
		const [original, copy] = [1, 5].map((value) => aSheet({ sequence: 2, answers: [{ itemId: 'PV', value }] }));
		const first = aSheet({ sequence: 1 });
		const receipts =
			how === 'in one request'
				? await acceptSheets(db, sender, [first, original, copy], NOON)
				: [
						...(await acceptSheets(db, sender, [first, original], NOON)),
						...(await acceptSheets(db, sender, [copy], NOON + 1))
					];
		expect(receipts[2]).toEqual({ id: copy.id, status: 'quarantined', code: 'sequence-forked' });

		const flags = (await db.select().from(sheets)).map((row) => row.flags).sort();
		expect(flags).toEqual(['', 'forked']);
		const counted = (await db.select().from(dailyCounts)).filter((row) => row.itemId === 'PV' && row.counted === 1);
		expect(counted.reduce((sum, row) => sum + row.n1 + row.n5, 0)).toBe(1);
		const [kept] = await db.select().from(quarantine);
		expect(JSON.parse(kept.body)).toEqual(copy);
		expect((await readTerminalHealth(db, 'w1', NOON))[0].health).toMatchObject({ level: 'alarm', code: 'forked' });
		expect(await wrongCounts(db)).toEqual([]);
	}
);

test('a resend of what is kept aside is no second line and no false alarm', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const broken = { ...aSheet({ sequence: 1 }), answers: [{ itemId: 'PV', value: 6 }] };
	for (const bodies of [[broken, broken], [broken]]) {
		for (const receipt of await acceptSheets(db, sender, bodies, NOON)) {
			expect(receipt).toEqual({ id: broken.id, status: 'quarantined', code: 'value-invalid' });
		}
	}
	expect(await db.select().from(quarantine)).toHaveLength(1);
	expect((await readTerminalHealth(db, 'w1', NOON))[0]).toMatchObject({ quarantined: 1, forkedAt: null });
});

test('a resend after the ledger was emptied is still a duplicate, and another sheet under that number still alarms', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const sheet = aSheet({ sequence: 1 });
	await acceptSheets(db, sender, [sheet], NOON);
	await commit(db, async (tx) => void (await tx.delete(ledger)));
	expect(await acceptSheets(db, sender, [sheet], NOON)).toEqual([{ id: sheet.id, status: 'duplicate' }]);
	const [other] = await acceptSheets(db, sender, [aSheet({ sequence: 1 })], NOON);
	expect(other).toMatchObject({ status: 'quarantined', code: 'sequence-forked' });
});

test('a request with nothing but refused sheets leaves the numbers that came before it as they were', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	await acceptSheets(db, sender, [aSheet({ sequence: 1 }), aSheet({ sequence: 2 })], NOON);
	await acceptSheets(db, sender, [{ ...aSheet({ sequence: 3 }), versionId: 'SIPAS9-v9' }], NOON);
	await storeHeartbeat(db, sender, { ...HEARTBEAT, made: 3 }, NOON);
	expect((await readTerminalHealth(db, 'w1', NOON))[0]).toMatchObject({ received: 3, missing: 0 });
});

test('a sheet under an id that another tablet used is kept aside, and those beside it are stored', async () => {
	const db = await freshDb();
	const { sender, sender2 } = await aWard(db);
	const first = aSheet({ sequence: 1 });
	await acceptSheets(db, sender, [first], NOON);
	const own = aSheet({ sequence: 1, dutyId: 'd2' });
	const copied = aSheet({ sequence: 2, dutyId: 'd2', id: first.id });
	expect(await acceptSheets(db, sender2, [own, copied], NOON)).toEqual([
		{ id: own.id, status: 'stored' },
		{ id: first.id, status: 'quarantined', code: 'id-taken' }
	]);
	expect(await db.select().from(sheets)).toHaveLength(2);
	expect(await wrongCounts(db)).toEqual([]);
});
