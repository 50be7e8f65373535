import { addFractions, type Fraction, type Hundredths, ratioHalfUp } from '../shared/number.ts';
import { CRITERIA, type Criterion } from '../survey/criterion.ts';
import { answered, type ItemCounts, points, satisfied } from './counts.ts';
import type { MethodId } from './method.ts';

/**
 * The score of one criterion from its items' counts: the plain mean of the items that have an answer, exact, rounded half up
 * to hundredths of a percent. null when no item has an answer.
 */
export function criterionScore(counts: readonly ItemCounts[], method: MethodId): Hundredths | null {
	const scores = counts.filter((item) => answered(item) > 0).map((item) => itemScore(item, method));
	if (scores.length === 0) return null;
	const sum = scores.reduce(addFractions);
	return ratioHalfUp(100n * sum.numerator, sum.denominator * BigInt(scores.length));
}

/**
 * The index of a set of sheets: the plain mean of its five rounded criteria, rounded half up; rounding first lets anybody
 * recompute the printed table by hand. null when a criterion is empty: never a mean of four.
 */
export function indexOf(scores: Record<Criterion, Hundredths | null>): Hundredths | null {
	let sum = 0n;
	for (const criterion of CRITERIA) {
		const score = scores[criterion];
		if (score === null) return null;
		sum += BigInt(score);
	}
	return ratioHalfUp(sum, BigInt(CRITERIA.length), 0);
}

function itemScore(item: ItemCounts, method: MethodId): Fraction {
	const n = BigInt(answered(item));
	if (method === 'T2B-5C-v1') return { numerator: BigInt(satisfied(item)), denominator: n };
	return { numerator: BigInt(points(item)), denominator: 5n * n };
}
