import { toHundredths, toPercent } from '../shared/number.ts';
import { holdFalseDiscoveries, normal } from './findings.ts';
import { wilson } from './interval.ts';
import { RANKED_FROM } from './verdict.ts';

/** By what participation is shown. Answers are released in blocks, so a single day of answers is not. */
export const PARTICIPATION_BY = ['counter', 'officer', 'week'] as const;
export type ParticipationBy = (typeof PARTICIPATION_BY)[number];

/** Served as the one-stop shop says, and released sheets; answered null: withheld. */
export interface Participation {
	served: number;
	answered: number | null;
}

export interface ParticipationRow extends Participation {
	key: string | null;
	name: string;
}

/** The share that answered, percent, with its 95 % interval. */
export interface Rate {
	value: number;
	low: number;
	high: number;
}

/** Something that makes a score doubtful: fewer were asked here than elsewhere, or than before. Rates in percent. */
export interface ParticipationSign {
	/** null: everything together. */
	key: string | null;
	kind: 'selective' | 'falling';
	rate: number;
	/** Of the rest of the centre, or of the period before. */
	other: number;
}

/** A difference that matters, percentage points; with many served even one that does not is beyond chance. */
const LEAST_POINTS = 10;

/** null: nobody was served, the sheets are withheld, or more answered than were served, so that the number served is not whole. */
export function rateOf({ served, answered }: Participation): Rate | null {
	if (served === 0 || answered === null || answered > served) return null;
	const { low, high } = wilson(answered, served);
	const percent = (share: number) => toPercent(toHundredths(100 * share));
	return { value: percent(answered / served), low: percent(low), high: percent(high) };
}

/**
 * Rows whose rate lies clearly below that of all the others, and rows (or everything) whose rate fell since the period before: by at
 * least ten points, by a test of two proportions, with the false discovery rate of findings held over all that were looked at. Rows of
 * fewer than thirty served are not judged. Made of numbers that are shown.
 */
export function signsOf(
	now: { rows: readonly ParticipationRow[]; total: Participation },
	before: { rows: readonly ParticipationRow[]; total: Participation } | null,
	compareRows: boolean
): ParticipationSign[] {
	const then = new Map(before?.rows.map((row) => [row.key, row]));
	const looked = [
		...now.rows
			.filter(({ key }) => key !== null)
			.flatMap((row) => [
				...(compareRows ? judge(row.key, 'selective', row, restOf(now.rows, row)) : []),
				...judge(row.key, 'falling', row, then.get(row.key))
			]),
		...judge(null, 'falling', now.total, before?.total)
	];
	return holdFalseDiscoveries(looked)
		.filter(({ rate, other }) => other - rate >= LEAST_POINTS)
		.map(({ key, kind, rate, other }) => ({ key, kind, rate, other }));
}

function judge(
	key: string | null,
	kind: ParticipationSign['kind'],
	one: Participation,
	other: Participation | undefined
): (ParticipationSign & { chance: number })[] {
	const [rate, against] = [rateOf(one), other ? rateOf(other) : null];
	if (!rate || !against || one.served < RANKED_FROM || other!.served < RANKED_FROM) return [];
	return [{ key, kind, rate: rate.value, other: against.value, chance: chanceOf(one, other!) }];
}

/** All other rows together, as far as both of their numbers are shown. */
function restOf(rows: readonly ParticipationRow[], row: ParticipationRow): Participation {
	const others = rows.filter((each) => each !== row && rateOf(each) !== null);
	const sum = (of: (each: ParticipationRow) => number) => others.reduce((before, each) => before + of(each), 0);
	return { served: sum(({ served }) => served), answered: sum(({ answered }) => answered ?? 0) };
}

/** How likely two rates this far apart are where they are the same: two-sided, with the pooled rate. */
function chanceOf(one: Participation, other: Participation): number {
	const [a, b] = [one.answered!, other.answered!];
	const pooled = (a + b) / (one.served + other.served);
	const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.served + 1 / other.served));
	if (error === 0) return 1;
	return 2 * (1 - normal(Math.abs(a / one.served - b / other.served) / error));
}
