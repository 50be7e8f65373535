import { toHundredths, toPercent } from '../shared/number.ts';
import { CRITERIA, type Criterion } from '../survey/criterion.ts';
import { type ItemCounts, respondents } from './counts.ts';
import { criterionEstimate, type Estimate, meanInterval } from './interval.ts';
import type { MethodId } from './method.ts';
import { indexOf } from './score.ts';
import { advisory, type Verdict, verdict } from './verdict.ts';

/** One figure of a table, in percent with two decimals, with its respondents, 95 % interval and verdict against the target. */
export interface ShownCell {
	value: number;
	n: number;
	low: number;
	high: number;
	/** null: not held against a target. */
	verdict: Verdict | null;
	/** For reference only: too few to rank. */
	advisory: boolean;
}

/** Withheld: too few respondents, or it would give away who has too few. */
export type Cell = ShownCell | { withheld: 'small' };

export const WITHHELD: Cell = { withheld: 'small' };

/** One criterion from the counts of its items; withheld when nobody answered. Target in percent; null: none. */
export function criterionCell(items: readonly ItemCounts[], method: MethodId, target: number | null): Cell {
	const estimate = criterionEstimate(items, method);
	return estimate === null ? WITHHELD : drawCell(estimate, respondents(items), target);
}

/**
 * The index of five criteria; its n is that of the least answered one. Withheld as soon as one criterion is: the other four and
 * their mean would give that one away.
 */
export function indexCell(criteria: Record<Criterion, Cell>, target: number | null): Cell {
	const shown = CRITERIA.map((criterion) => criteria[criterion]).filter((cell): cell is ShownCell => 'value' in cell);
	if (shown.length < CRITERIA.length) return WITHHELD;
	const estimates = shown.map(estimateOf);
	const value = indexOf(mapCriteria((criterion) => estimates[CRITERIA.indexOf(criterion)]?.value ?? null));
	const interval = meanInterval(estimates);
	if (value === null || interval === null) return WITHHELD;
	return drawCell({ value, ...interval }, Math.min(...shown.map(({ n }) => n)), target);
}

export function mapCriteria<Value>(of: (criterion: Criterion) => Value): Record<Criterion, Value> {
	return { TC: of('TC'), HC: of('HC'), PV: of('PV'), KQ: of('KQ'), TT: of('TT') };
}

export function estimateOf(cell: ShownCell): Estimate {
	return { value: toHundredths(cell.value), low: toHundredths(cell.low), high: toHundredths(cell.high) };
}

/** An estimate of so many people, with its verdict. */
export function drawCell({ value, low, high }: Estimate, n: number, target: number | null): Cell {
	return {
		value: toPercent(value),
		n,
		low: toPercent(low),
		high: toPercent(high),
		verdict: target === null ? null : verdict({ low, high }, n, toHundredths(target)),
		advisory: advisory(n)
	};
}
