import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dutyAt, type Duty } from './duty.ts';
import { heldBetween, standing, turnsOfDay } from './roster.ts';
import { HOUR_MS, startOfLocalDay } from '../shared/time.ts';

const aDuty = fc.record({
	id: fc.uuid(),
	counterId: fc.constantFrom('q1', 'q2'),
	officerId: fc.constantFrom('o1', 'o2', null),
	startsAt: fc.integer({ min: 0, max: 20 }),
	length: fc.option(fc.integer({ min: 1, max: 20 }))
});
const roster = fc
	.uniqueArray(aDuty, { selector: ({ id }) => id })
	.map((all) => all.map(({ length, ...duty }): Duty => ({ ...duty, endsAt: length && duty.startsAt + length })));

test('what is left out of a roster never changes who is on duty from then on', () => {
	fc.assert(
		fc.property(roster, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (duties, from, later) => {
			for (const counterId of ['q1', 'q2']) {
				const at = from + later;
				expect(dutyAt(standing(duties, from), counterId, at)?.id).toBe(dutyAt(duties, counterId, at)?.id);
			}
		})
	);
});

test('of a hundred open changes made on a tablet the last is enough', () => {
	const changes = Array.from({ length: 100 }, (_, i) => ({
		id: `d${i}`,
		counterId: 'q1',
		officerId: 'o1',
		startsAt: i,
		endsAt: null
	}));
	expect(standing(changes, 1000).map(({ id }) => id)).toEqual(['d99']);
});

test('a day shows who holds the counter and leaves the break between them open', () => {
	const duty = (id: string, officerId: string | null, startsAt: number, endsAt: number | null): Duty => ({
		id,
		counterId: 'q1',
		officerId,
		startsAt,
		endsAt
	});
	const duties = [duty('a', 'o1', 8, 12), duty('b', 'o2', 10, 11), duty('c', 'o1', 13, null), duty('d', null, 16, 17)];
	expect(heldBetween(duties, 'q1', 9, 24).map(({ duty: { id }, from, until }) => [id, from, until])).toEqual([
		['a', 9, 10],
		['b', 10, 11],
		['a', 11, 12],
		['c', 13, 16],
		['c', 17, 24]
	]);
	expect(heldBetween(duties, 'q2', 9, 24)).toEqual([]);
});

test('a day is written down as people would: no night watch and no end that is tomorrow', () => {
	const monday = startOfLocalDay('2026-11-23');
	const at = (hour: number) => monday + hour * HOUR_MS;
	const duty = (id: string, officerId: string, from: number, until: number): Duty => ({
		id,
		counterId: 'q1',
		officerId,
		startsAt: at(from),
		endsAt: at(until)
	});
	const lines = (duties: Duty[], day = '2026-11-23') =>
		turnsOfDay(duties, 'q1', day).map(({ duty: { officerId }, from, until, sinceBefore, goesOn }) => [
			officerId,
			sinceBefore ? null : (from - monday) / HOUR_MS,
			goesOn ? null : (until - monday) / HOUR_MS
		]);
	expect(lines([duty('a', 'o1', -10, 8), duty('b', 'o2', 8, 12), duty('c', 'o2', 12, 31)])).toEqual([
		['o2', 8, 12],
		['o2', 12, null]
	]);
	expect(lines([duty('a', 'o1', -10, 13), duty('b', 'o2', 13, 17)])).toEqual([
		['o1', null, 13],
		['o2', 13, 17]
	]);
	expect(lines([duty('a', 'o1', -10, 50)])).toEqual([['o1', null, null]]);
	expect(lines([duty('a', 'o1', 8, 12), duty('b', 'o1', 13, 17)])).toEqual([
		['o1', 8, 12],
		['o1', 13, 17]
	]);
});
