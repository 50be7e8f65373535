import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { HOUR_FIGURES } from '../../src/lib/domain/submission/hours.ts';
import { addDays, DAY_MS, HOUR_MS, startOfLocalDay } from '../../src/lib/domain/shared/time.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { hourCounts } from '../../src/lib/server/db/schema/report.ts';
import { readHours } from '../../src/lib/server/report/hours/reads.ts';
import { releaseHours } from '../../src/lib/server/report/hours/writes.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { wrongHours } from '../faults/hours.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';
import { answer } from '../factories/versions.ts';

const MONDAY = startOfLocalDay('2026-11-16');
const QUESTION = { organizationId: 'w1', versionId: 'SIPAS5-v1', target: 90, from: '2026-11-01', to: '2026-11-30' };
const all = (value: number) => CRITERIA.map((itemId) => ({ itemId, value }));
/** Two ids of which one is drawn and one is not. */
const drawnId = (drawn: boolean) => `${drawn ? '0' : 'f'}${randomUUID().slice(1)}`;
const rowsOf = (db: Db) => db.select().from(hourCounts);

test('a sheet is counted in the hour of its own clock, and taken out of it when its citizen answers again', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const at = (hours: number, minutes: number) => new Date(MONDAY + hours * HOUR_MS + minutes * 60_000).toISOString();
	const [first, second, third, unseen, ahead] = [
		aSheet({ id: drawnId(true), sequence: 1, answeredAt: at(8, 59), answers: all(5) }),
		aSheet({ id: drawnId(true), sequence: 2, answeredAt: at(9, 0), answers: [{ itemId: 'PV', value: 3 }] }),
		aSheet({ id: drawnId(true), sequence: 3, answeredAt: at(9, 30), answers: all(1) }),
		aSheet({ id: drawnId(false), sequence: 4, answeredAt: at(9, 40), answers: all(1) }),
		aSheet({ id: drawnId(true), sequence: 5, answeredAt: at(24 * 30, 0), answers: all(1) })
	];
	await acceptSheets(db, sender, [first, second, third, unseen, ahead], NOON);
	// A code on a receipt is answered at home, at whatever hour.
	await answer(db, 'SIPAS5-v1', 5, MONDAY + 9 * HOUR_MS);
	const said = async () =>
		(await rowsOf(db))
			.filter(({ sheets }) => sheets !== 0)
			.map(({ month, siteId, weekday, hour, sheets, pvAnswers, pvSatisfied, tcAnswers, ttSatisfied }) =>
				[month, siteId, weekday, hour, sheets, pvAnswers, pvSatisfied, tcAnswers, ttSatisfied].join(' ')
			)
			.sort();
	expect(await said()).toEqual(['2026-11 s1 1 8 1 1 1 1 1', '2026-11 s1 1 9 2 2 0 1 0']);

	// Three days later, from the ledger: the citizen had pressed "by mistake" at once, on a tablet that was offline since.
	const better = aSheet({ id: drawnId(true), sequence: 6, answeredAt: at(10, 1), answers: all(4), replaces: ahead.id });
	await acceptSheets(db, sender, [better], NOON + 3 * DAY_MS);
	const again = aSheet({ sequence: 3, id: randomUUID(), answeredAt: at(9, 31) });
	await acceptSheets(db, sender, [again], NOON + 3 * DAY_MS);
	expect(await said()).toEqual(['2026-11 s1 1 10 1 1 1 1 1', '2026-11 s1 1 8 1 1 1 1 1', '2026-11 s1 1 9 1 1 0 0 0']);
	expect((await verifyCounts(db)).differences).toEqual([]);
});

test('a tablet that was offline for weeks brings two Mondays at once, and both are counted', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const on = (days: number) => new Date(MONDAY + days * DAY_MS + 8 * HOUR_MS).toISOString();
	const sheets = [-14, -7, 0].map((days, i) =>
		aSheet({ id: drawnId(true), sequence: i + 1, answeredAt: on(days), answers: all(4) })
	);
	await acceptSheets(db, sender, sheets, NOON);
	expect((await rowsOf(db)).map(({ month, weekday, hour, sheets: n }) => [month, weekday, hour, n])).toEqual([
		['2026-11', 1, 8, 3]
	]);
});

test('what can be checked without the hour is: the hours of a shift are the sheets that say this shift', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const sheets = Array.from({ length: 40 }, (_, i) =>
		aSheet({ sequence: i + 1, answeredAt: new Date(MONDAY + 8 * HOUR_MS + i * 600_000).toISOString(), answers: all(4) })
	);
	await acceptSheets(db, sender, sheets, NOON);
	expect((await verifyCounts(db)).differences).toEqual([]);
	await commit(
		db,
		async (tx) => void (await tx.update(hourCounts).set({ pvSatisfied: 99 }).where(eq(hourCounts.hour, 9)))
	);
	const { differences } = await verifyCounts(db);
	expect(differences.map(({ where }) => where)).toEqual([
		'hours · w1 · 2026-11 · s1 · SIPAS5-v1 · weekday 1 · morning'
	]);
	// Of months before anybody counted by the hour nothing can be said.
	await commit(db, async (tx) => void (await tx.update(organizations).set({ hoursSince: '2026-12' })));
	expect((await verifyCounts(db)).differences).toEqual([]);
	await releaseHours(db);
	expect((await readHours(db, QUESTION, 's1', 'PV')).map.hours).toEqual([]);
});

const visit = fc.record({
	day: fc.nat(4),
	hour: fc.constantFrom(8, 8, 9),
	value: fc.integer({ min: 1, max: 5 }),
	criteria: fc.constantFrom(1, 2, 5),
	mistake: fc.constantFrom(false, false, false, false, true)
});

/** What somebody sees who looks after each citizen: people and satisfied answers of PV by cell, also where cells are withheld. */
async function seen(db: Db) {
	return new Map(
		(await rowsOf(db)).map((row) => [`${row.weekday} ${row.hour}`, [row.rSheets, row.rPvAnswers, row.rTcAnswers]])
	);
}

async function playAndLook(
	visits: readonly (typeof visit extends fc.Arbitrary<infer V> ? V : never)[],
	release: (db: Db) => Promise<unknown>
) {
	const db = await freshDb();
	const { sender } = await aWard(db);
	let before = new Map<string, number[]>();
	let last: string | null = null;
	const steps: number[] = [];
	const times = new Map<string, string>();
	for (const [i, { day, hour, value, criteria, mistake }] of visits.entries()) {
		const at = startOfLocalDay(addDays('2026-11-16', day)) + hour * HOUR_MS + i * 20_000;
		const sheet = aSheet({
			sequence: i + 1,
			answeredAt: new Date(at).toISOString(),
			answers: ['PV', 'TC', 'HC', 'KQ', 'TT'].slice(0, criteria).map((itemId) => ({ itemId, value })),
			replaces: mistake ? last : null
		});
		last = sheet.id;
		times.set(sheet.id, sheet.answeredAt);
		await acceptSheets(db, sender, [sheet], NOON);
		await release(db);
		const now = await seen(db);
		for (const [cell, figures] of now)
			for (const [figure, value] of figures.entries()) steps.push(Math.abs(value - (before.get(cell)?.[figure] ?? 0)));
		before = now;
	}
	expect(await wrongHours(db, times)).toEqual([]);
	return steps.filter((step) => step !== 0);
}

test('who looks after each citizen sees ten more people or nobody, and the counts are the sheets of their hours', async () => {
	let blocks = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(visit, { minLength: 150, maxLength: 160, size: 'max' }), async (visits) => {
			const steps = await playAndLook(visits, releaseHours);
			blocks += steps.length;
			expect(steps.filter((step) => step < 10)).toEqual([]);
		}),
		{ numRuns: 2, seed: 44, endOnFailure: true }
	);
	expect(blocks).toBeGreaterThan(10);
}, 60_000);

test('without blocks of ten the same reader sees single people', async () => {
	const [visits] = fc.sample(fc.array(visit, { minLength: 30, maxLength: 30 }), { numRuns: 1, seed: 44 });
	const steps = await playAndLook(visits, (db) =>
		commit(db, async (tx) => {
			for (const row of await tx.select().from(hourCounts))
				await tx
					.update(hourCounts)
					.set({ rSheets: row.sheets, rPvAnswers: row.pvAnswers, rTcAnswers: row.tcAnswers })
					.where(eq(hourCounts.hour, row.hour));
		})
	);
	expect(steps).toContain(1);
});

test('three sheets in four are told by the hour, whatever they say', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	const sheets = Array.from({ length: 500 }, (_, i) =>
		aSheet({
			sequence: i + 1,
			answeredAt: new Date(MONDAY + 8 * HOUR_MS + i * 6_000).toISOString(),
			answers: all(i % 5 || 5)
		})
	);
	await acceptSheets(db, sender, sheets, NOON);
	const [row] = await rowsOf(db);
	expect(row.sheets).toBeGreaterThan(325);
	expect(row.sheets).toBeLessThan(425);
	expect(HOUR_FIGURES.filter((figure) => figure.endsWith('Answers')).map((figure) => row[figure])).toEqual(
		Array(5).fill(row.sheets)
	);
	await releaseHours(db);
	const { map } = await readHours(db, QUESTION, 's1', 'PV');
	expect(map.hours[0].cells[0].cell).toMatchObject({ n: row.sheets });
});
