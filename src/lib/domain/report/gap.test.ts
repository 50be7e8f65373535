import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, criterionCell, mapCriteria, WITHHELD } from './cell.ts';
import { gapBetween, isClear } from './gap.ts';

const cellOf = (satisfied: number, n: number): Cell =>
	criterionCell([{ itemId: 'PV', n: [n - satisfied, 0, 0, 0, satisfied], notApplicable: 0 }], 'T2B-5C-v1', 90);
const row = (cell: Cell) => ({ criteria: mapCriteria(() => cell), sipas: cell });
const gapOf = (one: Cell, other: Cell) => gapBetween(row(one), row(other)).criteria.PV;

describe('the gap between two channels', () => {
	// R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
	test.each([
		[56, 70, 48, 80, 5.24, 33.39],
		[9, 10, 3, 10, 17.05, 80.9],
		[6, 7, 2, 7, 5.82, 80.62],
		[5, 56, 0, 29, -3.81, 19.26],
		[10, 10, 0, 20, 67.91, 100],
		[10, 10, 0, 10, 60.75, 100]
	])('%i of %i against %i of %i has the published interval', (a, m, b, n, low, high) => {
		const gap = gapOf(cellOf(a, m), cellOf(b, n));
		if (!('value' in gap)) throw new Error('withheld');
		// Limits of the two figures are published rounded outward, so the gap's may be a hundredth or two further out.
		expect(gap.low).toBeLessThanOrEqual(low + 0.01);
		expect(gap.low).toBeGreaterThan(low - 0.04);
		expect(gap.high).toBeGreaterThanOrEqual(high - 0.01);
		expect(gap.high).toBeLessThan(high + 0.04);
	});

	test('it turns its sign with its sides, holds the difference and stays within 100 points', () => {
		const share = fc.integer({ min: 1, max: 300 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
		fc.assert(
			fc.property(share, share, ([a, m], [b, n]) => {
				const [there, back] = [gapOf(cellOf(a, m), cellOf(b, n)), gapOf(cellOf(b, n), cellOf(a, m))];
				if (!('value' in there) || !('value' in back)) throw new Error('withheld');
				expect(there.value).toBeCloseTo(-back.value, 10);
				expect(there.low).toBeCloseTo(-back.high, 10);
				expect(there.low).toBeLessThanOrEqual(there.value);
				expect(there.high).toBeGreaterThanOrEqual(there.value);
				expect(Math.max(-there.low, there.high)).toBeLessThanOrEqual(100.02);
			})
		);
	});

	test('it is withheld where one of its sides is', () => {
		expect(gapOf(cellOf(9, 10), WITHHELD)).toEqual({ withheld: 'small' });
		expect(gapOf(WITHHELD, cellOf(9, 10))).toEqual({ withheld: 'small' });
	});

	test('it is clear only where its interval does not hold zero', () => {
		expect(isClear(gapOf(cellOf(56, 70), cellOf(48, 80)))).toBe(true);
		expect(isClear(gapOf(cellOf(48, 80), cellOf(56, 70)))).toBe(true);
		expect(isClear(gapOf(cellOf(5, 56), cellOf(0, 29)))).toBe(false);
		expect(isClear({ withheld: 'small' })).toBe(false);
	});
});
