import { toHundredths, toPercent } from '../shared/number.ts';
import { monthOf } from '../shared/time.ts';
import { holdFalseDiscoveries, normal } from './findings.ts';
import { wilson } from './interval.ts';
import { blockSize, splitIntoBlocks } from './secrecy.ts';
import { RANKED_FROM } from './verdict.ts';

/** By what participation is shown. Answers are released in blocks, so a single day of answers is not. */
export const PARTICIPATION_BY = ['counter', 'officer', 'week'] as const;
export type ParticipationBy = (typeof PARTICIPATION_BY)[number];

/** By what an address asks for it, as far as its reader may ask. */
export function participationByOf(asked: string | null, officers: boolean): ParticipationBy {
	const wanted = PARTICIPATION_BY.find((known) => known === asked) ?? 'counter';
	return wanted === 'officer' && !officers ? 'counter' : wanted;
}

/** Served as the one-stop shop says, and released sheets; null: withheld. What is 0 of served and begun is not known. */
export interface Participation {
	served: number;
	answered: number | null;
	/** How often somebody began at a tablet, as far as it may be shown, and the sheets that came from tablets. */
	begun: number;
	onTablet: number | null;
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
	/** Of those served, or of those who began at a tablet. */
	of: 'served' | 'begun';
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
export function rateOf({ served, answered }: Pick<Participation, 'served' | 'answered'>): Rate | null {
	if (served === 0 || answered === null || answered > served) return null;
	const { low, high } = wilson(answered, served);
	const percent = (share: number) => toPercent(toHundredths(100 * share));
	return { value: percent(answered / served), low: percent(low), high: percent(high) };
}

/** A row with both of its rates, as screens and files show it. */
export const withRates = <Row extends Participation>(row: Row) => ({
	...row,
	rate: rateOf(row),
	begunRate: begunRateOf(row)
});

/** The same of those who began at a tablet; null also where tablets answered more than they told of, as older programs do. */
const begunRateOf = (row: Participation) => rateOf(beginnings(row));

const beginnings = <Row extends Participation>(row: Row): Row => ({
	...row,
	served: row.begun,
	answered: row.onTablet
});

/**
 * How often somebody began at one counter with one officer, by local days in order: in blocks of k, each on the day that fills it, so
 * that no two periods differ by one citizen. A month is divided by itself, so that a period shows the same whatever stands before it.
 */
export function begunBlocks(days: readonly { day: string; times: number }[], officerKnown: boolean) {
	const months = Map.groupBy(days, ({ day }) => monthOf(day));
	return [...months.values()].flatMap((own) => {
		const times = new Map(own.map((each) => [each.day, each.times]));
		const pending = own.map((each) => ({ day: each.day, people: each.times }));
		return splitIntoBlocks(pending, blockSize(officerKnown)).map((block) => ({
			day: block.day,
			times: block.days.reduce((sum, day) => sum + times.get(day)!, 0)
		}));
	});
}

/**
 * Rows whose rate lies clearly below that of all the others, and rows (or everything) whose rate fell since the period before: by at
 * least ten points, by a test of two proportions, with the false discovery rate of findings held over all that were looked at. Rows of
 * fewer than thirty served are not judged. Made of numbers that are shown.
 */
export function signsOf(now: Counted, before: Counted | null, compareRows: boolean): ParticipationSign[] {
	const looked = [
		...lookAt(now, before, compareRows).map((each) => ({ of: 'served' as const, ...each })),
		...lookAt(begunOf(now), before && begunOf(before), compareRows).map((each) => ({ of: 'begun' as const, ...each }))
	];
	return holdFalseDiscoveries(looked)
		.filter(({ rate, other }) => other - rate >= LEAST_POINTS)
		.map(({ of, key, kind, rate, other }) => ({ of, key, kind, rate, other }));
}

interface Counted {
	rows: readonly ParticipationRow[];
	total: Participation;
}

const begunOf = ({ rows, total }: Counted): Counted => ({ rows: rows.map(beginnings), total: beginnings(total) });

function lookAt(now: Counted, before: Counted | null, compareRows: boolean): Looked[] {
	const then = new Map(before?.rows.map((row) => [row.key, row]));
	return [
		...now.rows
			.filter(({ key }) => key !== null)
			.flatMap((row) => [
				...(compareRows ? judge(row.key, 'selective', row, restOf(now.rows, row)) : []),
				...judge(row.key, 'falling', row, then.get(row.key))
			]),
		...judge(null, 'falling', now.total, before?.total)
	];
}

type Looked = Omit<ParticipationSign, 'of'> & { chance: number };
type Answered = Pick<Participation, 'served' | 'answered'>;

function judge(
	key: string | null,
	kind: ParticipationSign['kind'],
	one: Answered,
	other: Answered | undefined
): Looked[] {
	const [rate, against] = [rateOf(one), other ? rateOf(other) : null];
	if (!rate || !against || one.served < RANKED_FROM || other!.served < RANKED_FROM) return [];
	return [{ key, kind, rate: rate.value, other: against.value, chance: chanceOf(one, other!) }];
}

/** All other rows together, as far as both of their numbers are shown. */
function restOf(rows: readonly ParticipationRow[], row: ParticipationRow): Answered {
	const others = rows.filter((each) => each !== row && rateOf(each) !== null);
	const sum = (of: (each: ParticipationRow) => number) => others.reduce((before, each) => before + of(each), 0);
	return { served: sum(({ served }) => served), answered: sum(({ answered }) => answered ?? 0) };
}

/** How likely two rates this far apart are where they are the same: two-sided, with the pooled rate. */
function chanceOf(one: Answered, other: Answered): number {
	const [a, b] = [one.answered!, other.answered!];
	const pooled = (a + b) / (one.served + other.served);
	const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.served + 1 / other.served));
	if (error === 0) return 1;
	return 2 * (1 - normal(Math.abs(a / one.served - b / other.served) / error));
}
