import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountRow, DIMENSIONS, drawTable } from '../../src/lib/domain/report/table.ts';
import type { Correction } from '../../src/lib/domain/place/correction.ts';
import { addDays, DAY_MS, HOUR_MS, localDay } from '../../src/lib/domain/shared/time.ts';
import { OFFICIAL_CHANNELS } from '../../src/lib/domain/submission/channel.ts';
import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { marginCounts, settledSheets } from '../../src/lib/server/db/schema/margin.ts';
import { officers } from '../../src/lib/server/db/schema/place.ts';
import { applyCorrections, correctDuty } from '../../src/lib/server/place/corrections/writes.ts';
import { dailyCounts, monthlyCounts, releasedCounts } from '../../src/lib/server/db/schema/report.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { FIGURES } from '../../src/lib/domain/submission/counting.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { readSheetTotals } from '../../src/lib/server/report/totals/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { noSheets } from '../../src/lib/domain/report/totals.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import {
	isCounted,
	plain,
	ReleasedByHand,
	tallyDaily,
	type KnownSheet,
	type Tally
} from '../actors/counted-by-hand.ts';
import { ExcludedByHand, type ExcludeStep } from '../actors/excluded-by-hand.ts';
import { aLeader, answerOf, fileOf } from '../actors/every-way.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

/** PostgreSQL in this process takes four times as long for the same. */
const RUNS = engine === 'sqlite' ? 10 : 6;

const tap = fc.record({
	seconds: fc.constantFrom(5, 60, 60, 60),
	replaces: fc.constantFrom('nothing', 'nothing', 'nothing', 'nothing', 'the one before', 'a stranger'),
	/** 6 is not asked; a sheet without answers is "not served". */
	answers: fc.array(fc.constantFrom(0, 1, 2, 3, 4, 5, 5, 6), { minLength: 5, maxLength: 5 })
});
const step = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('send' as const),
			tablet: fc.constantFrom(0, 1),
			/** Made so many days before they arrive. */
			late: fc.constantFrom(0, 2, 25, 25),
			duty: fc.constantFrom(true, true, true, false),
			field: fc.constantFrom('f1', 'f2', null),
			taps: fc.array(tap, { minLength: 1, maxLength: 30, size: 'max' })
		})
	},
	{
		weight: 1,
		arbitrary: fc.record({ do: fc.constantFrom('fork' as const, 'send again' as const), tablet: fc.constantFrom(0, 1) })
	},
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constant('correct' as const),
			counterId: fc.constantFrom('q1', 'q2'),
			/** Officer 3 is on no roster. */
			officerId: fc.constantFrom('o1', 'o2', 'o3', 'o3', null),
			/** Hours before now. */
			from: fc.constantFrom(3, 60),
			hours: fc.constantFrom(20, 72)
		})
	},
	{
		weight: 3,
		arbitrary: fc.record<ExcludeStep & { do: 'exclude' }>({
			do: fc.constant('exclude' as const),
			counterId: fc.constantFrom('q1', 'q2', ''),
			/** Days before now, and how many of them. */
			from: fc.constantFrom(0, 2, 25),
			days: fc.constantFrom(1, 3),
			shift: fc.constantFrom('', '', 'morning', 'afternoon'),
			flag: fc.constantFrom('', '', 'repeat')
		})
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('lift' as const), which: fc.nat(9) }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(1, 12) }) }
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Send = Extract<Step, { do: 'send' }>;
type Correct = Extract<Step, { do: 'correct' }>;
type Tap = Send['taps'][number];

/** Until the ledger is forgotten, a sheet that is known to have been answered at a moment. */
type Placed = KnownSheet & { at: number; given: string };

interface TabletState {
	last?: { sheet: Sheet; known: Placed };
	sent: Sheet[];
}

/** The sheet of a tap, and what the rules make of it. */
function make(
	tap: Tap,
	{ tablet: number, duty, field }: Send,
	tablet: TabletState,
	at: number
): { sheet: Sheet; known: Placed } {
	const before = tablet.last;
	const pairs = tap.answers.flatMap((value, i) => (value === 6 ? [] : [[CRITERIA[i], value] as const]));
	const answers = pairs.some(([, value]) => value > 0) ? pairs : [];
	const replaces = { nothing: null, 'the one before': before?.sheet.id ?? null, 'a stranger': randomUUID() as string }[
		tap.replaces
	];
	const sheet = aSheet({
		sequence: (before?.sheet.sequence ?? 0) + 1,
		dutyId: duty ? `d${number + 1}` : null,
		fieldId: number === 0 ? null : field,
		answeredAt: new Date(at).toISOString(),
		answers: answers.map(([itemId, value]) => ({ itemId, value: value || null })),
		reasons: answers.length === 0 ? ['X01'] : [],
		replaces: replaces ?? null
	});
	const flags = new Set<string>();
	if (before && sheet.replaces === before.sheet.id) before.known.flags.add('replaced');
	else if (before) {
		const apart = at - Date.parse(before.sheet.answeredAt);
		if (apart >= 0 && apart < 15_000) flags.add('repeat');
		if (sheet.replaces !== null) flags.add('replaces-foreign');
	}
	const officerId = duty ? `o${number + 1}` : '';
	const known: Placed = {
		at,
		given: officerId,
		day: localDay(at),
		counterId: `q${number + 1}`,
		fieldId: number === 0 ? 'f1' : (sheet.fieldId ?? ''),
		officerId,
		answers: Object.fromEntries(answers),
		flags
	};
	return { sheet, known };
}

async function play(steps: readonly Step[], number: number) {
	const db = await freshDb();
	const { sender, sender2 } = await aWard(db);
	await commit(db, (tx) => tx.insert(officers).values({ id: 'o3', organizationId: 'w1', name: 'Công Chức 3' }).then());
	const senders = [sender, sender2];
	const tablets: TabletState[] = [{ sent: [] }, { sent: [] }];
	const sheets: Placed[] = [];
	const corrections: Correction[] = [];
	const excluded = new ExcludedByHand(db, sheets);
	const byHand = new ReleasedByHand();
	let now = NOON;
	for (const each of steps) {
		if (each.do === 'wait') now += each.days * DAY_MS;
		else if (each.do === 'correct') corrections.push(...(await correct(db, each, corrections.length, now)));
		else if (each.do === 'exclude') await excluded.exclude(each, now);
		else if (each.do === 'lift') await excluded.lift(each.which, now);
		else if (each.do === 'release') {
			await applyCorrections(db, now);
			correctByHand(sheets, corrections, now);
			await excluded.apply(now);
			await releaseCounts(db);
			byHand.release(sheets);
			await compare(db, sheets, byHand);
		} else {
			const tablet = tablets[each.tablet];
			if (each.do === 'send') {
				let at = now - each.late * DAY_MS - 3_600_000;
				const made = each.taps.map((one) => {
					at += one.seconds * 1000;
					tablet.last = make(one, each, tablet, at);
					sheets.push(tablet.last.known);
					return tablet.last.sheet;
				});
				tablet.sent = made;
				await acceptSheets(db, senders[each.tablet], made, now);
			} else if (tablet.last) {
				const { sheet, known } = tablet.last;
				if (each.do === 'fork') {
					known.flags.add('forked');
					await acceptSheets(db, senders[each.tablet], [{ ...sheet, id: randomUUID() }], now);
				} else await acceptSheets(db, senders[each.tablet], tablet.sent, now);
			}
		}
	}
	await applyCorrections(db, now);
	correctByHand(sheets, corrections, now);
	await excluded.apply(now);
	await compare(db, sheets, byHand);
	await compareTables(db, byHand, now, number);
	await compareTotals(db, sheets, byHand);
	return {
		months: new Set((await db.select().from(monthlyCounts)).map(({ month }) => month)).size,
		corrected: sheets.filter(({ officerId, given }) => officerId !== given).length,
		excluded: excluded.taken,
		lifted: excluded.lifted
	};
}

/** Somebody says who was really there; nothing where the product refuses, as it does when that officer was elsewhere. */
async function correct(db: Db, { counterId, officerId, from, hours }: Correct, number: number, now: number) {
	const startsAt = now - from * HOUR_MS;
	const endsAt = Math.min(startsAt + hours * HOUR_MS, now);
	const said = { id: `c${String(number).padStart(3, '0')}`, counterId, officerId, startsAt, endsAt };
	const who = { organizationId: 'w1', correctedBy: 'u1', ownOfficerId: null, reason: 'Trực thay', now };
	const outcome = await correctDuty(db, { ...said, ...who });
	return outcome.ok ? [{ ...said, correctedAt: now }] : [];
}

/** The last word about a counter and a moment holds, for what comes within thirty days of it too. */
function correctByHand(sheets: readonly Placed[], corrections: readonly Correction[], now: number) {
	for (const { counterId, officerId, startsAt, endsAt, correctedAt } of corrections) {
		if (correctedAt <= now - 30 * DAY_MS) continue;
		for (const sheet of sheets)
			if (sheet.counterId === counterId && sheet.at >= startsAt && sheet.at < endsAt) sheet.officerId = officerId ?? '';
	}
}

async function compare(db: Db, sheets: readonly KnownSheet[], byHand: ReleasedByHand) {
	const figuresOf = (row: Record<(typeof FIGURES)[number], number>) => FIGURES.map((figure) => row[figure]);
	const cut = (row: { counterId: string; fieldId: string; officerId: string }) =>
		`${row.counterId}/${row.fieldId}/${row.officerId}`;
	const daily: Tally = new Map(
		(await db.select().from(dailyCounts)).map((row) => [
			`${cut(row)} ${row.day} ${row.itemId} ${row.counted}`,
			figuresOf(row)
		])
	);
	expect(plain(daily)).toEqual(plain(tallyDaily(sheets)));
	const released: Tally = new Map(
		(await db.select().from(releasedCounts)).map((row) => [`${cut(row)} ${row.day} ${row.itemId}`, figuresOf(row)])
	);
	expect(plain(released)).toEqual(plain(byHand.shown));
	const margins: Tally = new Map(
		(await db.select().from(marginCounts)).map((row) => [
			`${row.side} ${row.period} ${row.place} ${row.itemId} ${row.onlyOfficer}`,
			figuresOf(row)
		])
	);
	expect(plain(margins)).toEqual(plain(byHand.margins()));
	const settled: Tally = new Map(
		(await db.select().from(settledSheets)).map((row) => [
			`${row.day} ${row.itemId} ${row.counted}`,
			[0, 0, 0, 0, 0, 0, row.sheets]
		])
	);
	expect(plain(settled)).toEqual(plain(byHand.settled(sheets)));
	expect((await verifyCounts(db)).differences).toEqual([]);
}

/**
 * Every table, of periods that hold whole months and cut others, everywhere and at one counter, against the same drawing of what was
 * released by hand; some also as a file and by the API, turn about.
 */
async function compareTables(db: Db, byHand: ReleasedByHand, now: number, number: number) {
	const today = localDay(now);
	const leader = await aLeader(db, now);
	const periods = [
		['2026-10-01', '2027-03-31'],
		['2026-11-10', today],
		[addDays(today, -8), today]
	];
	for (const [i, by] of DIMENSIONS.entries()) {
		for (const [from, to, counter] of [...periods, [...periods[1], 'q2']]) {
			const where = counter === undefined ? {} : { counter };
			const question = { organizationId: 'w1', by, from, to, versionId: 'SIPAS5-v1', target: 90 };
			const { rows, total } = await readIndexTable(db, { ...question, where });
			const hand = byHand.rows(by, from, to, counter);
			const counts: CountRow[] = [];
			const sheets = new Map<string | null, number>();
			for (const [name, [n1, n2, n3, n4, n5, notApplicable, ofSheets]] of hand.rows) {
				const [key, itemId] = name.split(' ');
				if (itemId === '') sheets.set(key || null, ofSheets);
				else counts.push({ key: key || null, itemId, n: [n1, n2, n3, n4, n5], notApplicable });
			}
			const everybody = new Set([...hand.officers.values()].flatMap((who) => [...who]));
			const ofOneOfficer = counter !== undefined && everybody.size === 1 && !everybody.has('');
			const single = [...hand.officers].filter(([, who]) => who.size === 1 && !who.has(''));
			const k = new Map(
				by === 'officer' || by === 'criterion' ? [] : single.map(([key]) => [key || null, 10] as const)
			);
			const names = new Map(
				rows.filter(({ key }) => key !== null && by !== 'criterion').map(({ key, name }) => [key, name])
			);
			const drawn = drawTable({
				...{ ...question, method: 'T2B-5C-v1', version: SIPAS5, counts, sheets, names, k, ofOneOfficer },
				channels: OFFICIAL_CHANNELS
			});
			expect({ by, from, to, rows, total }).toEqual({ by, from, to, rows: drawn.rows, total: drawn.total });
			if (counter !== undefined || from !== periods[1][0] || i % 3 !== number % 3) continue;
			expect(await leader.file(question)).toEqual(fileOf(drawn));
			expect(await leader.api(question)).toEqual(answerOf(drawn));
		}
	}
}

async function compareTotals(db: Db, sheets: readonly KnownSheet[], byHand: ReleasedByHand) {
	const everything = { organizationId: 'w1', versionId: 'SIPAS5-v1', from: '2026-01-01', to: '2027-12-31' };
	const counted = sheets.filter(isCounted);
	const shown = [...(byHand.rows('criterion', everything.from, everything.to).rows.get(' ') ?? [])][6] ?? 0;
	expect(await readSheetTotals(db, everything)).toEqual({
		official: {
			stored: sheets.length,
			excluded: sheets.length - counted.length,
			decided: sheets.filter(({ flags }) => flags.has('excluded')).length,
			doubted: { ...noSheets().doubted, repeat: counted.filter(({ flags }) => flags.has('repeat')).length },
			waiting: Math.max(0, counted.length - shown)
		},
		others: noSheets()
	});
}

test('whatever comes, late, doubled, replaced, forked, given to others, taken out or put back, the counts are the sheets and all tables what was released', async () => {
	let [runs, months, corrected, excluded, lifted] = [0, 0, 0, 0, 0];
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 44, size: 'max' }), async (steps) => {
			const seen = await play(steps, runs++);
			months += seen.months;
			corrected += seen.corrected;
			excluded += seen.excluded;
			lifted += seen.lifted;
		}),
		{ numRuns: RUNS, seed: 12, endOnFailure: true }
	);
	console.log({ months, corrected, excluded, lifted });
	expect(months).toBeGreaterThan(RUNS);
	expect(corrected).toBeGreaterThan(10 * RUNS);
	expect(excluded).toBeGreaterThan(10 * RUNS);
	expect(lifted).toBeGreaterThan(RUNS);
}, 60_000);
