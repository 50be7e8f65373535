import { ANCHOR_CHARACTERS } from '../account/chain.ts';
import { formatCount, formatPercent } from '../shared/number.ts';
import { formatDay, formatInstant, localDay } from '../shared/time.ts';
import { UNVERIFIED_WORDS } from '../submission/channel.ts';
import type { NamedBatch } from '../submission/comment/batch.ts';
import { CRITERIA, CRITERION_NAMES, type Criterion } from '../survey/criterion.ts';
import type { Cell } from './cell.ts';
import type { ChangesOfTable } from './change.ts';
import { findingsIn } from './findings.ts';
import { type GapCell, isClear } from './gap.ts';
import { INDEX_NAME, METHOD_NAMES, otherMethod } from './method.ts';
import type { Period } from './period.ts';
import {
	COMMENT_WORDS,
	dateLine,
	HEADINGS,
	type Letterhead,
	methodLines,
	periodName,
	placeOf,
	REPORT_TABLES,
	type ReportBy,
	TABLE_TITLES,
	WORDS
} from './report-words.ts';
import { type CountedParticipation, participationOf } from './report-participation.ts';
import type { ReportSection } from './report-section.ts';
import { sheetsOf, type SheetsOfPeriod } from './report-sheets.ts';
import { workOf, type WorkOfPeriod } from './report-work.ts';
import type { IndexRow, IndexTable } from './table.ts';
import { advisory, ADVISORY_WORDS, VERDICT_WORDS, type Verdict } from './verdict.ts';

/** One figure in the words and digits that paper and screen both print; withheld: only why. */
export type ReportCell =
	| {
			value: string;
			n: string;
			interval: string;
			verdict: Verdict | null;
			/** The verdict in words, and whether the figure is for reference only. */
			says: string;
			/** The same of a figure in a dense table, where a shape says the verdict: its n has a star. */
			few: boolean;
			/** Since the period before, and since a year before; null where there is nothing to compare with. */
			change: string | null;
			yearChange: string | null;
	  }
	| { withheld: string };

export type ShownReportCell = Extract<ReportCell, { value: string }>;

/** A table of one column is spread: what else its cells say has columns of its own. */
export interface ReportTable {
	by: ReportBy | 'criterion';
	title: string;
	note: string | null;
	/** What the rows are. */
	rowHead: string;
	columns: { code: string; name: string }[];
	/** The total stands last. */
	rows: { name: string; sheets: string | null; cells: ReportCell[]; total: boolean }[];
}

/**
 * A report as it is printed, figure by figure and sentence by sentence: the page and the PDF only place it, so that they cannot differ.
 * It is an official document and in Vietnamese for every reader (decision 0039).
 */
export interface Report {
	letterhead: Letterhead;
	title: string;
	subtitle: string;
	/** What somebody must know before they read a figure: a period that goes on, a filter, made-up data. */
	warnings: string[];
	index: { name: string; cell: ReportCell; beside: string | null };
	cover: ReportTable;
	findings: { since: string; sentences: string[] } | null;
	tables: ReportTable[];
	/** What came out in this period; null where nothing did. */
	comments: { title: string; note: string; batches: { head: string; texts: string[] }[]; rest: string | null } | null;
	/** How many answered; null where nobody knows of how many. */
	/** Participation, and what is to be done; where there is something to say. */
	sections: ReportSection[];
	sheets: Omit<ReportSection, 'signs'>;
	method: string[];
	/** At the foot of every page. */
	foot: string;
	audit: string | null;
}

export interface ReportRequest extends SheetsOfPeriod {
	organization: { name: string; above: string | null; demonstration: boolean };
	period: Period;
	/** Instant of the newest figures, milliseconds. */
	asOf: number;
	/** To what it is narrowed, in words. */
	scope: readonly string[];
	/** One a table, all of the same period and channels; the first gives the cover. */
	tables: readonly { table: IndexTable; changes: ChangesOfTable }[];
	/** What came out of the same places in the period. */
	comments: readonly NamedBatch[];
	/** By counter; null where the report is narrowed. */
	participation: CountedParticipation | null;
	/** null where the report is narrowed. */
	work: WorkOfPeriod | null;
	/** The newest line of the log. */
	audit: { seq: number; hash: string } | null;
}

export function drawReport(request: ReportRequest): Report {
	const { organization, period, asOf, tables, audit } = request;
	const [{ table, changes }] = tables;
	const { total } = table;
	const today = localDay(asOf);
	const cellOf = cellIn(total, changes, true);
	const method = methodLines(table, changes);
	const n = 'value' in total.sipas ? sayN(total.sipas.n) : VERDICT_WORDS['not-enough'].vi;
	return {
		letterhead: {
			above: organization.above?.toUpperCase() ?? null,
			organization: organization.name.toUpperCase(),
			placeAndDate: `${placeOf(organization.name)}, ${dateLine(today)}`
		},
		title: WORDS.title,
		subtitle: `${WORDS.subtitle} ${periodName(period)}`,
		warnings: [
			...(organization.demonstration ? [WORDS.demonstration] : []),
			...(request.scope.length > 0 ? [`${WORDS.scope}: ${request.scope.join('; ')}.`] : []),
			...(period.to >= today ? [`${WORDS.goesOn} ${formatInstant(asOf)}.`] : [])
		],
		index: { name: INDEX_NAME.vi, cell: cellOf('SIPAS'), beside: besideOf(table) },
		cover: coverOf(cellOf),
		findings: findingsOfReport(tables),
		tables: tables.map((each) => tableOf(each.table, each.changes)),
		comments: commentsOf(request.comments),
		sections: [participationOf(request.participation), workOf(request.work)].filter((each) => each !== null),
		sheets: sheetsOf(request),
		method,
		foot: [organization.name, periodName(period), table.method, n, `${WORDS.asOf} ${formatInstant(asOf)}`].join(' · '),
		audit: audit && `${WORDS.audit} ${audit.seq} · ${audit.hash.slice(0, ANCHOR_CHARACTERS)}`
	};
}

/** It never breaks between two lines. */
const sayN = (n: number) => `n\u00a0=\u00a0${formatCount(n)}`;

type Column = Criterion | 'SIPAS';
const COLUMNS: readonly Column[] = [...CRITERIA, 'SIPAS'];

const nameOf = (column: Column) => (column === 'SIPAS' ? column : CRITERION_NAMES[column].vi);

const readColumn = <Each>({ criteria, sipas }: { criteria: Record<Criterion, Each>; sipas: Each }, column: Column) =>
	column === 'SIPAS' ? sipas : criteria[column];

function cellIn(row: IndexRow, changes: ChangesOfTable, isTotal: boolean): (column: Column) => ReportCell {
	const moved = (since: ChangesOfTable['before']) => (isTotal ? since?.total : since?.rows.get(row.key));
	const [before, yearBefore] = [moved(changes.before), moved(changes.yearBefore)];
	return (column) =>
		drawCell(
			readColumn(row, column),
			before && readColumn(before, column),
			yearBefore && readColumn(yearBefore, column)
		);
}

function drawCell(cell: Cell, change: GapCell | undefined, yearChange: GapCell | undefined): ReportCell {
	if ('withheld' in cell) return { withheld: VERDICT_WORDS['not-enough'].vi };
	const { value, n, low, high, verdict } = cell;
	const says = [verdict && VERDICT_WORDS[verdict].vi, advisory(n) && ADVISORY_WORDS.vi].filter(Boolean).join(', ');
	return {
		value: formatPercent(value),
		n: sayN(n),
		interval: `${formatPercent(low)} – ${formatPercent(high)}`,
		verdict,
		says: says || UNVERIFIED_WORDS.vi,
		few: advisory(n),
		change: sayChange(change, advisory(n)),
		yearChange: sayChange(yearChange, advisory(n))
	};
}

/** The columns of a table that is spread, with what each says of a figure; a year before only where there is one. */
export function spreadColumns({ rows }: ReportTable): { head: string; text: (cell: ShownReportCell) => string }[] {
	const hasYear = rows.some(({ cells: [cell] }) => 'value' in cell && cell.yearChange !== null);
	return [
		{ head: HEADINGS.value, text: ({ value }) => value },
		{ head: HEADINGS.verdict, text: ({ says }) => says },
		{ head: HEADINGS.interval, text: ({ interval }) => interval },
		{ head: HEADINGS.n, text: ({ n }) => n },
		{ head: HEADINGS.change, text: ({ change }) => change ?? '–' },
		...(hasYear ? [{ head: HEADINGS.yearChange, text: (cell: ShownReportCell) => cell.yearChange ?? '–' }] : [])
	];
}

/** The lines of one figure in a dense table, beneath its value. */
export function denseLines({ interval, n, few, change }: ShownReportCell): string[] {
	return [interval, few ? `${n}*` : n, ...(change ? [change] : [])];
}

/** "▲ 2,10 (rõ)": the direction is a shape, and what may be chance is not called clear. */
function sayChange(change: GapCell | undefined, few: boolean): string | null {
	if (!change || 'withheld' in change) return null;
	const shape = change.value > 0 ? '▲' : change.value < 0 ? '▼' : '=';
	return `${shape} ${formatPercent(Math.abs(change.value))}${!few && isClear(change) ? ` (${WORDS.clear})` : ''}`;
}

function coverOf(cellOf: (column: Column) => ReportCell): ReportTable {
	const rowOf = (code: Column) => ({
		name: nameOf(code),
		sheets: null,
		cells: [cellOf(code)],
		total: code === 'SIPAS'
	});
	return {
		by: 'criterion',
		title: HEADINGS.cover,
		note: null,
		rowHead: WORDS.criterion,
		columns: [{ code: 'value', name: HEADINGS.value }],
		rows: COLUMNS.map(rowOf)
	};
}

function besideOf({ total, method }: IndexTable): string | null {
	if ('withheld' in total.score) return null;
	return `${METHOD_NAMES[otherMethod(method)].vi}: ${formatPercent(total.score.value)}; ${sayN(total.score.n)}`;
}

function findingsOfReport(tables: ReportRequest['tables']): Report['findings'] {
	const compared = tables.flatMap(({ table, changes: { before } }) => (before ? [{ table, changes: before }] : []));
	const [first] = compared;
	if (!first) return null;
	const sentences = findingsIn(compared).map(({ by, key, criterion, points, low, high }) => {
		const table = compared.find((each) => each.table.by === by)!.table;
		const name = key === null ? WORDS.total : table.rows.find((row) => row.key === key)!.name;
		const verb = points < 0 ? WORDS.fell : WORDS.rose;
		const range = `từ ${signed(low)} đến ${signed(high)}`;
		const moved = `${verb} ${formatPercent(Math.abs(points))} điểm ở ${CRITERION_NAMES[criterion].vi}`;
		return `${by === 'counter' && key !== null ? `Quầy ${name}` : name} ${moved} (khoảng tin cậy 95 %: ${range}).`;
	});
	const { from, to } = first.changes;
	return { since: `${WORDS.since} ${formatDay(from)} – ${formatDay(to)}.`, sentences };
}

const signed = (points: number) => (points > 0 ? '+' : '') + formatPercent(points);

/** Officers are compared on the service alone: the other criteria are not about the person. */
function tableOf(table: IndexTable, changes: ChangesOfTable): ReportTable {
	const by = REPORT_TABLES.find((known) => known === table.by)!;
	const columns: readonly Column[] = by === 'officer' ? ['PV'] : COLUMNS;
	return {
		by,
		title: TABLE_TITLES[by].title,
		note: by === 'officer' ? WORDS.officers : null,
		rowHead: TABLE_TITLES[by].row,
		columns: columns.map((code) => ({ code, name: nameOf(code) })),
		rows: [...table.rows, table.total].map((row) => ({
			name: row === table.total ? WORDS.total : row.name,
			sheets: row.sheets === null ? WORDS.fewSheets : `${formatCount(row.sheets)} phiếu`,
			cells: columns.map(cellIn(row, changes, row === table.total)),
			total: row === table.total
		}))
	};
}

/** How many a report holds; the page of comments has all. */
const MOST_COMMENTS = 15;

/** As they came out, without those that go to the head: paper lies about. */
function commentsOf(batches: readonly NamedBatch[]): Report['comments'] {
	let left = MOST_COMMENTS;
	let rest = 0;
	const shown = batches.flatMap(({ places, comments }) => {
		const texts = comments.filter(({ text, toHead }) => text !== '' && !toHead).map(({ text }) => text);
		const taken = texts.slice(0, left);
		left -= taken.length;
		rest += texts.length - taken.length;
		return taken.length > 0 ? [{ head: places.join(' · ') || WORDS.total, texts: taken }] : [];
	});
	if (shown.length === 0) return null;
	const { title, note, more } = COMMENT_WORDS;
	return { title, note, batches: shown, rest: rest > 0 ? more(formatCount(rest)) : null };
}
