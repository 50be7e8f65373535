import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { dutyAt } from '../../../domain/place/duty.ts';
import { DAY_MS, HOUR_MS, startOfLocalDay } from '../../../domain/shared/time.ts';
import { readAuditLines } from '../../account/audit/reads.ts';
import { commit, type Db } from '../../db/db.ts';
import { duties, officers } from '../../db/schema/place.ts';
import { readDuties } from '../reads.ts';
import { endDuty, putOnDuty, type PlannedDuty } from './writes.ts';

const MONDAY = '2026-11-23';
const plan = (change: Partial<PlannedDuty> = {}): PlannedDuty => ({
	organizationId: 'w1',
	counterId: 'q2',
	officerId: 'o2',
	firstDay: MONDAY,
	lastDay: MONDAY,
	startsAfter: 13 * HOUR_MS,
	endsAfter: 17 * HOUR_MS,
	plannedBy: 'u1',
	now: NOON,
	...change
});

/** The ward without its open duties. */
async function anEmptyRoster(): Promise<Db> {
	const db = await freshDb();
	await aWard(db);
	for (const dutyId of ['d1', 'd2'])
		await endDuty(db, { organizationId: 'w1', dutyId, endedBy: 'u1', now: NOON - DAY_MS });
	return db;
}
const all = (db: Db) => readDuties(db, 'w1', NOON - DAY_MS, NOON + 40 * DAY_MS);

test('an officer put on duty stands at the counter in that interval, with a line that says who planned it', async () => {
	const db = await anEmptyRoster();
	expect(await putOnDuty(db, plan())).toEqual({ ok: true, value: { days: 1 } });
	const [duty] = await all(db);
	const start = startOfLocalDay(MONDAY) + 13 * HOUR_MS;
	expect(duty).toMatchObject({ counterId: 'q2', officerId: 'o2', startsAt: start, endsAt: start + 4 * HOUR_MS });
	const [line] = await readAuditLines(db, 'w1', 1);
	expect(line).toMatchObject({ action: 'duty-added', actorId: 'u1', object: duty.id });
	expect(line.detail).toBe('Công Chức 2 → Quầy 2, 13:00 23/11/2026 – 17:00 23/11/2026');
});

test('a plan over two weeks is one duty each working day of the calendar', async () => {
	const db = await anEmptyRoster();
	expect(await putOnDuty(db, plan({ lastDay: '2026-12-06' }))).toEqual({ ok: true, value: { days: 9 } });
	expect((await all(db)).map(({ startsAt }) => new Date(startsAt).getUTCDay())).toEqual([1, 3, 4, 5, 1, 2, 3, 4, 5]);
});

test('an officer is not put at two counters at once, and the whole plan is refused', async () => {
	const db = await anEmptyRoster();
	await putOnDuty(db, plan({ counterId: 'q1', firstDay: '2026-11-25', lastDay: '2026-11-25' }));
	const refused = await putOnDuty(
		db,
		plan({ lastDay: '2026-11-27', startsAfter: 16 * HOUR_MS, endsAfter: 18 * HOUR_MS })
	);
	expect(refused).toMatchObject({
		ok: false,
		reason: 'officer-elsewhere',
		other: { counterId: 'q1', officerId: 'o2' }
	});
	expect(await all(db)).toHaveLength(1);
	const after = plan({
		firstDay: '2026-11-25',
		lastDay: '2026-11-25',
		startsAfter: 17 * HOUR_MS,
		endsAfter: 18 * HOUR_MS
	});
	expect(await putOnDuty(db, after)).toMatchObject({ ok: true });
});

test('two people asking at the same moment for one officer at two counters get one yes', async () => {
	const db = await anEmptyRoster();
	const both = await Promise.all([putOnDuty(db, plan()), putOnDuty(db, plan({ counterId: 'q1' }))]);
	expect(both.filter(({ ok }) => ok)).toHaveLength(1);
});

test('two officers do not start at one counter at the same moment, but one may relieve the other', async () => {
	const db = await anEmptyRoster();
	await putOnDuty(db, plan());
	expect(await putOnDuty(db, plan({ officerId: 'o1' }))).toMatchObject({ ok: false, reason: 'counter-taken' });
	expect(await putOnDuty(db, plan({ officerId: 'o1', startsAfter: 15 * HOUR_MS }))).toMatchObject({ ok: true });
	expect(dutyAt(await all(db), 'q2', startOfLocalDay(MONDAY) + 16 * HOUR_MS)?.officerId).toBe('o1');
});

test('what cannot be a duty is refused with the reason', async () => {
	const db = await anEmptyRoster();
	await aWard(db, 'w2');
	const reason = async (change: Partial<PlannedDuty>) => {
		const outcome = await putOnDuty(db, plan(change));
		return outcome.ok ? 'taken' : outcome.reason;
	};
	expect(await reason({ counterId: 'w2-q1' })).toBe('counter-unknown');
	expect(await reason({ officerId: 'w2-o1' })).toBe('officer-unknown');
	expect(await reason({ endsAfter: 13 * HOUR_MS })).toBe('interval-empty');
	expect(await reason({ lastDay: '2026-11-22' })).toBe('interval-empty');
	expect(await reason({ endsAfter: null, lastDay: '2026-11-24' })).toBe('interval-empty');
	expect(await reason({ lastDay: '2026-12-31' })).toBe('interval-too-long');
	expect(await reason({ firstDay: '2026-11-28', lastDay: '2026-11-29' })).toBe('no-working-day');
	await commit(db, (tx) => tx.update(officers).set({ state: 'away' }).where(eq(officers.id, 'o1')).then());
	expect(await reason({ officerId: 'o1' })).toBe('officer-away');
	expect(await reason({ endsAfter: null })).toBe('taken');
	expect(await all(db)).toHaveLength(1);
});

test('a duty ends now; one that has not begun never takes place; neither is erased', async () => {
	const db = await anEmptyRoster();
	await putOnDuty(db, plan({ startsAfter: 8 * HOUR_MS, firstDay: MONDAY, lastDay: '2026-11-25' }));
	const [today, tomorrow] = await all(db);
	const end = (dutyId: string, organizationId = 'w1') =>
		endDuty(db, { organizationId, dutyId, endedBy: 'u1', now: NOON });
	expect(await end(today.id, 'w2')).toEqual({ ok: false, reason: 'duty-unknown' });
	expect(await end(today.id)).toEqual({ ok: true, value: { endsAt: NOON } });
	expect(await end(tomorrow.id)).toEqual({ ok: true, value: { endsAt: tomorrow.startsAt } });
	expect(await end(today.id)).toEqual({ ok: false, reason: 'duty-over' });
	expect((await all(db)).map(({ id }) => id)).toEqual([today.id]);
	expect(await db.select().from(duties)).toHaveLength(4);
});
