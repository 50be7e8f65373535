import { describe, expect, test } from 'vitest';
import { wilson } from './interval.ts';
import { advisory, VERDICT_WORDS, verdict } from './verdict.ts';

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
