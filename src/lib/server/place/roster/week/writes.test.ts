import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { freshDb } from '../../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../../tests/factories/place.ts';
import { dutyAt } from '../../../../domain/place/duty.ts';
import type { CellWish } from '../../../../domain/place/grid.ts';
import { HOUR_MS, startOfLocalDay } from '../../../../domain/shared/time.ts';
import { readAuditLines } from '../../../account/audit/reads.ts';
import { commit, type Db } from '../../../db/db.ts';
import { calendarDays, duties, officers } from '../../../db/schema/place.ts';
import { readDuties } from '../../reads.ts';
import { endDuty } from '../writes.ts';
import { readWeekGrid } from './reads.ts';
import { planWeek } from './writes.ts';
import { weekOf } from '../../../../domain/place/week.ts';

/** Sunday before the week of Monday 23 November 2026, in which the 24th is a holiday. */
const SUNDAY = startOfLocalDay('2026-11-22') + 9 * HOUR_MS;

async function anEmptyRoster(): Promise<Db> {
	const db = await freshDb();
	await aWard(db);
	for (const dutyId of ['d1', 'd2'])
		await endDuty(db, { organizationId: 'w1', dutyId, endedBy: 'u1', now: startOfLocalDay('2026-11-01') });
	return db;
}
const wish = (change: Partial<CellWish> = {}): CellWish => ({
	...{ counterId: 'q1', day: '2026-11-23', half: 'morning', officerId: 'o1', was: '' },
	...change
});
const save = (db: Db, wishes: CellWish[], { now = SUNDAY, sites = null as string[] | null } = {}) =>
	planWeek(db, { organizationId: 'w1', path: ['w1'], sites, wishes, plannedBy: 'u1', now });
const holder = async (db: Db, counterId: string, at: number) =>
	dutyAt(await readDuties(db, 'w1', at, at + 1), counterId, at)?.officerId ?? null;
const onMonday = (hour: number) => startOfLocalDay('2026-11-23') + hour * HOUR_MS;

test('a week’s grid is saved in one go, with one line a counter', async () => {
	const db = await anEmptyRoster();
	const wishes = [wish(), wish({ half: 'afternoon', officerId: 'o2' }), wish({ counterId: 'q2', officerId: 'o2' })];
	expect(await save(db, wishes)).toEqual({ ok: true, value: { changed: 3 } });
	expect(await holder(db, 'q1', onMonday(8))).toBe('o1');
	expect(await holder(db, 'q1', onMonday(12))).toBe(null);
	expect(await holder(db, 'q1', onMonday(14))).toBe('o2');
	const lines = await readAuditLines(db, 'w1', 2);
	expect(lines.map(({ detail }) => detail).sort()).toEqual([
		'Quầy 1: sáng 23/11/2026 Công Chức 1; chiều 23/11/2026 Công Chức 2',
		'Quầy 2: sáng 23/11/2026 Công Chức 2'
	]);
});

test('an officer at two counters refuses the whole grid and names both', async () => {
	const db = await anEmptyRoster();
	await save(db, [wish({ counterId: 'q2' })]);
	const refused = await save(db, [wish(), wish({ day: '2026-11-25' })]);
	expect(refused).toMatchObject({
		ok: false,
		refusals: [{ counterId: 'q1', day: '2026-11-23', reason: 'officer-elsewhere', other: { counterId: 'q2' } }]
	});
	expect(await holder(db, 'q1', startOfLocalDay('2026-11-25') + 8 * HOUR_MS)).toBe(null);
	const within = await save(db, [wish({ day: '2026-11-26' }), wish({ day: '2026-11-26', counterId: 'q2' })]);
	expect(within).toMatchObject({ ok: false, refusals: [{ reason: 'officer-elsewhere' }] });
	const moved = [wish({ counterId: 'q2', officerId: null, was: 'o1' }), wish()];
	expect(await save(db, moved)).toEqual({ ok: true, value: { changed: 2 } });
});

test('a hundred identical saves make one set of duties, and one line', async () => {
	const db = await anEmptyRoster();
	const before = (await db.select().from(duties)).length;
	const wishes = [wish(), wish({ half: 'afternoon' }), wish({ counterId: 'q2', officerId: 'o2' })];
	const saves = await Promise.all(Array.from({ length: 100 }, () => save(db, wishes)));
	expect(saves.every(({ ok }) => ok)).toBe(true);
	expect(await db.select().from(duties)).toHaveLength(before + 3);
	expect((await readAuditLines(db, 'w1', 50)).filter(({ action }) => action === 'week-planned')).toHaveLength(2);
});

test('of two planners who looked at the same cell the second is told', async () => {
	const db = await anEmptyRoster();
	const both = await Promise.all([save(db, [wish()]), save(db, [wish({ officerId: 'o2' })])]);
	expect(both.filter(({ ok }) => ok)).toHaveLength(1);
	expect(both.find(({ ok }) => !ok)).toMatchObject({ refusals: [{ reason: 'changed-meanwhile' }] });
	expect(await save(db, [wish({ officerId: 'o2', was: (await holder(db, 'q1', onMonday(8)))! })])).toMatchObject({
		ok: true
	});
	expect(await holder(db, 'q1', onMonday(8))).toBe('o2');
});

test('a cell that cannot be planned is refused with its reason, and nothing else is saved', async () => {
	const db = await anEmptyRoster();
	await aWard(db, 'w2');
	await commit(db, (tx) => tx.update(officers).set({ state: 'away' }).where(eq(officers.id, 'o2')).then());
	const reason = async (change: Partial<CellWish>, options = {}) => {
		const saved = await save(db, [wish({ day: '2026-11-27' }), wish(change)], options);
		return saved.ok ? 'saved' : saved.refusals.map((refusal) => refusal.reason).join();
	};
	expect(await reason({ counterId: 'w2-q1' })).toBe('counter-unknown');
	expect(await reason({ officerId: 'w2-o1' })).toBe('officer-unknown');
	expect(await reason({ officerId: 'o2' })).toBe('officer-away');
	expect(await reason({ day: '2026-11-24' })).toBe('closed');
	expect(await reason({ day: '2026-11-28' })).toBe('closed');
	expect(await reason({}, { now: onMonday(12) })).toBe('over');
	expect(await reason({}, { sites: ['s9'] })).toBe('counter-unknown,counter-unknown');
	expect(await readDuties(db, 'w1', SUNDAY, SUNDAY + 99 * 24 * HOUR_MS)).toEqual([]);
});

test('in a half-day that has begun the new officer starts now, and an open duty goes on where the plan ends', async () => {
	const db = await freshDb();
	await aWard(db);
	const nine = onMonday(9);
	expect(await save(db, [wish({ officerId: null, was: 'o1' })], { now: nine })).toMatchObject({ ok: true });
	expect(await holder(db, 'q1', nine - 1)).toBe('o1');
	expect(await holder(db, 'q1', nine)).toBe(null);
	expect(await holder(db, 'q1', onMonday(11.5))).toBe('o1');
});

test('last week is laid over the working days only, and what stands is not touched', async () => {
	const db = await anEmptyRoster();
	const day = (n: number) => `2026-11-${16 + n}`;
	await save(
		db,
		[0, 1, 2].map((n) => wish({ day: day(n) })),
		{ now: startOfLocalDay('2026-11-15') }
	);
	await save(db, [wish({ day: '2026-11-25', officerId: 'o2' })]);
	const look = { organizationId: 'w1', path: ['w1'], sites: null, week: weekOf('2026-11-23', SUNDAY), now: SUNDAY };
	const { rows, days, filled } = await readWeekGrid(db, { ...look, fill: true });
	const q1 = rows.find(({ id }) => id === 'q1')!;
	expect(days[1].special?.name.vi).toBe('Ngày Văn hóa Việt Nam');
	expect(q1.cells[1]).toEqual([]);
	expect(q1.cells.slice(0, 3).map((cells) => cells[0]?.value)).toEqual(['Công Chức 1', undefined, 'Công Chức 2']);
	expect(q1.cells[0][0]).toMatchObject({ was: '', value: 'Công Chức 1' });
	expect(filled).toBe(1);
	await commit(db, (tx) =>
		tx
			.insert(calendarDays)
			.values({ organizationId: 'w1', day: '2026-11-23', kind: 'swapped_off', name: 'Hoán đổi', status: 'official' })
			.then()
	);
	expect((await readWeekGrid(db, { ...look, fill: true })).filled).toBe(0);
});
