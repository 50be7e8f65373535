import { expect, test } from 'vitest';
import { wilson } from './interval.ts';
import { answersToTell, sampleSize } from './sample-size.ts';

test.each([
	[200, 134],
	[1_000, 286],
	[5_026, 371],
	[10_300, 386],
	[20_600, 393],
	[0, 0],
	[1, 1]
])('of %i people %i are asked', (served, n) => {
	expect(sampleSize(served)).toBe(n);
});

test.each([
	[9500, 9000],
	[8500, 9000],
	[9050, 9000],
	[10_000, 9000],
	[0, 9000]
])('%i is told from %i by exactly as many answers as it takes', (value, target) => {
	const n = answersToTell(value, target)!;
	const told = (count: number) => {
		const { low, high } = wilson((value / 10_000) * count, count);
		return value > target ? low * 10_000 >= target : high * 10_000 < target;
	};
	expect(told(n)).toBe(true);
	expect(n === 1 || !told(n - 1)).toBe(true);
});

test('a share that is the target, or hardly differs from it, is never told from it', () => {
	expect([answersToTell(9000, 9000), answersToTell(9001, 9000)]).toEqual([null, null]);
});
