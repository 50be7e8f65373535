import type { Hundredths } from '../shared/number.ts';
import type { Estimate } from './interval.ts';

/** Half of a 95 % interval is this many standard errors. */
const Z_95 = 1.959963984540054;

export interface Shrunk extends Estimate {
	/** 0..1: how much of the figure is the row's own; the rest is borrowed from the group. The reliability of a mean of n answers. */
	reliability: number;
}

/**
 * Empirical-Bayes estimates of a group of alike things, e.g. officers on one criterion: each figure is drawn towards the group's as far as
 * its own answers leave it uncertain, so that a row of few answers cannot lead or trail by luck (C. N. Morris, "Parametric empirical
 * Bayes inference", JASA 78, 1983). The variance between the rows is DerSimonian's and Laird's moment estimate (Controlled Clinical
 * Trials 7, 1986); where it is nothing, all are the group's mean. Made of published figures only. Fewer than three are no group: null.
 */
export function shrink(estimates: readonly Estimate[]): { mean: Hundredths; rows: Shrunk[] } | null {
	if (estimates.length < 3) return null;
	const variances = estimates.map(({ low, high }) => Math.max(1, (high - low) / (2 * Z_95)) ** 2);
	const between = varianceBetween(
		estimates.map(({ value }) => value),
		variances
	);
	const weights = variances.map((own) => 1 / (own + between));
	const mean = weighted(
		estimates.map(({ value }) => value),
		weights
	);
	const rows = estimates.map(({ value }, i) => {
		const reliability = between / (between + variances[i]);
		const half = Z_95 * Math.sqrt(reliability * variances[i] + (1 - reliability) ** 2 / sum(weights));
		const drawn = mean + reliability * (value - mean);
		return {
			value: Math.round(drawn),
			low: Math.max(0, Math.floor(drawn - half)),
			high: Math.min(10_000, Math.ceil(drawn + half)),
			reliability
		};
	});
	return { mean: Math.round(mean), rows };
}

/** How much the true figures differ, beyond what chance makes of equal ones; never below zero. */
function varianceBetween(values: readonly number[], variances: readonly number[]): number {
	const weights = variances.map((own) => 1 / own);
	const mean = weighted(values, weights);
	const scatter = sum(values.map((value, i) => weights[i] * (value - mean) ** 2));
	const scale = sum(weights) - sum(weights.map((weight) => weight ** 2)) / sum(weights);
	return Math.max(0, (scatter - (values.length - 1)) / scale);
}

const sum = (numbers: readonly number[]) => numbers.reduce((before, each) => before + each, 0);
const weighted = (values: readonly number[], weights: readonly number[]) =>
	sum(values.map((value, i) => value * weights[i])) / sum(weights);
