import type { Hundredths } from '../shared/number.ts';
import type { ItemCounts } from './counts.ts';
import { mergeByItem, respondents } from './counts.ts';
import { criterionEstimate, type Estimate } from './interval.ts';
import type { MethodId } from './method.ts';

/** Counts of one criterion's items in one stratum: what was asked about (a field) and how (a channel). */
export interface Stratum {
	stratum: string;
	items: readonly ItemCounts[];
}

/** A row as it would stand if it had the centre's mix of fields and channels, and the centre as it would stand with the row's. */
export interface Standardized {
	/** Direct: the row's figure in each stratum, weighted by the centre's respondents there. */
	adjusted: Estimate;
	/** Share of the centre's respondents in strata that the row has answers in, 0..1; the rest it cannot be compared on. */
	coverage: number;
	/** Indirect: the centre's figure in each stratum, weighted by the row's respondents: what this mix of work usually gets. */
	expected: Hundredths;
}

/** Below this the row shares too little of the centre's work for a fair figure. */
const LEAST_COVERAGE = 0.5;

/**
 * Direct standardisation by field and channel (e.g. K. J. Rothman, "Modern epidemiology", ch. 3): a counter that handles land is not
 * compared raw with one that certifies copies. Each stratum's figure is its criterion's score with Wilson's interval, rounded like any
 * published cell, so that a reader can compute it again; strata are different people, so their intervals join by square-and-add
 * (MOVER). A stratum of fewer than k of the row's respondents is not used. null where nothing is left; `adjusted` alone is null where
 * the row covers less than half of the centre's work.
 */
export function standardize(
	row: readonly Stratum[],
	centre: readonly Stratum[],
	{ method, k }: { method: MethodId; k: number }
): (Omit<Standardized, 'adjusted'> & { adjusted: Estimate | null }) | null {
	const standard = figuresOf(centre, method);
	const own = [...figuresOf(row, method)].filter(([stratum, { n }]) => n >= k && standard.has(stratum));
	if (own.length === 0) return null;
	const people = (of: readonly { n: number }[]) => of.reduce((sum, { n }) => sum + n, 0);
	const weights = own.map(([stratum]) => standard.get(stratum)!.n);
	const all = weights.reduce((sum, each) => sum + each, 0);
	const mean = (of: (figure: Figure) => number) =>
		own.reduce((sum, [, each], i) => sum + weights[i] * of(each), 0) / all;
	const far = (of: (figure: Figure) => number) =>
		Math.sqrt(own.reduce((sum, [, each], i) => sum + ((weights[i] / all) * of(each)) ** 2, 0));
	const value = mean((each) => each.value);
	const coverage = all / people([...standard.values()]);
	const expected =
		own.reduce((sum, [stratum, { n }]) => sum + n * standard.get(stratum)!.value, 0) /
		people(own.map(([, each]) => each));
	const adjusted = {
		value: Math.round(value),
		low: Math.max(0, Math.floor(value - far((each) => each.value - each.low))),
		high: Math.min(10_000, Math.ceil(value + far((each) => each.high - each.value)))
	};
	return { adjusted: coverage < LEAST_COVERAGE ? null : adjusted, coverage, expected: Math.round(expected) };
}

interface Figure extends Estimate {
	n: number;
}

function figuresOf(strata: readonly Stratum[], method: MethodId): Map<string, Figure> {
	const figures = new Map<string, Figure>();
	for (const [stratum, own] of Map.groupBy(strata, (each) => each.stratum)) {
		const items = mergeByItem(own.flatMap(({ items }) => items));
		const estimate = criterionEstimate(items, method);
		if (estimate) figures.set(stratum, { ...estimate, n: respondents(items) });
	}
	return figures;
}
