import { compareText, sortByPerson } from '../shared/text.ts';
import { type Channel, CHANNELS, isOfficial } from '../submission/channel.ts';
import { CRITERIA, CRITERION_NAMES, type Criterion } from '../survey/criterion.ts';
import type { QuestionnaireVersion } from '../survey/questionnaire.ts';
import { type Cell, criterionCell, indexCell, mapCriteria, WITHHELD } from './cell.ts';
import { type ChannelGap, gapBetween } from './gap.ts';
import { type ItemCounts, mergeByItem, respondents } from './counts.ts';
import { type MethodId, otherMethod } from './method.ts';
import { type Targets, targetsOf } from './targets.ts';
import { K, K_OFFICER, totalGivesAway, withhold } from './secrecy.ts';

export type { Cell } from './cell.ts';

/** What the rows of a table are. */
export const DIMENSIONS = ['officer', 'counter', 'field', 'site', 'channel', 'criterion', 'week', 'month'] as const;
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
}

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
}

const TOTAL_NAME = 'Tổng';

const UNATTRIBUTED: Record<Dimension, string> = {
	officer: 'Chưa gán công chức',
	counter: 'Chưa gán quầy',
	field: 'Chưa gán lĩnh vực',
	site: 'Chưa gán địa điểm',
	channel: 'Chưa rõ kênh',
	criterion: 'Chưa gán tiêu chí',
	week: 'Chưa rõ tuần',
	month: 'Chưa rõ tháng'
};

/** The one way a table of the index is drawn, for screens, files and the API: from counts only, withheld before anybody sees it. */
export function drawTable(request: TableRequest): IndexTable {
	if (request.by !== 'channel') return drawCounted(request);
	const isCounted = (key: string | null) => (request.channels as readonly (string | null)[]).includes(key);
	const counted = drawCounted(only(request, isCounted));
	const others = [...new Set([...request.counts.map(({ key }) => key), ...request.sheets.keys()])].filter(
		(key) => !isCounted(key)
	);
	const beside = others.flatMap(
		(other) =>
			drawCounted(
				only(request, (key) => key === other),
				null
			).rows
	);
	const rows = sortRows('channel', beside).map((row) => ({ ...row, gap: gapBetween(row, counted.total) }));
	return { ...counted, rows: [...counted.rows, ...rows] };
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

function openRows({ by, version, names, counts, sheets }: TableRequest): OpenRow[] {
	const byKey = Map.groupBy(counts, ({ key }) => key);
	const keys = [...new Set([...names.keys(), ...byKey.keys(), ...sheets.keys()])];
	const rows = keys
		.map((key) => ({
			key,
			name: names.get(key) ?? key ?? UNATTRIBUTED[by],
			sheets: Math.max(0, sheets.get(key) ?? 0),
			items: itemsOf(byKey.get(key) ?? [], version)
		}))
		.filter(
			({ key, sheets, items }) =>
				(key !== null && by !== 'channel') || sheets > 0 || CRITERIA.some((each) => respondents(items[each]) > 0)
		);
	const named = rows.filter(({ key }) => key !== null);
	return [...sortRows(by, named), ...rows.filter(({ key }) => key === null)];
}

function sortRows<Row extends { key: string | null; name: string }>(by: Dimension, rows: readonly Row[]): Row[] {
	if (by === 'officer') return sortByPerson(rows, ({ name }) => name);
	if (isTime(by)) return rows.toSorted((a, b) => (a.key! < b.key! ? -1 : 1));
	const place = ({ key }: Row) => (by === 'channel' ? CHANNELS.indexOf(key as Channel) : 0);
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

/**
 * The counts of the version's items by criterion. A correction of a day before the period can leave less than nothing of one
 * answer inside it; that is nothing.
 */
function itemsOf(counts: readonly ItemCounts[], version: QuestionnaireVersion): Record<Criterion, ItemCounts[]> {
	const criterionOf = new Map(version.items.map(({ id, criterion }) => [id, criterion]));
	const items = mapCriteria<ItemCounts[]>(() => []);
	for (const { itemId, n, notApplicable } of mergeByItem(counts)) {
		const criterion = criterionOf.get(itemId);
		if (!criterion) continue; // of another version, or part of no criterion
		const [n1, n2, n3, n4, n5] = n.map((each) => Math.max(0, each)) as ItemCounts['n'];
		items[criterion].push({ itemId, n: [n1, n2, n3, n4, n5], notApplicable });
	}
	return items;
}
