import type { Hundredths } from '../shared/number.ts';
import { answered, type ItemCounts, respondents, satisfied } from './counts.ts';
import type { MethodId } from './method.ts';
import { criterionScore } from './score.ts';

/** Two-sided 95 %. */
export const Z_95 = 1.959963984540054;

/** 95 % interval of a published percentage, rounded outward, so that it never promises more than was calculated. */
export interface Interval {
	low: Hundredths;
	high: Hundredths;
}

export interface Estimate extends Interval {
	value: Hundredths;
}

/**
 * Wilson's score interval of a share, 0..1 (E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 22, 1927). Stays inside 0..1 and is honest at 0 and n of n. With n = 0 nothing is known: 0..1.
 */
export function wilson(successes: number, n: number, z = Z_95): { low: number; high: number } {
	if (n === 0) return { low: 0, high: 1 };
	const share = successes / n;
	const centre = share + (z * z) / (2 * n);
	const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
	const scale = 1 + (z * z) / n;
	return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

/**
 * The score of a criterion with its interval. n is the number of respondents, not of answers: five answers of one citizen are one
 * opinion and must not narrow it. The interval always holds the published score, also where items with very unequal n pull that
 * away from the pooled share. T2B: Wilson on the pooled share of satisfied answers. SCORE: `meanScore`. null without an answer.
 */
export function criterionEstimate(counts: readonly ItemCounts[], method: MethodId): Estimate | null {
	const value = criterionScore(counts, method);
	if (value === null) return null;
	const { low, high } = method === 'T2B-5C-v1' ? pooledShare(counts) : meanScore(counts);
	return { value, low: Math.min(value, Math.floor(low * 10_000)), high: Math.max(value, Math.ceil(high * 10_000)) };
}

/**
 * The interval of a plain mean of estimates by MOVER (G. Y. Zou, A. Donner, "Construction of confidence limits about effect
 * measures: a general approach", Statistics in Medicine 27, 2008), which keeps the asymmetry of each interval. `correlation` of
 * the estimates is 1 unless the caller knows better: one citizen answers several criteria, counts do not say who, and
 * independence would make the interval of the index 2,2 times too narrow. With 1 the limits are the means of the limits.
 */
export function meanInterval(estimates: readonly Estimate[], correlation = 1): Interval | null {
	if (estimates.length === 0) return null;
	const mean = total(estimates, ({ value }) => value) / estimates.length;
	const below = combined(estimates, ({ value, low }) => value - low, correlation);
	const above = combined(estimates, ({ value, high }) => high - value, correlation);
	return {
		low: Math.max(0, Math.floor(mean - below + NOISE)),
		high: Math.min(10_000, Math.ceil(mean + above - NOISE))
	};
}

/**
 * The difference of two estimates of different people, in hundredths of a percentage point, by the square-and-add method (R. G. Newcombe,
 * "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, 1998, method 10): Wilson's
 * intervals joined as MOVER joins them, so it keeps their asymmetry and takes any estimate. Rounded outward.
 */
export function differenceOf(one: Estimate, other: Estimate): Estimate {
	const value = one.value - other.value;
	const below = Math.hypot(one.value - one.low, other.high - other.value);
	const above = Math.hypot(one.high - one.value, other.value - other.low);
	return { value, low: Math.floor(value - below + NOISE), high: Math.ceil(value + above - NOISE) };
}

/** Binary noise of a square root must not push a limit that is a whole hundredth one further out. */
const NOISE = 1e-7;

function combined(
	estimates: readonly Estimate[],
	distance: (estimate: Estimate) => number,
	correlation: number
): number {
	const squares = total(estimates, (estimate) => distance(estimate) ** 2);
	const square = total(estimates, distance) ** 2;
	return Math.sqrt((1 - correlation) * squares + correlation * square) / estimates.length;
}

function pooledShare(counts: readonly ItemCounts[]): { low: number; high: number } {
	const n = respondents(counts);
	return wilson((total(counts, satisfied) / total(counts, answered)) * n, n);
}

/**
 * The mean answer as a share of five, 0,2..1. It is one fifth plus a fifth of each share of answers of at least 2, 3, 4 and 5: four
 * shares with Wilson's intervals, joined by MOVER. Which answers go together is known exactly here, for whoever answers at least
 * 4 answers at least 3. Unlike a t interval it keeps a width when everybody chose the same answer.
 */
function meanScore(counts: readonly ItemCounts[]): { low: number; high: number } {
	const n = respondents(counts);
	const answers = total(counts, answered);
	let [mean, below, above] = [1, 0, 0];
	const before: { below: number; above: number; odds: number }[] = [];
	let reached = answers;
	for (let least = 2; least <= 5; least++) {
		reached -= total(counts, (item) => item.n[(least - 2) as 0]);
		const share = reached / answers;
		const { low, high } = wilson(share * n, n);
		const step = { below: share - low, above: high - share, odds: smoothedOdds(share * n, n) };
		mean += share;
		below += step.below ** 2 + 2 * total(before, (other) => alike(step.odds, other.odds) * step.below * other.below);
		above += step.above ** 2 + 2 * total(before, (other) => alike(step.odds, other.odds) * step.above * other.above);
		before.push(step);
	}
	return { low: Math.max(0.2, (mean - Math.sqrt(below)) / 5), high: Math.min(1, (mean + Math.sqrt(above)) / 5) };
}

/** The odds at Wilson's centre, which are never 0 or infinite. */
function smoothedOdds(successes: number, n: number): number {
	return (successes + Z_95 ** 2 / 2) / (n - successes + Z_95 ** 2 / 2);
}

/** The correlation of "at least i" and "at least j" in one answer: the square root of the ratio of their odds. */
function alike(one: number, other: number): number {
	return Math.sqrt(Math.min(one, other) / Math.max(one, other));
}

function total<Each>(list: readonly Each[], of: (each: Each) => number): number {
	return list.reduce((sum, each) => sum + of(each), 0);
}
