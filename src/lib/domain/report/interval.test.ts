import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../shared/random.ts';
import type { ItemCounts } from './counts.ts';
import { criterionEstimate, meanInterval, wilson } from './interval.ts';
import type { MethodId } from './method.ts';
import { criterionScore } from './score.ts';

const item = (...n: ItemCounts['n']): ItemCounts => ({ itemId: 'PV', n, notApplicable: 0 });
const criterionInterval = (counts: ItemCounts[], method: MethodId) => {
	const estimate = criterionEstimate(counts, method);
	return estimate && { low: estimate.low, high: estimate.high };
};
const anItem = fc
	.tuple(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60))
	.map((n) => item(...n))
	.filter(({ n }) => n.some((each) => each > 0));

describe('a share', () => {
	test('27 of 30 is 90 % and may be 74 % or 97 %', () => {
		const { low, high } = wilson(27, 30);
		expect(low).toBeCloseTo(0.7438, 4);
		expect(high).toBeCloseTo(0.9654, 4);
		expect(criterionInterval([item(0, 2, 1, 7, 20)], 'T2B-5C-v1')).toEqual({ low: 7437, high: 9655 });
	});

	test('both limits solve the equation that defines them', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
				const successes = Math.floor(part * n);
				for (const limit of Object.values(wilson(successes, n, 2))) {
					expect((successes / n - limit) ** 2).toBeCloseTo((4 * limit * (1 - limit)) / n, 9);
				}
			})
		);
	});

	test('nobody and everybody satisfied keep an honest width', () => {
		expect(wilson(0, 30).low).toBe(0);
		expect(wilson(30, 30).high).toBe(1);
		expect(wilson(30, 30).low).toBeCloseTo(0.8865, 4);
		expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
	});
});

describe('a criterion', () => {
	test('the interval holds the published score, by both methods, inside 0..100', () => {
		fc.assert(
			fc.property(fc.array(anItem, { minLength: 1, maxLength: 5 }), (items) => {
				for (const method of ['T2B-5C-v1', 'SCORE-5C-v1'] as const) {
					const score = criterionScore(items, method) ?? NaN;
					const { low, high } = criterionInterval(items, method) ?? { low: NaN, high: NaN };
					expect(low).toBeLessThanOrEqual(score);
					expect(high).toBeGreaterThanOrEqual(score);
					expect(low).toBeGreaterThanOrEqual(0);
					expect(high).toBeLessThanOrEqual(10_000);
				}
			})
		);
	});

	test('five answers of each citizen do not make it narrower than one', () => {
		for (const method of ['T2B-5C-v1', 'SCORE-5C-v1'] as const) {
			const one = criterionInterval([item(0, 2, 1, 7, 20)], method);
			expect(criterionInterval(Array(5).fill(item(0, 2, 1, 7, 20)), method)).toEqual(one);
		}
	});

	test('nobody answered: no interval', () => {
		expect(criterionInterval([item(0, 0, 0, 0, 0)], 'T2B-5C-v1')).toBeNull();
		expect(criterionInterval([], 'SCORE-5C-v1')).toBeNull();
	});

	test('thirty times "very satisfied" is not a certainty by mean score either', () => {
		const { low, high } = criterionInterval([item(0, 0, 0, 0, 30)], 'SCORE-5C-v1') ?? { low: NaN, high: NaN };
		expect(high).toBe(10_000);
		expect(low).toBeGreaterThan(8000);
		expect(low).toBeLessThan(9500);
	});

	test.each([
		['mixed', [0.05, 0.1, 0.2, 0.35, 0.3]],
		['content', [0.01, 0.02, 0.07, 0.4, 0.5]],
		['split', [0.45, 0.05, 0, 0.05, 0.45]],
		['flat', [0.2, 0.2, 0.2, 0.2, 0.2]],
		['delighted', [0, 0.01, 0.02, 0.12, 0.85]],
		['torn', [0.1, 0, 0, 0.1, 0.8]]
	])(
		'of 20 000 samples of 30 %s citizens the true mean score lies in the interval of 95 %% and little more',
		(_, shares) => {
			const random = seeded(7);
			const samples = 20_000;
			const truth = shares.reduce((sum, share, index) => sum + share * (index + 1), 0) * 2000;
			let held = 0;
			for (let sample = 0; sample < samples; sample++) {
				const n: ItemCounts['n'] = [0, 0, 0, 0, 0];
				for (let citizen = 0; citizen < 30; citizen++) n[random.weighted(shares) as 0] += 1;
				const { low, high } = criterionInterval([item(...n)], 'SCORE-5C-v1') ?? { low: NaN, high: NaN };
				if (low <= truth && truth <= high) held += 1;
			}
			// So many samples tell a share of 95 % to half a point.
			expect(held / samples).toBeGreaterThan(0.945);
			expect(held / samples).toBeLessThan(0.98);
		}
	);
});

describe('the index', () => {
	const five = [
		{ value: 9000, low: 7437, high: 9655 },
		{ value: 8000, low: 6269, high: 9050 },
		{ value: 10_000, low: 8864, high: 10_000 },
		{ value: 9333, low: 7867, high: 9816 },
		{ value: 5000, low: 3315, high: 6685 }
	];

	test('by default its limits are the means of the limits: one citizen answers all five', () => {
		expect(meanInterval(five)).toEqual({ low: 6750, high: 9042 });
	});

	test('independent criteria give the narrower interval of Zou and Donner', () => {
		const half = (of: (each: (typeof five)[0]) => number) => Math.hypot(...five.map(of)) / 5;
		const mean = 41_333 / 5;
		expect(meanInterval(five, 0)).toEqual({
			low: Math.floor(mean - half(({ value, low }) => value - low)),
			high: Math.ceil(mean + half(({ value, high }) => high - value))
		});
	});

	test('the more the criteria go together, the wider it is, and one alone keeps its own', () => {
		const widths = [0, 0.3, 0.6, 1].map((correlation) => {
			const { low, high } = meanInterval(five, correlation) ?? { low: NaN, high: NaN };
			return high - low;
		});
		expect(widths).toEqual(widths.toSorted((a, b) => a - b));
		expect(meanInterval(five.slice(0, 1))).toEqual({ low: 7437, high: 9655 });
		expect(meanInterval([])).toBeNull();
	});
});
