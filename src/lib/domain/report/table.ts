import { compareNames, compareText } from '../shared/text.ts';
import { toHundredths, toPercent } from '../shared/number.ts';
import { CRITERIA, CRITERION_NAMES, type Criterion } from '../survey/criterion.ts';
import type { QuestionnaireVersion } from '../survey/questionnaire.ts';
import { type ItemCounts, mergeByItem, respondents } from './counts.ts';
import { criterionInterval, type Estimate, meanInterval } from './interval.ts';
import { type MethodId, otherMethod } from './method.ts';
import { criterionScore, indexOf } from './score.ts';
import { K, K_OFFICER, withhold } from './secrecy.ts';
import { advisory, type Verdict, verdict } from './verdict.ts';

/** What the rows of a table are. */
export const DIMENSIONS = ['officer', 'counter', 'field', 'site', 'channel', 'criterion'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Percentages with two decimals. Withheld: too few respondents, or it would give away who has too few. */
export type Cell =
	{ value: number; n: number; low: number; high: number; verdict: Verdict; advisory: boolean } | { withheld: 'small' };

/**
 * One line of a table. `sheets` is null where it is withheld. `sipas` is the index by the table's method and `score` by the
 * other; in a line of one criterion they are that criterion by the two methods, and only its own column is filled.
 */
export interface IndexRow {
	key: string | null;
	name: string;
	sheets: number | null;
	criteria: Record<Criterion, Cell>;
	sipas: Cell;
	score: Cell;
}

export interface IndexTable {
	method: MethodId;
	by: Dimension;
	versionId: string;
	from: string;
	to: string;
	/** Percent. */
	target: number;
	rows: IndexRow[];
	total: IndexRow;
}

/** Counts of one item in one row; key null is unattributed. By criterion the key is not looked at. */
export interface CountRow extends ItemCounts {
	key: string | null;
}

export interface TableRequest {
	by: Dimension;
	version: QuestionnaireVersion;
	method: MethodId;
	/** Percent. */
	target: number;
	/** Local days, both included. */
	from: string;
	to: string;
	counts: readonly CountRow[];
	/** Sheets of each row; by criterion their sum is what counts. */
	sheets: ReadonlyMap<string | null, number>;
	/** Every row to show, with or without answers; a key that is missing is shown by its key. */
	names: ReadonlyMap<string | null, string>;
	/** Smallest number of respondents of single rows, e.g. 10 for a counter with one officer; else 10 for officers, 5 for others. */
	k?: ReadonlyMap<string | null, number>;
}

const WITHHELD: Cell = { withheld: 'small' };

const UNATTRIBUTED: Record<Dimension, string> = {
	officer: 'Chưa gán công chức',
	counter: 'Chưa gán quầy',
	field: 'Chưa gán lĩnh vực',
	site: 'Chưa gán địa điểm',
	channel: 'Chưa rõ kênh',
	criterion: 'Chưa gán tiêu chí'
};

/** The one way a table of the index is drawn, for screens, files and the API: from counts only, withheld before anybody sees it. */
export function drawTable(request: TableRequest): IndexTable {
	const { by, version, method, from, to, target } = request;
	const total = drawTotal(request);
	const rows = by === 'criterion' ? criterionRows(request, total) : drawRows(request);
	return { method, by, versionId: version.id, from, to, target, rows, total: total.row };
}

/** A row before anything is withheld. */
interface OpenRow {
	key: string | null;
	name: string;
	k: number;
	sheets: number;
	counts: ItemCounts[];
}

function drawRows(request: TableRequest): IndexRow[] {
	const rows = openRows(request);
	const sheetsHidden = hiddenIn(rows, ({ sheets }) => sheets);
	const hidden = Object.fromEntries(
		CRITERIA.map((criterion) => [
			criterion,
			hiddenIn(rows, (row) => respondents(itemsOf(row.counts, request.version, criterion)), sheetsHidden)
		])
	) as Record<Criterion, Set<string | null>>;
	return rows.map((row) => ({
		key: row.key,
		name: row.name,
		sheets: sheetsHidden.has(row.key) ? null : row.sheets,
		...drawCells(row.counts, request, (criterion) => hidden[criterion].has(row.key))
	}));
}

function hiddenIn(rows: readonly OpenRow[], size: (row: OpenRow) => number, preferred?: ReadonlySet<string | null>) {
	return withhold(
		rows.map((row) => ({ key: row.key, n: size(row), k: row.k })),
		K,
		preferred
	);
}

function openRows(request: TableRequest): OpenRow[] {
	const { by, names, counts, sheets } = request;
	const byKey = Map.groupBy(counts, ({ key }) => key);
	const keys = [...new Set([...names.keys(), ...byKey.keys(), ...sheets.keys()])];
	const compare = by === 'officer' ? compareNames : compareText;
	return keys
		.map((key) => ({
			key,
			name: names.get(key) ?? key ?? UNATTRIBUTED[by],
			k: smallest(request, key),
			sheets: sheets.get(key) ?? 0,
			counts: mergeByItem(byKey.get(key) ?? [])
		}))
		.filter((row) => row.key !== null || row.sheets > 0 || respondents(row.counts) > 0)
		.sort((a, b) => Number(a.key === null) - Number(b.key === null) || compare(a.name, b.name));
}

function smallest({ by, k }: TableRequest, key: string | null): number {
	return k?.get(key) ?? (by === 'officer' && key !== null ? K_OFFICER : K);
}

interface Total {
	row: IndexRow;
	counts: ItemCounts[];
}

/** The total shows all sheets, so it is as secret as its only row where it has only one. */
function drawTotal(request: TableRequest): Total {
	const counts = mergeByItem(request.counts);
	const sheets = [...request.sheets.values()].reduce((sum, each) => sum + each, 0);
	const filled = request.by === 'criterion' ? [] : openRows(request).filter((row) => row.sheets > 0);
	const k = filled.length === 1 && filled[0] ? filled[0].k : K;
	const small = (criterion: Criterion) => respondents(itemsOf(counts, request.version, criterion)) < k;
	const row = { key: null, name: 'Tổng', sheets: sheets < k ? null : sheets, ...drawCells(counts, request, small) };
	return { row, counts };
}

function criterionRows(request: TableRequest, total: Total): IndexRow[] {
	const other = { ...request, method: otherMethod(request.method) };
	return CRITERIA.map((criterion) => {
		const items = itemsOf(total.counts, request.version, criterion);
		const small = 'withheld' in total.row.criteria[criterion];
		return {
			key: criterion,
			name: CRITERION_NAMES[criterion].vi,
			sheets: small ? null : respondents(items),
			criteria: {
				TC: WITHHELD,
				HC: WITHHELD,
				PV: WITHHELD,
				KQ: WITHHELD,
				TT: WITHHELD,
				[criterion]: total.row.criteria[criterion]
			},
			sipas: total.row.criteria[criterion],
			score: small ? WITHHELD : criterionCell(items, other)
		};
	});
}

function drawCells(counts: readonly ItemCounts[], request: TableRequest, isHidden: (criterion: Criterion) => boolean) {
	const cells = (method: MethodId) =>
		Object.fromEntries(
			CRITERIA.map((criterion) => [
				criterion,
				isHidden(criterion)
					? WITHHELD
					: criterionCell(itemsOf(counts, request.version, criterion), { ...request, method })
			])
		) as Record<Criterion, Cell>;
	const criteria = cells(request.method);
	return {
		criteria,
		sipas: indexCell(criteria, request.target),
		score: indexCell(cells(otherMethod(request.method)), request.target)
	};
}

function criterionCell(
	items: readonly ItemCounts[],
	{ method, target }: Pick<TableRequest, 'method' | 'target'>
): Cell {
	const value = criterionScore(items, method);
	const interval = criterionInterval(items, method);
	if (value === null || interval === null) return WITHHELD;
	return shown({ value, ...interval }, respondents(items), target);
}

/** The index of five shown criteria; its n is that of the least answered one. With a criterion withheld it would give it away. */
function indexCell(criteria: Record<Criterion, Cell>, target: number): Cell {
	const estimates: Estimate[] = [];
	let n = Infinity;
	for (const criterion of CRITERIA) {
		const cell = criteria[criterion];
		if ('withheld' in cell) return WITHHELD;
		estimates.push({ value: toHundredths(cell.value), low: toHundredths(cell.low), high: toHundredths(cell.high) });
		n = Math.min(n, cell.n);
	}
	const scores = Object.fromEntries(CRITERIA.map((criterion, index) => [criterion, estimates[index]?.value ?? null]));
	const value = indexOf(scores as Record<Criterion, number | null>);
	const interval = meanInterval(estimates);
	return value === null || interval === null ? WITHHELD : shown({ value, ...interval }, n, target);
}

function shown({ value, low, high }: Estimate, n: number, target: number): Cell {
	return {
		value: toPercent(value),
		n,
		low: toPercent(low),
		high: toPercent(high),
		verdict: verdict({ low, high }, n, toHundredths(target)),
		advisory: advisory(n)
	};
}

function itemsOf(counts: readonly ItemCounts[], version: QuestionnaireVersion, criterion: Criterion): ItemCounts[] {
	const ids = new Set(version.items.filter((item) => item.criterion === criterion).map(({ id }) => id));
	return counts.filter(({ itemId }) => ids.has(itemId));
}
