import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { isWorkingDay } from '../../../domain/place/calendar/calendar.ts';
import { readAuditLines } from '../../account/audit/reads.ts';
import type { Db } from '../../db/db.ts';
import { calendarDays } from '../../db/schema/place.ts';
import { readCalendar } from './reads.ts';
import { setOwnDays, type OwnDay } from './writes.ts';

const PATH = ['w1', 'province'];
const set = (db: Db, days: OwnDay[], organizationId = 'w1') =>
	setOwnDays(db, { organizationId, days, changedBy: 'u1', now: NOON });
const says = (kind: NonNullable<OwnDay['says']>['kind'], name = '') => ({ kind, name, status: 'official' as const });
const works = async (db: Db, day: string) => isWorkingDay(await readCalendar(db, PATH, day, day), day);

test('the ward’s word stands over the province’s, and taking it back gives the province’s again', async () => {
	const db = await freshDb();
	await aWard(db);
	await set(db, [{ day: '2026-11-23', says: says('holiday', 'Hội làng') }], 'province');
	expect(await works(db, '2026-11-23')).toBe(false);
	await set(db, [{ day: '2026-11-23', says: says('ordinary') }]);
	expect(await works(db, '2026-11-23')).toBe(true);
	const [calendar] = (await readCalendar(db, PATH, '2026-11-23', '2026-11-23')).values();
	expect(calendar).toMatchObject({ kind: 'ordinary', organizationId: 'w1' });
	await set(db, [{ day: '2026-11-23', says: null }]);
	expect(await works(db, '2026-11-23')).toBe(false);
	await set(db, [{ day: '2026-11-24', says: says('ordinary') }]);
	expect(await works(db, '2026-11-24')).toBe(true);
	expect(await works(db, '2026-11-25')).toBe(true);
	expect((await readCalendar(db, [], '2026-11-01', '2026-11-30')).size).toBe(1);
});

test('a swap is two days in one step, and what stood before takes it back', async () => {
	const db = await freshDb();
	await aWard(db);
	const swap = [
		{ day: '2026-11-23', says: says('swapped_off') },
		{ day: '2026-11-28', says: says('makeup_workday') }
	];
	const outcome = await set(db, swap);
	expect([await works(db, '2026-11-23'), await works(db, '2026-11-28')]).toEqual([false, true]);
	if (!outcome.ok) throw new Error('refused');
	await set(db, outcome.value.before);
	expect([await works(db, '2026-11-23'), await works(db, '2026-11-28')]).toEqual([true, false]);
	expect(await set(db, [swap[0], { ...swap[1], day: swap[0].day }])).toEqual({ ok: false, reason: 'day-twice' });
});

test('a hundred identical changes are one row and one line', async () => {
	const db = await freshDb();
	await aWard(db);
	await Promise.all(
		Array.from({ length: 100 }, () => set(db, [{ day: '2026-12-24', says: says('holiday', 'Lễ hội') }]))
	);
	expect(await db.select().from(calendarDays)).toHaveLength(1);
	expect((await readAuditLines(db, 'w1', 9)).map(({ action, detail }) => [action, detail])).toEqual([
		['calendar-changed', '24/12/2026: nghỉ lễ (Lễ hội)']
	]);
});
