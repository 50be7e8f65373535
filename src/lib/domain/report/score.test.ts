import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CRITERIA, type Criterion } from '../survey/criterion.ts';
import { SIPAS19 } from '../survey/sipas19.ts';
import { mapCriteria } from './cell.ts';
import { answered, type ItemCounts } from './counts.ts';
import type { MethodId } from './method.ts';
import { criterionScore, indexOf } from './score.ts';
import { WORKED_EXAMPLE } from './worked-example.fixture.ts';

const ofCriterion = (criterion: Criterion) =>
	WORKED_EXAMPLE.filter(({ itemId }) => SIPAS19.items.find(({ id }) => id === itemId)?.criterion === criterion);
const example = (method: MethodId) => mapCriteria((criterion) => criterionScore(ofCriterion(criterion), method));
const item = (...n: ItemCounts['n']): ItemCounts => ({ itemId: 'TC', n, notApplicable: 0 });

describe('the worked example of five sheets', () => {
	test('the share of satisfied answers gives 79,00', () => {
		const scores = example('T2B-5C-v1');
		expect(scores).toEqual({ TC: 7500, HC: 8000, PV: 8000, KQ: 9333, TT: 6667 });
		expect(indexOf(scores)).toBe(7900);
	});

	test('the mean score gives 79,48', () => {
		const scores = example('SCORE-5C-v1');
		expect(scores).toEqual({ TC: 7800, HC: 8000, PV: 8240, KQ: 8533, TT: 7167 });
		expect(indexOf(scores)).toBe(7948);
	});

	test('a citizen who never complained is not counted in the feedback items', () => {
		expect(WORKED_EXAMPLE.slice(-3).map(answered)).toEqual([4, 4, 4]);
		expect(WORKED_EXAMPLE.slice(-3).map(({ notApplicable }) => notApplicable)).toEqual([1, 1, 1]);
	});
});

describe('exactness', () => {
	const counts = fc
		.tuple(...(Array(5).fill(fc.nat(1_000_000)) as [fc.Arbitrary<number>]))
		.map((n) => item(...(n as unknown as ItemCounts['n'])));

	test('a criterion is the mean of its items, rounded half up, by arithmetic without fractions', () => {
		fc.assert(
			fc.property(fc.array(counts, { minLength: 1, maxLength: 5 }), (items) => {
				const filled = items.filter((each) => answered(each) > 0);
				const score = criterionScore(items, 'T2B-5C-v1');
				if (filled.length === 0) return void expect(score).toBeNull();
				const common = filled.reduce((product, each) => product * BigInt(answered(each)), 1n);
				const sum = filled.reduce(
					(s, each) => s + (BigInt(each.n[3] + each.n[4]) * common) / BigInt(answered(each)),
					0n
				);
				const whole = common * BigInt(filled.length);
				const distance = 2n * (BigInt(score ?? -1) * whole - 10_000n * sum);
				expect(distance > -whole && distance <= whole).toBe(true);
			})
		);
	});

	test('a result that is exactly half a hundredth goes up', () => {
		expect(criterionScore([item(0, 0, 1599, 0, 1)], 'T2B-5C-v1')).toBe(6); // 0,0625 %
		expect(criterionScore([item(0, 0, 799, 0, 1)], 'T2B-5C-v1')).toBe(13); // 0,125 %
		expect(criterionScore([item(0, 0, 199, 0, 1), item(0, 0, 1, 0, 0)], 'T2B-5C-v1')).toBe(25);
	});

	test('every criterion weighs the same', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(10_000), { minLength: 5, maxLength: 5 }), (five) => {
				const shifted = [...five.slice(2), ...five.slice(0, 2)];
				const index = (list: number[]) => indexOf(mapCriteria((each) => list[CRITERIA.indexOf(each)] ?? null));
				expect(index(five)).toBe(index(shifted));
				expect(index(five)).toBe(Math.floor((2 * five.reduce((sum, each) => sum + each, 0) + 5) / 10));
			})
		);
	});
});

describe('what is not computed', () => {
	test('a criterion nobody answered has no score, and then there is no index: never a mean of four', () => {
		expect(criterionScore([item(0, 0, 0, 0, 0)], 'T2B-5C-v1')).toBeNull();
		expect(indexOf({ TC: 9000, HC: 9000, PV: 9000, KQ: 9000, TT: null })).toBeNull();
	});

	test('an item nobody answered does not pull its criterion down', () => {
		expect(criterionScore([item(0, 0, 0, 0, 3), item(0, 0, 0, 0, 0)], 'T2B-5C-v1')).toBe(10_000);
	});

	test('the lowest mean score is 20 and not 0', () => {
		expect(criterionScore([item(9, 0, 0, 0, 0)], 'SCORE-5C-v1')).toBe(2000);
	});

	test('bigger counts of the same shares change nothing', () => {
		expect(criterionScore([item(1, 1, 1, 3, 1)], 'SCORE-5C-v1')).toBe(
			criterionScore([item(7, 7, 7, 21, 7)], 'SCORE-5C-v1')
		);
	});
});
