import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { conflicts, dutyAt } from '../../../domain/place/duty.ts';
import { weekOf } from '../../../domain/place/week.ts';
import { DAY_MS, HOUR_MS, startOfLocalDay } from '../../../domain/shared/time.ts';
import { readAuditLines } from '../../account/audit/reads.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { duties, officers } from '../../db/schema/place.ts';
import { readDuties } from '../reads.ts';
import { readOfficeDay, readOwnWeek } from './reads.ts';
import { handOver, type Handover, takeBack } from './writes.ts';

const store = (db: Db, work: (tx: Tx) => PromiseLike<unknown>) => commit(db, async (tx) => void (await work(tx)));
const TONIGHT = startOfLocalDay('2026-11-24');
const a = (change: Partial<Handover> = {}): Handover => ({
	id: 'handover01',
	organizationId: 'w1',
	counterId: 'q1',
	officerId: 'o3',
	open: false,
	handedBy: 'u1',
	now: NOON,
	...change
});

/** The ward with a third and fourth officer who stand nowhere. */
async function aWardWithSpare(): Promise<Db> {
	const db = await freshDb();
	await aWard(db);
	await store(db, (tx) =>
		tx.insert(officers).values([
			{ id: 'o3', organizationId: 'w1', name: 'Công Chức 3' },
			{ id: 'o4', organizationId: 'w1', name: 'Công Chức 4' },
			{ id: 'o5', organizationId: 'w1', name: 'Công Chức 5', state: 'away' }
		])
	);
	return db;
}
const known = (db: Db) => readDuties(db, 'w1', NOON, NOON + DAY_MS);
const at = async (db: Db, counterId: string, when = NOON + 1) => dutyAt(await known(db), counterId, when)?.officerId;

test('who takes a counter has it at once, until the end of the day, and then the roster goes on', async () => {
	const db = await aWardWithSpare();
	expect(await handOver(db, a())).toEqual({ ok: true, value: { until: TONIGHT, already: false } });
	expect([await at(db, 'q1'), await at(db, 'q1', TONIGHT)]).toEqual(['o3', 'o1']);
	expect(await readAuditLines(db, 'w1', 2)).toMatchObject([
		{ action: 'duty-handed-over', actorId: 'u1', detail: 'Công Chức 3 → Quầy 1, 12:00 23/11/2026 – 00:00 24/11/2026' }
	]);
	expect(await handOver(db, a({ id: 'handover02', counterId: 'q2', officerId: 'o4', open: true }))).toMatchObject({
		value: { until: null }
	});
});

test('an officer at another counter is refused, with which counter it is', async () => {
	const db = await aWardWithSpare();
	expect(await handOver(db, a({ officerId: 'o2' }))).toEqual({
		ok: false,
		reason: 'officer-elsewhere',
		counter: 'Quầy 2',
		until: null
	});
	// Relieved there, they may.
	await handOver(db, a({ counterId: 'q2' }));
	expect(await handOver(db, a({ id: 'handover02', officerId: 'o2', now: NOON + 1000 }))).toMatchObject({ ok: true });
});

test('a handover ends where the officer’s own next duty elsewhere begins', async () => {
	const db = await aWardWithSpare();
	const startsAt = NOON + HOUR_MS;
	await store(db, (tx) =>
		tx.insert(duties).values({
			id: 'd9',
			organizationId: 'w1',
			counterId: 'q2',
			officerId: 'o3',
			startsAt,
			endsAt: startsAt + HOUR_MS,
			source: 'roster'
		})
	);
	expect(await handOver(db, a())).toEqual({ ok: true, value: { until: startsAt, already: false } });
	expect(conflicts(await known(db))).toEqual([]);
});

test('somebody who is away, archived, or of another ward is not put anywhere, nor anybody at a counter of another ward', async () => {
	const db = await aWardWithSpare();
	await aWard(db, 'w2');
	expect(await handOver(db, a({ officerId: 'o5' }))).toEqual({ ok: false, reason: 'officer-away' });
	expect(await handOver(db, a({ officerId: 'w2-o1' }))).toEqual({ ok: false, reason: 'officer-unknown' });
	expect(await handOver(db, a({ counterId: 'w2-q1' }))).toEqual({ ok: false, reason: 'counter-unknown' });
	await store(db, (tx) => tx.update(officers).set({ archivedAt: 1 }));
	expect(await handOver(db, a())).toEqual({ ok: false, reason: 'officer-unknown' });
});

test('pressed a hundred times it is one handover', async () => {
	const db = await aWardWithSpare();
	const all = await Promise.all(Array.from({ length: 100 }, () => handOver(db, a())));
	expect(all.every(({ ok }) => ok)).toBe(true);
	expect(await db.select().from(duties)).toHaveLength(3);
	expect(await readAuditLines(db, 'w1', 5)).toHaveLength(1);
});

test('of two who take one counter in the same instant the second has it; of one who takes two, one is refused', async () => {
	const db = await aWardWithSpare();
	const both = [a(), a({ id: 'handover02', officerId: 'o4' })];
	for (const each of both) expect(await handOver(db, each)).toMatchObject({ ok: true });
	expect(await at(db, 'q1', NOON + 10)).toBe('o4');
	const twice = await Promise.all(
		['q1', 'q2'].map((counterId, i) => handOver(db, a({ id: `handover1${i}`, counterId, now: NOON + 1000 })))
	);
	expect(twice.map(({ ok }) => ok).sort()).toEqual([false, true]);
	expect(conflicts(await known(db))).toEqual([]);
});

test('a handover of today is taken back by whom it is about, and whoever stood there before returns', async () => {
	const db = await aWardWithSpare();
	await handOver(db, a());
	const back = { organizationId: 'w1', dutyId: 'handover01', takenBy: 'u1', now: NOON + 60_000 };
	expect(await takeBack(db, { ...back, officerId: 'o4' })).toEqual({ ok: false, reason: 'duty-unknown' });
	expect(await takeBack(db, { ...back, organizationId: 'w2', officerId: null })).toEqual({
		ok: false,
		reason: 'duty-unknown'
	});
	expect(await takeBack(db, { ...back, officerId: 'o3', now: NOON + DAY_MS })).toEqual({
		ok: false,
		reason: 'duty-unknown'
	});
	expect(await takeBack(db, { ...back, dutyId: 'd1', officerId: null })).toEqual({ ok: false, reason: 'duty-unknown' });
	expect(await takeBack(db, { ...back, officerId: 'o3' })).toEqual({ ok: true });
	expect(await at(db, 'q1', NOON + 120_000)).toBe('o1');
	expect(await takeBack(db, { ...back, officerId: null })).toEqual({ ok: false, reason: 'duty-over' });
});

test('the day shows the counters of one’s sites with who is there; the week, where one stands oneself', async () => {
	const db = await aWardWithSpare();
	await handOver(db, a());
	const day = await readOfficeDay(db, { organizationId: 'w1', sites: null, now: NOON + 1000 });
	expect(day.counters.map(({ name, onDuty, handover }) => [name, onDuty?.name, handover?.dutyId])).toEqual([
		['Quầy 1', 'Công Chức 3', 'handover01'],
		['Quầy 2', 'Công Chức 2', undefined]
	]);
	expect(day.officers.map(({ id }) => id)).toEqual(['o1', 'o2', 'o3', 'o4']);
	expect((await readOfficeDay(db, { organizationId: 'w1', sites: ['s9'], now: NOON })).counters).toEqual([]);
	const week = await readOwnWeek(db, 'w1', 'o3', weekOf(null, NOON));
	expect(week.map(({ day: each, turns }) => [each, turns.length]).filter(([, n]) => n)).toEqual([['2026-11-23', 1]]);
	expect(week[0].turns[0]).toMatchObject({ counter: 'Quầy 1', from: NOON });
});
