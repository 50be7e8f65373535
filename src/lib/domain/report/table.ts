import { compareText, sortByPerson } from '../shared/text.ts';
import { type Channel, CHANNELS, isOfficial } from '../submission/channel.ts';
import { CRITERIA, CRITERION_NAMES, type Criterion } from '../survey/criterion.ts';
import type { QuestionnaireVersion } from '../survey/questionnaire.ts';
import { itemsOf } from './asked.ts';
import { type Cell, criterionCell, indexCell, mapCriteria, WITHHELD } from './cell.ts';
import { type ChannelGap, gapBetween } from './gap.ts';
import { type ItemCounts, respondents } from './counts.ts';
import { type MethodId, otherMethod } from './method.ts';
import { type Targets, targetsOf } from './targets.ts';
import { K, K_OFFICER, totalGivesAway, withhold } from './secrecy.ts';

export type { Cell } from './cell.ts';

/** What the rows of a table are. */
export const DIMENSIONS = [
	...(['officer', 'counter', 'field', 'site', 'channel', 'criterion'] as const),
	...(['version', 'week', 'month'] as const)
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Rows that are steps of time: they have their own order, and nothing stands before them. */
export const isTime = (by: Dimension): by is 'week' | 'month' => by === 'week' || by === 'month';

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
	/** Only of a channel that is not counted: it is in no total and stands beside it, this far away. */
	gap?: ChannelGap;
	/** Only by version: the newest version of those that continue each other. Rows of different series can not be compared. */
	series?: string;
	/** Only of a version of another series than the chosen one: it is in no total and held against none. */
	apart?: true;
}

/** Whether a row stands beside the total instead of in it. */
export const isBeside = ({ gap, apart }: IndexRow) => gap !== undefined || apart === true;

export interface IndexTable {
	method: MethodId;
	by: Dimension;
	/** What the total counts, and every row but those of other channels. */
	channels: readonly Channel[];
	versionId: string;
	from: string;
	to: string;
	/** Percent; what the index is held against. */
	target: number;
	/** The same for every column. */
	targets: Targets;
	rows: IndexRow[];
	total: IndexRow;
}

/** Counts of one item in one row; key null is unattributed. By criterion the key is not looked at. */
export interface CountRow extends ItemCounts {
	key: string | null;
}

export interface TableRequest {
	by: Dimension;
	/** Whose answers `counts` holds; by channel it may hold others too, and they stand beside the total. */
	channels: readonly Channel[];
	version: QuestionnaireVersion;
	method: MethodId;
	/** Percent; of whatever has none of its own in `targets`. */
	target: number;
	targets?: Partial<Targets>;
	/** Local days, both included. */
	from: string;
	to: string;
	counts: readonly CountRow[];
	/** Sheets of each row; by criterion their sum is what counts. */
	sheets: ReadonlyMap<string | null, number>;
	/** Every row to show, with or without answers (a channel only with); a key that is missing is shown by its key. */
	names: ReadonlyMap<string | null, string>;
	/**
	 * Larger k of single rows, e.g. 10 for a counter with one officer. The largest holds for the whole table, since a column of two
	 * kinds of cells could be solved; without any it is 10 by officer, else 5.
	 */
	k?: ReadonlyMap<string | null, number>;
	/** Everything in it is about one officer, the total too. */
	ofOneOfficer?: boolean;
	/** By version: what each row asked, and to which series it belongs; a row that is missing asked what `version` does. */
	series?: ReadonlyMap<string | null, { version: QuestionnaireVersion; series: string }>;
}

const TOTAL_NAME = 'Tổng';

const UNATTRIBUTED: Record<Dimension, string> = {
	officer: 'Chưa gán công chức',
	counter: 'Chưa gán quầy',
	field: 'Chưa gán lĩnh vực',
	site: 'Chưa gán địa điểm',
	channel: 'Chưa rõ kênh',
	criterion: 'Chưa gán tiêu chí',
	version: 'Chưa rõ bộ câu hỏi',
	week: 'Chưa rõ tuần',
	month: 'Chưa rõ tháng'
};

/** The one way a table of the index is drawn, for screens, files and the API: from counts only, withheld before anybody sees it. */
export function drawTable(request: TableRequest): IndexTable {
	if (request.by === 'version') return drawVersions(request);
	if (request.by !== 'channel') return drawCounted(request);
	const isCounted = (key: string | null) => (request.channels as readonly (string | null)[]).includes(key);
	const { counted, beside } = drawBeside(request, isCounted, null);
	const rows = sortRows(request, beside).map((row) => ({ ...row, gap: gapBetween(row, counted.total) }));
	return { ...counted, rows: [...counted.rows, ...rows] };
}

/** The total is of the chosen version and of those that continue it or that it continues; every other version stands by itself. */
function drawVersions(request: TableRequest): IndexTable {
	const seriesOf = (key: string | null) => request.series?.get(key)?.series ?? request.version.id;
	const { counted, beside } = drawBeside(request, (key) => seriesOf(key) === seriesOf(request.version.id));
	const own = counted.rows.map((row) => ({ ...row, series: seriesOf(row.key) }));
	const others = sortRows(request, beside).map((row) => ({ ...row, series: seriesOf(row.key), apart: true as const }));
	return { ...counted, rows: [...own, ...others] };
}

/** The rows that count with their total, and every other row as if it were alone. */
function drawBeside(request: TableRequest, isCounted: (key: string | null) => boolean, against?: null) {
	const others = [...new Set([...request.counts.map(({ key }) => key), ...request.sheets.keys()])].filter(
		(key) => !isCounted(key)
	);
	const alone = (other: string | null) => only(request, (key) => key === other);
	return {
		counted: drawCounted(only(request, isCounted)),
		beside: others.flatMap((other) => drawCounted(alone(other), against === null ? null : undefined).rows)
	};
}

/** The part of a request that these rows are about, as if there were no others: not even what is withheld depends on them. */
function only(request: TableRequest, isKept: (key: string | null) => boolean): TableRequest {
	const kept = <Value>(map: ReadonlyMap<string | null, Value>) => new Map([...map].filter(([key]) => isKept(key)));
	const { counts, sheets, names, k } = request;
	return {
		...request,
		counts: counts.filter(({ key }) => isKept(key)),
		sheets: kept(sheets),
		names: kept(names),
		...(k && { k: kept(k) })
	};
}

/** Whoever scans a poster can answer it: what nobody verified neither meets a target nor misses it. */
const heldAgainst = ({ channels, target, targets }: TableRequest) =>
	channels.every(isOfficial) ? targetsOf(target, targets) : null;

function drawCounted(request: TableRequest, against = heldAgainst(request)): IndexTable {
	const { by, version, method, from, to, channels } = request;
	const targets = targetsOf(request.target, request.targets);
	const open = by === 'criterion' ? [] : openRows(request);
	const all = totalOf(request);
	const k = smallest(request);
	const least = { k, total: request.ofOneOfficer ? K_OFFICER : K };
	const sheets = columnOf(open, all, least, (row) => row.sheets);
	const columns = mapCriteria((criterion) =>
		columnOf(open, all, least, (row) => respondents(row.items[criterion]), sheets.hidden)
	);
	const total = drawRow(
		all,
		request.method,
		against,
		sheets.totalHidden,
		(criterion) => columns[criterion].totalHidden
	);
	const rows = open.map((row) =>
		drawRow(row, request.method, against, sheets.hidden.has(row.key), (criterion) =>
			columns[criterion].hidden.has(row.key)
		)
	);
	if (by === 'criterion') rows.push(...criterionRows(request.method, against, all, total));
	return { method, by, channels, versionId: version.id, from, to, target: targets.SIPAS, targets, rows, total };
}

/** A row before anything is withheld. */
interface OpenRow {
	key: string | null;
	name: string;
	sheets: number;
	items: Record<Criterion, ItemCounts[]>;
}

function openRows(request: TableRequest): OpenRow[] {
	const { by, version, names, counts, sheets, series } = request;
	const byKey = Map.groupBy(counts, ({ key }) => key);
	const keys = [...new Set([...names.keys(), ...byKey.keys(), ...sheets.keys()])];
	const rows = keys
		.map((key) => ({
			key,
			name: names.get(key) ?? key ?? UNATTRIBUTED[by],
			sheets: Math.max(0, sheets.get(key) ?? 0),
			items: itemsOf(byKey.get(key) ?? [], series?.get(key)?.version ?? version)
		}))
		.filter(
			({ key, sheets, items }) =>
				(key !== null && by !== 'channel' && by !== 'version') ||
				sheets > 0 ||
				CRITERIA.some((each) => respondents(items[each]) > 0)
		);
	const named = rows.filter(({ key }) => key !== null);
	return [...sortRows(request, named), ...rows.filter(({ key }) => key === null)];
}

function sortRows<Row extends { key: string | null; name: string }>(
	{ by, series }: TableRequest,
	rows: readonly Row[]
): Row[] {
	if (by === 'officer') return sortByPerson(rows, ({ name }) => name);
	if (isTime(by)) return rows.toSorted((a, b) => (a.key! < b.key! ? -1 : 1));
	// Versions by series, and in the order they followed each other.
	const order: readonly (string | null)[] = by === 'channel' ? CHANNELS : [...(series?.keys() ?? [])];
	const place = ({ key }: Row) => order.indexOf(key);
	return rows.toSorted((a, b) => place(a) - place(b) || compareText(a.name, b.name));
}

function totalOf({ version, counts, sheets }: TableRequest): OpenRow {
	const sum = [...sheets.values()].reduce((before, each) => before + each, 0);
	return { key: null, name: TOTAL_NAME, sheets: sum, items: itemsOf(counts, version) };
}

interface Column {
	hidden: Set<string | null>;
	totalHidden: boolean;
}

/** What one column withholds, its total included. */
function columnOf(
	rows: readonly OpenRow[],
	all: OpenRow,
	least: { k: number; total: number },
	size: (row: OpenRow) => number,
	preferred?: ReadonlySet<string | null>
): Column {
	const cells = rows.map((row) => ({ key: row.key, n: size(row) }));
	const hidden = withhold(cells, least.k, preferred);
	return { hidden, totalHidden: size(all) < least.total || totalGivesAway(cells, hidden, least.k) };
}

function smallest({ by, k, ofOneOfficer }: TableRequest): number {
	return Math.max(by === 'officer' || ofOneOfficer ? K_OFFICER : K, ...(k?.values() ?? []));
}

function drawRow(
	{ key, name, sheets, items }: OpenRow,
	method: MethodId,
	targets: Targets | null,
	sheetsHidden: boolean,
	isHidden: (criterion: Criterion) => boolean
): IndexRow {
	const cellsBy = (how: MethodId) =>
		mapCriteria((criterion) =>
			isHidden(criterion) ? WITHHELD : criterionCell(items[criterion], how, targets?.[criterion] ?? null)
		);
	const criteria = cellsBy(method);
	const sipas = indexCell(criteria, targets?.SIPAS ?? null);
	return {
		key,
		name,
		sheets: sheetsHidden ? null : sheets,
		criteria,
		sipas,
		score: 'withheld' in sipas ? WITHHELD : indexCell(cellsBy(otherMethod(method)), targets?.SIPAS ?? null)
	};
}

function criterionRows(method: MethodId, targets: Targets | null, all: OpenRow, total: IndexRow): IndexRow[] {
	return CRITERIA.map((criterion) => {
		const items = all.items[criterion];
		const cell = total.criteria[criterion];
		const small = 'withheld' in cell;
		return {
			key: criterion,
			name: CRITERION_NAMES[criterion].vi,
			sheets: small ? null : respondents(items),
			criteria: mapCriteria((each) => (each === criterion ? cell : WITHHELD)),
			sipas: cell,
			score: small ? WITHHELD : criterionCell(items, otherMethod(method), targets?.[criterion] ?? null)
		};
	});
}
