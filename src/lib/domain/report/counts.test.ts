import { expect, test } from 'vitest';
import { addAnswer, answered, emptyCounts, mergeByItem, points, respondents, satisfied } from './counts.ts';

const of = (itemId: string, ...answers: (number | null)[]) => answers.reduce(addAnswer, emptyCounts(itemId));

test('answers fall into their five places and "not applicable" beside them', () => {
	expect(of('PV', 5, 5, 4, 1, null, 3)).toEqual({ itemId: 'PV', n: [1, 0, 1, 1, 2], notApplicable: 1 });
});

test('an answer outside one to five is refused', () => {
	for (const value of [0, 6, 2.5, NaN]) expect(() => of('PV', value)).toThrow(RangeError);
});

test('adding an answer leaves the counts it was added to as they were', () => {
	const before = emptyCounts('PV');
	addAnswer(before, 5);
	expect(answered(before)).toBe(0);
});

test('counts of many days become one line for each item', () => {
	const merged = mergeByItem([of('TC', 5), of('PV', 4, null), of('TC', 1, 4)]);
	expect(merged).toEqual([of('TC', 5, 1, 4), of('PV', 4, null)]);
	expect(merged.map(satisfied)).toEqual([2, 1]);
	expect(merged.map(points)).toEqual([10, 4]);
});

test('five answers of one citizen are one respondent', () => {
	expect(respondents(['PV1', 'PV2', 'PV3', 'PV4', 'PV5'].map((id) => of(id, 5)))).toBe(1);
	expect(respondents([])).toBe(0);
});
