import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { BegunVisits } from './begun.ts';
import { openDatabase } from './database.ts';

test('beginnings are running totals of a day and duty, told until the server has them, also after a restart', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout'] });
	const db = await openDatabase('begun');
	const visits = await BegunVisits.load(db);
	for (const dutyId of ['d1', 'd1', null]) visits.count('2026-11-23', dutyId);
	const told = visits.untold();
	expect(told).toEqual([
		{ day: '2026-11-23', dutyId: 'd1', times: 2 },
		{ day: '2026-11-23', dutyId: null, times: 1 }
	]);
	// One more while they are on their way.
	visits.count('2026-11-23', 'd1');
	visits.told(told, '2026-11-23');
	expect(visits.untold()).toEqual([{ day: '2026-11-23', dutyId: 'd1', times: 3 }]);
	await vi.advanceTimersByTimeAsync(5_000);
	vi.useRealTimers();
	await vi.waitFor(async () => expect((await BegunVisits.load(db)).untold()).toHaveLength(1));

	const later = await BegunVisits.load(db);
	later.count('2026-11-24', 'd1');
	expect(later.untold().map(({ times }) => times)).toEqual([3, 1]);
	// A day that is over and told is forgotten; one that never reaches the server only after weeks.
	later.told([{ day: '2026-11-23', dutyId: 'd1', times: 3 }], '2026-11-25');
	expect(later.untold().map(({ day }) => day)).toEqual(['2026-11-24']);
	later.told([], '2026-12-28');
	expect(later.untold().map(({ day }) => day)).toEqual(['2026-11-24']);
	later.told([], '2026-12-29');
	expect(later.untold()).toEqual([]);
	db.close();
});
