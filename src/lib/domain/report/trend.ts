import { addDays, monthOf } from '../shared/time.ts';
import { CRITERIA, type Criterion } from '../survey/criterion.ts';
import type { Cell } from './cell.ts';
import { type GapCell, gapBetween } from './gap.ts';
import type { MethodId } from './method.ts';
import type { Period } from './period.ts';
import type { IndexRow, IndexTable } from './table.ts';
import { monthAfter, weekOf } from './week.ts';

/** How wide the points of a trend are. */
export const STEPS = ['week', 'month'] as const;
export type Step = (typeof STEPS)[number];

/** What is drawn: the five criteria and their mean. */
export const TREND_LINES = ['sipas', ...CRITERIA] as const;
export type TrendLine = (typeof TREND_LINES)[number];

/** A trend of fewer steps shows no direction. */
const LEAST_STEPS = { week: 13, month: 12 } as const;

export function readStep(text: string | null): Step {
	return STEPS.find((known) => known === text) ?? 'week';
}

/** Whole weeks or months that hold the period, and so many before it that a direction can be seen. Nothing is after today. */
export function trendPeriod({ from, to }: Period, step: Step, today: string): { from: string; to: string } {
	const last = to < today ? to : today;
	if (step === 'week') {
		const earliest = addDays(weekOf(last), -7 * (LEAST_STEPS.week - 1));
		const first = weekOf(from);
		return { from: first < earliest ? first : earliest, to: addDays(weekOf(last), 6) };
	}
	let earliest = monthOf(last);
	for (let back = 1; back < LEAST_STEPS.month; back++) earliest = monthOf(addDays(`${earliest}-01`, -1));
	const first = monthOf(from);
	return { from: `${first < earliest ? first : earliest}-01`, to: addDays(`${monthAfter(monthOf(last))}-01`, -1) };
}

/** A published questionnaire version, as far as trends care. */
export interface TrendVersion {
	id: string;
	/** The line of versions it belongs to, and its place in it. */
	line: string;
	number: number;
	/** Whether it continues the trend of the version before it. */
	continuesTrend: boolean;
}

/** Versions gathered so that one line may be drawn through all of a chain, and through nothing else; the newest of each comes last. */
export function chainsOf(versions: readonly TrendVersion[]): string[][] {
	return [...Map.groupBy(versions, ({ line }) => line).values()].flatMap((own) => {
		const chains: string[][] = [];
		for (const { id, continuesTrend } of own.toSorted((a, b) => a.number - b.number)) {
			if (continuesTrend && chains.length > 0) chains.at(-1)!.push(id);
			else chains.push([id]);
		}
		return chains;
	});
}

/** Percent, or percentage points of a gap; hollow: of fewer people than are ever ranked. */
export interface TrendPoint {
	value: number;
	low: number;
	high: number;
	/** How many people; null where it is a gap between two figures. */
	n: number | null;
	hollow: boolean;
}

/** What one line may be drawn through: figures of one method and one chain of versions; null where nothing is shown. */
export interface TrendSegment {
	method: MethodId;
	versionId: string;
	points: Record<TrendLine, (TrendPoint | null)[]>;
}

/** Where one series ends and another begins; no line crosses it. */
export interface TrendBreak {
	/** The first step of the new series. */
	key: string;
	/** What changed, the method before the questionnaire. */
	why: 'method' | 'questionnaire';
	before: string;
	after: string;
}

export interface Trend {
	steps: { key: string; name: string }[];
	segments: TrendSegment[];
	breaks: TrendBreak[];
	/** Versions that were answered at the same time as the chosen one, and so are not drawn with it. */
	parallel: string[];
}

/**
 * Puts tables of several methods and chains of versions side by side, one segment each. The chosen one (the first) has all of its
 * steps; the others only those before or after what is drawn already, so that at any time one figure stands.
 */
export function trendOf(tables: readonly IndexTable[]): Trend {
	const placed: { table: IndexTable; rows: IndexRow[] }[] = [];
	const parallel: string[] = [];
	for (const [i, table] of tables.entries()) {
		const shown = table.rows.filter((row) => row.key !== null);
		const rows = shown.filter(({ key }) => placed.every((other) => isOutside(key!, other.rows)));
		if (i === 0 || rows.some(hasPoint)) placed.push({ table, rows });
		else if (shown.some(hasPoint)) parallel.push(table.versionId);
	}
	placed.sort((a, b) => ((a.rows[0]?.key ?? '') < (b.rows[0]?.key ?? '') ? -1 : 1));
	const names = new Map(placed.flatMap(({ rows }) => rows.map(({ key, name }) => [key!, name] as const)));
	const steps = [...names].map(([key, name]) => ({ key, name })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
	const drawn = placed.filter(({ rows }) => rows.length > 0);
	return {
		steps,
		segments: drawn.map(({ table: { method, versionId }, rows }) => ({
			method,
			versionId,
			points: pointsOf(steps, rows)
		})),
		breaks: drawn.slice(1).map(({ table, rows }, i) => {
			const [before, key] = [drawn[i].table, rows[0].key!];
			if (before.method !== table.method)
				return { key, why: 'method', before: before.method, after: table.method } as const;
			return { key, why: 'questionnaire', before: before.versionId, after: table.versionId } as const;
		}),
		parallel
	};
}

/** How far a channel beside the index lies from it, step by step: only steps that both tables have. */
export function gapTrendOf(official: IndexTable, channel: IndexTable, steps: Trend['steps']): GapStep[] {
	const [own, other] = [official, channel].map((table) => new Map(table.rows.map((row) => [row.key, row])));
	return steps.map(({ key, name }) => {
		const [one, two] = [other.get(key), own.get(key)];
		if (!one || !two) return { key, name, gap: null, hollow: true };
		const gap = gapBetween(one, two);
		return { key, name, gap: { ...gap.criteria, sipas: gap.sipas }, hollow: isFew(one) || isFew(two) };
	});
}

export interface GapStep {
	key: string;
	name: string;
	gap: Record<TrendLine, GapCell> | null;
	/** One of the two figures is of fewer than thirty people. */
	hollow: boolean;
}

export function gapPoints(steps: readonly GapStep[], line: TrendLine): (TrendPoint | null)[] {
	return steps.map(({ gap, hollow }) => {
		const cell = gap?.[line];
		return cell && 'value' in cell ? { value: cell.value, low: cell.low, high: cell.high, n: null, hollow } : null;
	});
}

export const cellOfLine = (row: IndexRow, line: TrendLine): Cell =>
	line === 'sipas' ? row.sipas : row.criteria[line as Criterion];

const hasPoint = (row: IndexRow) => TREND_LINES.some((line) => 'value' in cellOfLine(row, line));

function isFew(row: IndexRow): boolean {
	return CRITERIA.some((criterion) => {
		const cell = row.criteria[criterion];
		return 'value' in cell && cell.advisory;
	});
}

function isOutside(key: string, rows: readonly IndexRow[]): boolean {
	return rows.length === 0 || key < rows[0].key! || key > rows.at(-1)!.key!;
}

function pointsOf(steps: Trend['steps'], rows: readonly IndexRow[]): TrendSegment['points'] {
	const byKey = new Map(rows.map((row) => [row.key, row]));
	const of = (line: TrendLine) =>
		steps.map(({ key }) => {
			const row = byKey.get(key);
			const cell = row && cellOfLine(row, line);
			return cell && 'value' in cell
				? { value: cell.value, low: cell.low, high: cell.high, n: cell.n, hollow: cell.advisory }
				: null;
		});
	return { sipas: of('sipas'), TC: of('TC'), HC: of('HC'), PV: of('PV'), KQ: of('KQ'), TT: of('TT') };
}
