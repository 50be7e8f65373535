import { ratioHalfUp, toPercent } from '../shared/number.ts';
import { CRITERIA, type Criterion } from '../survey/criterion.ts';
import type { QuestionnaireVersion } from '../survey/questionnaire.ts';
import { HOUR_FIGURES, HOUR_FIGURES_OF, type HourFigures } from '../submission/hours.ts';
import { type Cell, drawCell, estimateOf, WITHHELD } from './cell.ts';
import { holdFalseDiscoveries, normal } from './findings.ts';
import { differenceOf, wilson, Z_95 } from './interval.ts';
import { K_OFFICER } from './secrecy.ts';

/** An hour of a site may be one officer's alone, so nothing about it is told of fewer than ten. */
const K_HOUR = K_OFFICER;
/** A day of the week of fewer sheets may well have been drawn whole, and then other tables would tell the same people. */
const LEAST_OF_A_WEEKDAY = 30;
/** At most this many sentences stand above the map. */
const MOST = 3;

/** Figures of one hour of one day of the week, released. */
export interface HourCount extends HourFigures {
	weekday: number;
	hour: number;
}

/** One hour of one day of the week; share of all sheets in percent, null where the cell is withheld. */
export interface HourCell {
	cell: Cell;
	share: number | null;
}

/** One hour of one weekday, or where one of them is null an hour of all days, or a whole weekday. */
export interface HourFinding {
	weekday: number | null;
	hour: number | null;
	/** Percent. */
	value: number;
	n: number;
	/** Percentage points from everything else together. */
	points: number;
}

export interface HourMap {
	criterion: Criterion;
	/** Percent. */
	target: number;
	weekdays: number[];
	/** Hours with figures, each with a cell for every weekday. */
	hours: { hour: number; cells: HourCell[] }[];
	/** What is more than chance, the surest first. */
	findings: HourFinding[];
	/** The hour of most sheets. */
	busiest: { weekday: number; hour: number; share: number } | null;
}

export interface HourRequest {
	criterion: Criterion;
	version: QuestionnaireVersion;
	/** Percent. */
	target: number;
	counts: readonly HourCount[];
}

/** How one criterion is answered over the hours of the week, from released counts. */
export function drawHours({ criterion, version, target, counts }: HourRequest): HourMap {
	const items = version.items.filter((item) => item.criterion === criterion).length;
	const told = counts.filter(
		({ weekday, sheets }) => sheets >= K_HOUR && sheetsOf(counts, weekday) >= LEAST_OF_A_WEEKDAY
	);
	const all = told.reduce((sum, { sheets }) => sum + sheets, 0);
	const drawn = told.map((count) => ({
		...count,
		cell: cellOf([count], criterion, items, target),
		share: Math.round((1000 * count.sheets) / all) / 10
	}));
	const distinct = (of: (count: HourCount) => number) => [...new Set(counts.map(of))].toSorted((a, b) => a - b);
	const weekdays = distinct(({ weekday }) => weekday);
	const busiest = drawn.toSorted((a, b) => b.sheets - a.sheets)[0];
	return {
		criterion,
		target,
		weekdays,
		hours: distinct(({ hour }) => hour).map((hour) => ({
			hour,
			cells: weekdays.map((weekday) => {
				const own = drawn.find((each) => each.hour === hour && each.weekday === weekday);
				return own ? { cell: own.cell, share: own.share } : { cell: WITHHELD, share: null };
			})
		})),
		findings: findingsOf(drawn, criterion, items, target),
		busiest: busiest ? { weekday: busiest.weekday, hour: busiest.hour, share: busiest.share } : null
	};
}

const sheetsOf = (counts: readonly HourCount[], of: number) =>
	counts.reduce((sum, { weekday, sheets }) => sum + (weekday === of ? sheets : 0), 0);

/**
 * Satisfied answers among all of the criterion. One citizen's answers to several of its items are one opinion, so the interval is of as
 * many people as must have been there at least.
 */
function cellOf(counts: readonly HourFigures[], criterion: Criterion, items: number, target: number): Cell {
	const [all, satisfied] = HOUR_FIGURES_OF[criterion].map((figure) =>
		counts.reduce((sum, count) => sum + Math.max(0, count[figure]), 0)
	);
	const people = Math.floor(all / Math.max(1, items));
	if (people < K_HOUR || satisfied > all) return WITHHELD;
	const value = ratioHalfUp(100n * BigInt(satisfied), BigInt(all));
	const { low, high } = wilson((satisfied / all) * people, people);
	const limits = { low: Math.min(value, Math.floor(low * 10_000)), high: Math.max(value, Math.ceil(high * 10_000)) };
	return drawCell({ value, ...limits }, people, target);
}

type Drawn = HourCount & { cell: Cell };

/**
 * Each hour of a weekday, each hour of all days and each weekday, against everything else that is shown; what is told holds the false
 * discovery rate over all that were looked at.
 */
function findingsOf(drawn: readonly Drawn[], criterion: Criterion, items: number, target: number): HourFinding[] {
	const shown = drawn.filter(({ cell }) => 'value' in cell);
	const groups = (['weekday', 'hour'] as const).flatMap((name) =>
		[...Map.groupBy(shown, (each) => each[name])].map(([value, own]) => ({
			at: { weekday: null, hour: null, [name]: value },
			own
		}))
	);
	const single = shown.map((one) => ({ at: { weekday: one.weekday, hour: one.hour }, own: [one] }));
	const looked = [...groups, ...single].flatMap(({ at, own }) => {
		const rest = shown.filter((other) => !own.includes(other));
		const [one, others] = [own, rest].map((counts) => cellOf(counts, criterion, items, target));
		if ('withheld' in one || 'withheld' in others || one.advisory || others.advisory) return [];
		const { value, low, high } = differenceOf(estimateOf(one), estimateOf(others));
		const half = value > 0 ? value - low : high - value;
		const chance = 2 * (1 - normal(Math.abs(value) / Math.max(half / Z_95, 1)));
		return [{ ...at, value: one.value, n: one.n, points: toPercent(value), low, high, chance }];
	});
	const clear = holdFalseDiscoveries(looked).filter(({ low, high }) => low > 0 || high < 0);
	const told: HourFinding[] = [];
	// The surest first; what lies in it, or holds it, says the same again.
	for (const { low: _, high: __, chance: ___, ...finding } of clear.toSorted((a, b) => a.chance - b.chance))
		if (told.length < MOST && !told.some((known) => holds(known, finding) || holds(finding, known))) told.push(finding);
	return told;
}

type When = Pick<HourFinding, 'weekday' | 'hour'>;
const holds = (one: When, other: When) =>
	(one.weekday === null || one.weekday === other.weekday) && (one.hour === null || one.hour === other.hour);

/**
 * What may be shown more of an hour than is shown: of the sheets, and of each criterion by itself, since not everybody is asked everything,
 * whatever has moved by at least ten people. `released` is what is shown, `kept` what has come.
 */
export function hourRelease(kept: HourFigures, released: HourFigures, version: QuestionnaireVersion): HourFigures {
	const moved = Object.fromEntries(HOUR_FIGURES.map((figure) => [figure, 0])) as unknown as HourFigures;
	const change = (figure: keyof HourFigures) => kept[figure] - released[figure];
	if (Math.abs(change('sheets')) >= K_HOUR) moved.sheets = change('sheets');
	for (const criterion of CRITERIA) {
		const items = version.items.filter((item) => item.criterion === criterion).length;
		const [all, satisfied] = HOUR_FIGURES_OF[criterion];
		if (Math.abs(change(all)) < K_HOUR * Math.max(1, items)) continue;
		moved[all] = change(all);
		moved[satisfied] = change(satisfied);
	}
	return moved;
}
