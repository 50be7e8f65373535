import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { marginCounts, settledSheets } from '../../src/lib/server/db/schema/margin.ts';
import { dailyCounts, monthlyCounts, releasedCounts } from '../../src/lib/server/db/schema/report.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const november = {
	organizationId: 'w1',
	from: '2026-11-01',
	to: '2026-11-30',
	versionId: 'SIPAS5-v1',
	target: 90
} as const;
const DAY = 86_400_000;

const sheets = (from: number, to: number, value = 5) =>
	Array.from({ length: to - from + 1 }, (_, i) => aSheet({ sequence: from + i, answers: [{ itemId: 'PV', value }] }));

async function officerPv(db: Db) {
	const { rows } = await readIndexTable(db, { ...november, by: 'officer' });
	return rows.find(({ key }) => key === 'o1')!.criteria.PV;
}

test('a leader sees an officer only in blocks of ten sheets', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	await acceptSheets(db, sender, sheets(1, 9), NOON);
	await releaseCounts(db);
	expect(await officerPv(db)).toEqual({ withheld: 'small' });

	await acceptSheets(db, sender, sheets(10, 12), NOON);
	await releaseCounts(db);
	expect(await officerPv(db)).toMatchObject({ n: 12, value: 100 });

	for (let sequence = 13; sequence <= 21; sequence++) {
		await acceptSheets(db, sender, sheets(sequence, sequence, 1), NOON);
		await releaseCounts(db);
		expect(await officerPv(db)).toMatchObject({ n: 12 });
	}
	await acceptSheets(db, sender, sheets(22, 22, 1), NOON);
	await releaseCounts(db);
	expect(await officerPv(db)).toMatchObject({ n: 22, value: 54.55 });
	expect((await verifyCounts(db)).differences).toEqual([]);
});

test('a block carries the day that filled it, so two periods never differ by one citizen', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	await acceptSheets(db, sender, sheets(1, 6), NOON);
	await releaseCounts(db);
	const later = sheets(7, 13).map((sheet) => ({
		...sheet,
		answeredAt: new Date(NOON + DAY + sheet.sequence * 60_000).toISOString()
	}));
	await acceptSheets(db, sender, later, NOON + 2 * DAY);
	await releaseCounts(db);
	const released = await db.select().from(releasedCounts);
	expect(released.filter(({ itemId }) => itemId === 'PV')).toMatchObject([{ day: '2026-11-24', n5: 13 }]);
});

test('months are kept with every release, and a late block is added to the month that it is dated in', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const before = Date.parse('2026-11-23T05:00:00Z');
	await acceptSheets(db, sender, sheets(1, 20), before);
	await releaseCounts(db);
	const december = before + 20 * DAY;
	const ofMonth = async () => (await db.select().from(monthlyCounts)).filter(({ itemId }) => itemId === 'PV');
	expect(await ofMonth()).toMatchObject([{ month: '2026-11', n5: 20 }]);
	expect(await officerPv(db)).toMatchObject({ n: 20 });

	await acceptSheets(db, sender, sheets(21, 40, 2), december);
	await releaseCounts(db);
	expect(await officerPv(db)).toMatchObject({ n: 40, value: 50 });
	expect(await ofMonth()).toMatchObject([{ month: '2026-11', n2: 20, n5: 20 }]);
	expect((await verifyCounts(db)).differences).toEqual([]);
});

test('verify names every row of counts that is not what the sheets say', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	await acceptSheets(db, sender, sheets(1, 3), NOON);
	await commit(db, (tx) => tx.update(dailyCounts).set({ n5: 4 }).then());
	const { differences } = await verifyCounts(db);
	expect(differences).not.toEqual([]);
	expect(differences.map(({ where }) => where).join()).toContain('PV');
});

test('verify names a sum by one side that is not what was released, whose it is said to be, and what is settled', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	await acceptSheets(db, sender, sheets(1, 20), NOON);
	await releaseCounts(db);
	const differing = async () => (await verifyCounts(db)).differences.map(({ where }) => where).join();
	expect(await differing()).toBe('');
	const ofOfficer = eq(marginCounts.side, 'officer');
	await commit(db, (tx) => tx.update(marginCounts).set({ onlyOfficer: '' }).where(ofOfficer).then());
	expect(await differing()).toContain('margin · w1 · SIPAS5-v1 · month · officer');
	await commit(db, (tx) => tx.update(marginCounts).set({ onlyOfficer: 'o1', n5: 4 }).where(ofOfficer).then());
	expect(await differing()).toContain('terminal · PV · o1');
	await commit(db, (tx) => tx.delete(settledSheets).then());
	expect(await differing()).toContain('settled · w1 · 2026-11-23 · terminal · SIPAS5-v1 · sheets');
});

test('by counter, a counter with a single officer is as secret as the officer', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const unattributed = Array.from({ length: 6 }, (_, i) => aSheet({ sequence: i + 1, dutyId: null }));
	await acceptSheets(db, sender, unattributed, NOON);
	await releaseCounts(db);
	const { rows, total } = await readIndexTable(db, { ...november, by: 'counter' });
	expect(rows.find(({ key }) => key === 'q1')!.criteria.PV).toMatchObject({ n: 6 });
	expect(total.criteria.PV).toMatchObject({ n: 6 });
	expect(rows.find(({ key }) => key === 'q2')!.criteria.PV).toEqual({ withheld: 'small' });
});

test('who says that a question does not apply hides nobody who answered it', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const rated = (sequence: number, TT: number | null) =>
		aSheet({
			sequence,
			answers: [
				{ itemId: 'PV', value: 5 },
				{ itemId: 'TT', value: TT }
			]
		});
	const nine = Array.from({ length: 9 }, (_, i) => rated(i + 1, null));
	await acceptSheets(db, sender, [...nine, rated(10, 1)], NOON);
	await releaseCounts(db);
	const items = (await db.select().from(releasedCounts)).map(({ itemId }) => itemId).sort();
	expect(items).toEqual(['', 'PV']);
});

test('a sheet replaced after it was shown counts for nobody towards the next ten', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const first = sheets(1, 10, 1);
	await acceptSheets(db, sender, first, NOON);
	await releaseCounts(db);
	const [again, ...others] = sheets(11, 20);
	await acceptSheets(db, sender, [{ ...again, replaces: first[9].id }, ...others], NOON);
	await releaseCounts(db);
	expect(await officerPv(db)).toMatchObject({ n: 10, value: 0 });
	await acceptSheets(db, sender, sheets(21, 21), NOON);
	await releaseCounts(db);
	expect(await officerPv(db)).toMatchObject({ n: 20, value: 55 });
	expect((await verifyCounts(db)).differences).toEqual([]);
});

test('that somebody was not served is shown with the sheets around it, not when the tenth such sheet comes', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	await acceptSheets(db, sender, [aSheet({ sequence: 1, answers: [], reasons: ['X01'] }), ...sheets(2, 9)], NOON);
	await releaseCounts(db);
	expect(await db.select().from(releasedCounts)).toEqual([]);
	await acceptSheets(db, sender, sheets(10, 10), NOON);
	await releaseCounts(db);
	const shown = (await db.select().from(releasedCounts)).map(({ itemId, sheets }) => [itemId, sheets]);
	expect(shown.sort()).toEqual([
		['', 10],
		['X01', 1]
	]);
});
