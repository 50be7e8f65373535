import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilson } from './interval.ts';
import { advisory, sampleSize, sampleToClear, VERDICT_WORDS, verdict } from './verdict.ts';

const intervalOf = (share: number, n: number) => {
	const { low, high } = wilson((share / 10_000) * n, n);
	return { low: Math.floor(low * 10_000 + 1e-6), high: Math.ceil(high * 10_000 - 1e-6) };
};

describe('the verdict', () => {
	test('27 of 30 is not enough to say that 90 % is met', () => {
		expect(verdict(intervalOf(9000, 30), 30, 9000)).toBe('not-enough');
	});

	test('11 of 12 is 91,67 % and not enough either', () => {
		expect(verdict(intervalOf(9167, 12), 12, 9000)).toBe('not-enough');
	});

	test('the interval decides: above is met, below is not met, across is not enough', () => {
		expect(verdict({ low: 9000, high: 9900 }, 300, 9000)).toBe('met');
		expect(verdict({ low: 8999, high: 9900 }, 300, 9000)).toBe('not-enough');
		expect(verdict({ low: 8000, high: 9000 }, 300, 9000)).toBe('not-enough');
		expect(verdict({ low: 8000, high: 8999 }, 300, 9000)).toBe('not-met');
	});

	test('without answers there is nothing to judge', () => {
		expect(verdict(null, 0, 9000)).toBe('not-enough');
		expect(verdict({ low: 0, high: 100 }, 0, 9000)).toBe('not-enough');
	});

	test('fewer than thirty are for reference only', () => {
		expect([0, 29, 30, 31].map(advisory)).toEqual([true, true, false, false]);
	});

	test('the words are the ones leaders use', () => {
		expect(Object.values(VERDICT_WORDS).map(({ vi }) => vi)).toEqual(['đạt', 'chưa đạt', 'chưa đủ dữ liệu']);
	});
});

describe('how many to ask', () => {
	test.each([
		[200, 134],
		[1000, 286],
		[5026, 371],
		[10_300, 386],
		[20_600, 393],
		[0, 0],
		[1, 1]
	])('of %i transactions, for five per cent, %i', (transactions, size) => {
		expect(sampleSize(transactions, 0.05)).toBe(size);
	});

	test('a size that comes out whole is not rounded up further', () => {
		expect(sampleSize(400, 0.05)).toBe(200);
		expect(sampleSize(10_000, 0.01)).toBe(5000);
	});

	test('the number given clears the target and one fewer does not', () => {
		fc.assert(
			fc.property(fc.integer({ min: 100, max: 9900 }), fc.integer({ min: 100, max: 9900 }), (target, share) => {
				const n = sampleToClear(target, share);
				if (n === null) return void expect(Math.abs(target - share)).toBeLessThanOrEqual(1);
				expect(verdict(intervalOf(share, n), n, target)).toBe(share >= target ? 'met' : 'not-met');
				if (n > 1 && Math.abs(target - share) >= 50)
					expect(verdict(intervalOf(share, n - 1), n - 1, target)).toBe('not-enough');
			})
		);
	});

	test('a share on the target never clears it', () => {
		expect(sampleToClear(9000, 9000)).toBeNull();
		expect(sampleToClear(9000, 9500)).toBe(139);
		expect(sampleToClear(9000, 10_000)).toBe(35);
	});
});
