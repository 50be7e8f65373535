import { formatPercent } from '../shared/number.ts';
import { CRITERIA, type Criterion } from '../survey/criterion.ts';

/** What has a target of its own: the criteria, and the index. */
export const TARGET_COLUMNS = [...CRITERIA, 'SIPAS'] as const;
export type TargetColumn = Criterion | 'SIPAS';

/** What each figure of a table is held against, percent. */
export type Targets = Record<TargetColumn, number>;

/** Where none is set for the year, the organization's usual target holds. */
export function targetsOf(usual: number, set: Partial<Targets> = {}): Targets {
	return { TC: usual, HC: usual, PV: usual, KQ: usual, TT: usual, SIPAS: usual, ...set };
}

/** '90,00', or each with its name where they differ: 'TC 85,00, HC 90,00 …'. */
export function sayTargets(targets: Targets): string {
	const isOne = TARGET_COLUMNS.every((column) => targets[column] === targets.SIPAS);
	if (isOne) return formatPercent(targets.SIPAS);
	return TARGET_COLUMNS.map((column) => `${column} ${formatPercent(targets[column])}`).join(', ');
}

/** A target is set for a calendar year; a period is held against those of the year it ends in. */
export const yearOfTargets = (to: string): number => Number(to.slice(0, 4));
