import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCount, formatHundredths, formatPercent, ratioHalfUp, toHundredths, toPercent } from './number.ts';

describe('rounding half up', () => {
	test('a half goes up, below a half stays', () => {
		expect(ratioHalfUp(1n, 8n)).toBe(13); // 0,125
		expect(ratioHalfUp(1249n, 10_000n)).toBe(12);
		expect(ratioHalfUp(1005n, 1000n)).toBe(101); // 1,005, which floats round to 1,00
		expect(ratioHalfUp(-1n, 8n)).toBe(-12);
		expect(ratioHalfUp(7n, 2n, 0)).toBe(4);
	});

	test('the result is the one integer within half a unit of the ratio, the upper one of two', () => {
		const big = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
		fc.assert(
			fc.property(big, fc.bigInt({ min: 1n, max: 10n ** 12n }), (numerator, denominator) => {
				const rounded = BigInt(ratioHalfUp(numerator, denominator, 0));
				const distance = 2n * (rounded * denominator - numerator);
				expect(distance > -denominator && distance <= denominator).toBe(true);
			})
		);
	});

	test('no denominator, no ratio', () => {
		expect(() => ratioHalfUp(1n, 0n)).toThrow(RangeError);
	});
});

describe('numbers on a screen', () => {
	test('a percentage has a comma and two decimals', () => {
		expect(formatPercent(82.58)).toBe('82,58');
		expect(formatPercent(100)).toBe('100,00');
		expect(formatPercent(0)).toBe('0,00');
		expect(formatPercent(88.9)).toBe('88,90');
		expect(formatHundredths(7)).toBe('0,07');
	});

	test('thousands are separated by dots', () => {
		expect(formatCount(10_300)).toBe('10.300');
		expect(formatCount(999)).toBe('999');
		expect(formatCount(1_234_567)).toBe('1.234.567');
		expect(formatCount(-10_300)).toBe('−10.300');
	});

	test('every hundredth survives the way out and back', () => {
		fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), (h) => void expect(toHundredths(toPercent(h))).toBe(h)));
	});
});
