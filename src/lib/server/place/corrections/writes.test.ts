import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { aSheet, NOON } from '../../../../../tests/factories/sheet.ts';
import { dutyAt } from '../../../domain/place/duty.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/shared/time.ts';
import { readAuditLines } from '../../account/audit/reads.ts';
import { commit, type Db } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { duties, dutyCorrections, officers } from '../../db/schema/place.ts';
import { releasedCounts } from '../../db/schema/report.ts';
import { sheets } from '../../db/schema/submission.ts';
import { verifyCounts } from '../../report/verify/reads.ts';
import { releaseCounts } from '../../report/writes.ts';
import { acceptSheets } from '../../submission/writes.ts';
import { readDuties } from '../reads.ts';
import { applyCorrections, correctDuty, type CorrectedDuty } from './writes.ts';

/** The sheets of a morning, a minute apart from 08:00. */
const EIGHT = NOON - 4 * HOUR_MS;
const at = (minutes: number) => EIGHT + minutes * MINUTE_MS;
const minuteSheet = (sequence: number, dutyId: string | null = 'd1') =>
	aSheet({ sequence, dutyId, answeredAt: new Date(at(sequence)).toISOString() });
const morning = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => minuteSheet(from + i));

let made = 0;
const correction = (change: Partial<CorrectedDuty> = {}): CorrectedDuty => ({
	id: `c${made++}`,
	organizationId: 'w1',
	counterId: 'q1',
	officerId: 'o3',
	startsAt: at(10),
	endsAt: at(20),
	reason: 'Hoa ốm, Minh trực thay',
	correctedBy: 'u1',
	ownOfficerId: null,
	now: NOON,
	...change
});

/** The usual ward with a third officer, who stands nowhere. */
async function aMorning() {
	const db = await freshDb();
	const ward = await aWard(db);
	await commit(db, (tx) => tx.insert(officers).values({ id: 'o3', organizationId: 'w1', name: 'Công Chức 3' }).then());
	return { db, ...ward };
}
async function whose(db: Db) {
	const all = await db.select().from(sheets);
	const count = (officerId: string) => all.filter((sheet) => sheet.officerId === officerId).length;
	expect((await verifyCounts(db)).differences).toEqual([]);
	return { o1: count('o1'), o3: count('o3'), nobody: count('') };
}

test('a correction moves the sheets of its time with their counts, and says so with its reason', async () => {
	const { db, sender } = await aMorning();
	await acceptSheets(db, sender, morning(1, 30), NOON);
	expect(await correctDuty(db, correction())).toEqual({ ok: true, value: { moved: 10 } });
	expect(await whose(db)).toEqual({ o1: 20, o3: 10, nobody: 0 });
	const [line] = await readAuditLines(db, 'w1', 1);
	expect(line).toMatchObject({ action: 'duty-corrected', actorId: 'u1', reason: 'Hoa ốm, Minh trực thay' });
	expect(line.detail).toBe('Quầy 1, 08:10 23/11/2026 – 08:20 23/11/2026 → Công Chức 3 (10 phiếu)');
	const known = await readDuties(db, 'w1', EIGHT, NOON);
	expect([9, 10, 19, 20].map((minute) => dutyAt(known, 'q1', at(minute))?.officerId)).toEqual(['o1', 'o3', 'o3', 'o1']);
	expect(known.find(({ officerId }) => officerId === 'o3')?.source).toBe('correction');
});

test('what was shown already changes by blocks only', async () => {
	const { db, sender } = await aMorning();
	await acceptSheets(db, sender, morning(1, 30), NOON);
	await releaseCounts(db);
	const shown = async () =>
		Object.fromEntries(
			(await db.select().from(releasedCounts))
				.filter(({ itemId }) => itemId === 'PV')
				.map((row) => [row.officerId, row.n5])
		);
	expect(await shown()).toEqual({ o1: 30 });
	await correctDuty(db, correction({ endsAt: at(19) }));
	await releaseCounts(db);
	expect(await shown()).toEqual({ o1: 30 });
	await correctDuty(db, correction({ startsAt: at(19) }));
	await releaseCounts(db);
	expect(await shown()).toEqual({ o1: 20, o3: 10 });
	expect(await whose(db)).toEqual({ o1: 20, o3: 10, nobody: 0 });
});

test('a sheet of that time that comes later follows, and once', async () => {
	const { db, sender } = await aMorning();
	await acceptSheets(db, sender, morning(1, 12), NOON);
	await correctDuty(db, correction());
	expect(await applyCorrections(db, NOON)).toBe(0);
	const later = NOON + 3 * DAY_MS;
	await acceptSheets(db, sender, [...morning(13, 30), minuteSheet(31, null)], later);
	expect(await applyCorrections(db, later)).toBe(7);
	expect(await applyCorrections(db, later)).toBe(0);
	expect(await whose(db)).toEqual({ o1: 20, o3: 10, nobody: 1 });
	const [{ moved }] = await db.select().from(dutyCorrections);
	expect(moved).toBe(10);
});

test('of two corrections the later holds where they overlap, for late sheets too', async () => {
	const { db, sender } = await aMorning();
	await acceptSheets(db, sender, morning(1, 15), NOON);
	await correctDuty(db, correction({ startsAt: at(5), endsAt: at(25) }));
	await correctDuty(db, correction({ officerId: null, startsAt: at(10), endsAt: at(40), now: NOON + 1 }));
	expect(await whose(db)).toEqual({ o1: 4, o3: 5, nobody: 6 });
	await acceptSheets(db, sender, morning(16, 45), NOON + HOUR_MS);
	await applyCorrections(db, NOON + HOUR_MS);
	expect(await whose(db)).toEqual({ o1: 4 + 6, o3: 5, nobody: 30 });
});

test('a clock that was wrong counts by the arrival, as the sheet’s day does', async () => {
	const { db, sender } = await aMorning();
	const ahead = { ...minuteSheet(1), answeredAt: new Date(NOON + 5 * DAY_MS).toISOString() };
	await acceptSheets(db, sender, [ahead], at(15));
	expect(await correctDuty(db, correction())).toEqual({ ok: true, value: { moved: 1 } });
	const [line] = await readAuditLines(db, 'w1', 1);
	expect(line.detail).toContain('(dưới 5 phiếu)');
});

test('sheets of another counter, another time and another ward stay where they are', async () => {
	const { db, sender, sender2 } = await aMorning();
	const other = await aWard(db, 'w2');
	await acceptSheets(db, sender, morning(1, 30), NOON);
	await acceptSheets(db, sender2, [minuteSheet(15, 'd2')], NOON);
	await acceptSheets(db, other.sender, [minuteSheet(15, 'w2-d1')], NOON);
	await correctDuty(db, correction({ officerId: null }));
	const all = await db.select().from(sheets);
	expect(all.filter(({ officerId }) => officerId === '').every(({ counterId }) => counterId === 'q1')).toBe(true);
	expect(await whose(db)).toEqual({ o1: 20, o3: 0, nobody: 10 });
});

test('nobody corrects for themselves or away from themselves, late sheets included', async () => {
	const { db, sender } = await aMorning();
	const reason = async (change: Partial<CorrectedDuty>) => {
		const outcome = await correctDuty(db, correction(change));
		return outcome.ok ? 'taken' : outcome.reason;
	};
	expect(await reason({ ownOfficerId: 'o3' })).toBe('own-duty');
	expect(await reason({ ownOfficerId: 'o1' })).toBe('own-duty');
	expect(await reason({ ownOfficerId: 'o1', officerId: null })).toBe('own-duty');
	await commit(db, (tx) =>
		tx
			.insert(users)
			.values({
				...{ id: 'u2', organizationId: 'w1', login: 'u2', name: 'Trưởng', passwordHash: '', createdAt: 0 },
				officerId: 'o2'
			})
			.then()
	);
	expect(await reason({ correctedBy: 'u2', ownOfficerId: 'o2' })).toBe('taken');
	await acceptSheets(db, sender, [minuteSheet(12, 'd2'), minuteSheet(13, 'd1')], NOON);
	await commit(db, (tx) => tx.update(sheets).set({ counterId: 'q1' }).where(eq(sheets.officerId, 'o2')).then());
	await applyCorrections(db, NOON);
	expect((await db.select().from(sheets)).map(({ officerId }) => officerId).sort()).toEqual(['o2', 'o3']);
});

test('what cannot be corrected is refused with the reason, and nothing moves', async () => {
	const { db, sender } = await aMorning();
	await aWard(db, 'w2');
	await acceptSheets(db, sender, morning(1, 30), NOON);
	const before = await db.select().from(duties);
	const reason = async (change: Partial<CorrectedDuty>) => {
		const outcome = await correctDuty(db, correction(change));
		return outcome.ok ? 'taken' : outcome.reason;
	};
	expect(await reason({ endsAt: at(10) })).toBe('interval-empty');
	expect(await reason({ endsAt: NOON + 1 })).toBe('interval-future');
	expect(await reason({ startsAt: NOON - 7 * DAY_MS - 1 })).toBe('interval-too-old');
	expect(await reason({ reason: '' })).toBe('reason-missing');
	expect(await reason({ counterId: 'w2-q1' })).toBe('counter-unknown');
	expect(await reason({ officerId: 'w2-o1' })).toBe('officer-unknown');
	expect(await correctDuty(db, correction({ officerId: 'o2' }))).toMatchObject({
		reason: 'officer-elsewhere',
		other: { counterId: 'q2' }
	});
	expect(await whose(db)).toEqual({ o1: 30, o3: 0, nobody: 0 });
	expect(await db.select().from(duties)).toEqual(before);
	expect(await db.select().from(dutyCorrections)).toEqual([]);
});

test('a hundred identical corrections are one', async () => {
	const { db, sender } = await aMorning();
	await acceptSheets(db, sender, morning(1, 30), NOON);
	const one = correction();
	const all = await Promise.all(Array.from({ length: 100 }, () => correctDuty(db, one)));
	expect(all).toEqual(Array.from({ length: 100 }, () => ({ ok: true, value: { moved: 10 } })));
	expect(await db.select().from(dutyCorrections)).toHaveLength(1);
	expect((await db.select().from(duties)).filter(({ source }) => source === 'correction')).toHaveLength(1);
});

test('whatever is corrected, and whenever the sheets come, each belongs to who the last word says', async () => {
	const step = fc.oneof(
		fc.record({ do: fc.constant('send' as const), count: fc.integer({ min: 1, max: 12 }) }),
		fc.record({ do: fc.constant('apply' as const) }),
		fc.record({ do: fc.constant('release' as const) }),
		fc.record({
			do: fc.constant('correct' as const),
			from: fc.integer({ min: 0, max: 55 }),
			length: fc.integer({ min: 1, max: 40 }),
			officerId: fc.constantFrom('o1', 'o3', null)
		})
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
			const { db, sender } = await aMorning();
			const says = Array.from<string | undefined>({ length: 200 });
			let sequence = 0;
			let now = NOON;
			for (const each of steps) {
				now++;
				if (each.do === 'send') {
					// Minutes in another order than the numbers, so that late sheets lie anywhere.
					const fresh = Array.from({ length: each.count }, () => {
						sequence++;
						return { ...minuteSheet(sequence), answeredAt: new Date(at((sequence * 37) % 101)).toISOString() };
					});
					await acceptSheets(db, sender, fresh, now);
				} else if (each.do === 'apply') await applyCorrections(db, now);
				else if (each.do === 'release') await releaseCounts(db);
				else {
					const { from, length, officerId } = each;
					await correctDuty(db, correction({ officerId, startsAt: at(from), endsAt: at(from + length), now }));
					says.fill(officerId ?? '', from, from + length);
				}
			}
			await applyCorrections(db, now);
			const expected = { o1: 0, o3: 0, nobody: 0 };
			for (let each = 1; each <= sequence; each++) {
				expected[({ '': 'nobody', o3: 'o3', o1: 'o1' } as const)[(says[(each * 37) % 101] ?? 'o1') as 'o1']]++;
			}
			expect(await whose(db)).toEqual(expected);
		}),
		{ numRuns: 12, seed: 7, endOnFailure: true }
	);
}, 60_000);
