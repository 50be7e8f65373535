import { excerpt, textOf } from '../../place/import/cell.ts';
import { clean } from '../../shared/text.ts';
import { localDay } from '../../shared/time.ts';
import { COMMENT_CHARACTERS } from '../sheet.ts';
import type { PreparedMap } from './columns.ts';
import { readMoment, type DateFormat } from './moment.ts';
import { placeFinder, type FoundPlace, type KnownPlaces, type PlaceProblem } from './places.ts';
import { cellKey, isAnswer, type PointReading } from './points.ts';
import type { Score } from '../../survey/scale.ts';

export type AnswerProblemCode =
	| PlaceProblem
	| 'id-required'
	| 'id-too-long'
	| 'id-twice'
	| 'date-required'
	| 'date-malformed'
	| 'date-future'
	| 'date-early'
	| 'value-unknown'
	| 'value-range'
	| 'reason-unknown'
	| 'reasons-many'
	| 'comment-too-long'
	| 'unreadable'
	| 'quotes';

/** What is wrong with one cell, or with the row where the column is null. */
export interface AnswerProblem {
	/** As the spreadsheet numbers it. */
	row: number;
	/** The column's place, from 0. */
	column: number | null;
	code: AnswerProblemCode;
	/** What stands in the cell, cut. */
	text: string;
	/** What stands in its way: another row. */
	other?: string;
}

/** What one row of the file becomes. */
export interface ForeignSheet {
	row: number;
	/** What the file calls it. */
	sourceId: string;
	at: number;
	place: FoundPlace;
	answers: { itemId: string; value: Score | null }[];
	reasons: string[];
	comment: string | null;
}

/** How often a text stands in the columns of the items, and what it is read as. */
export interface ValueRead {
	text: string;
	reading: PointReading;
	cells: number;
}

/** The first problems are shown; all are counted. */
export const SHOWN_PROBLEMS = 100;
const LONGEST_ID = 200;
const FIRST_DAY = '2000-01-01';
const MOST_REASONS = 20;
const MOST_VALUES = 60;
/** Days repeat; times to the second do not. */
const REMEMBERED = 5000;

/** Reads the rows of one file, one after the other; what they have in common is counted beside them. */
export class AnswerReader {
	/** The first of them, in the order of the file. */
	readonly problems: AnswerProblem[] = [];
	problemCount = 0;
	wrongRows = 0;
	/** Rows that answer nothing: no sheets, left out and counted. */
	emptyRows = 0;
	readonly #prepared: PreparedMap;
	readonly #findPlace: ReturnType<typeof placeFinder>;
	readonly #today: string;
	readonly #rowOfId = new Map<string, number>();
	/** Of each item's column, what stands in its cells; few texts, over and over. */
	readonly #values: Map<string, ValueRead>[];
	readonly #moments = new Map<string, number | null>();

	constructor(prepared: PreparedMap, known: KnownPlaces, today: string) {
		this.#prepared = prepared;
		this.#findPlace = placeFinder(known);
		this.#today = today;
		this.#values = prepared.items.map(() => new Map<string, ValueRead>());
	}

	/** What the item columns hold, the most frequent first; at most 60 different texts. */
	get values(): ValueRead[] {
		const all = this.#values.flatMap((values) => [...values.values()]);
		const together = [...Map.groupBy(all, ({ text, reading }) => `${String(reading)} ${text}`).values()];
		return together
			.map((same) => ({ ...same[0], cells: same.reduce((sum, { cells }) => sum + cells, 0) }))
			.sort((a, b) => b.cells - a.cells)
			.slice(0, MOST_VALUES);
	}

	/** null where the row is wrong or answers nothing. */
	read(row: number, cells: readonly string[]): ForeignSheet | null {
		const before = this.problemCount;
		const answers = this.#readAnswers(row, cells);
		if (answers.length === 0 && this.problemCount === before) {
			this.emptyRows++;
			return null;
		}
		const sourceId = this.#readId(row, cells);
		const at = this.#readAt(row, cells);
		const { places } = this.#prepared;
		const said = Object.fromEntries(Object.entries(places).map(([place, column]) => [place, cells[column] ?? '']));
		const place = this.#findPlace(said, (column, code) => this.#say(row, places[column] ?? null, code, cells));
		const reasons = this.#readReasons(row, cells);
		const comment = this.#readComment(row, cells);
		if (this.problemCount > before) {
			this.wrongRows++;
			return null;
		}
		return { row, sourceId, at, place, answers, reasons, comment };
	}

	/** Something is wrong with the file from this row on. */
	refuse(row: number, code: AnswerProblemCode) {
		this.#say(row, null, code, []);
		this.wrongRows++;
	}

	#say(row: number, column: number | null, code: AnswerProblemCode, cells: readonly string[], other?: string) {
		this.problemCount++;
		if (this.problems.length >= SHOWN_PROBLEMS) return;
		this.problems.push({ row, column, code, text: column === null ? '' : excerpt(cells[column] ?? ''), other });
	}

	#readAnswers(row: number, cells: readonly string[]): ForeignSheet['answers'] {
		const answers: ForeignSheet['answers'] = [];
		for (const [i, { item, column, read }] of this.#prepared.items.entries()) {
			const cell = cells[column] ?? '';
			const reading = read(cell);
			if (reading === 'blank') continue;
			this.#note(i, cell, reading);
			if (isAnswer(reading)) answers.push({ itemId: item.id, value: reading });
			else this.#say(row, column, reading, cells);
		}
		// Somebody to whom nothing applied has rated nothing.
		return answers.some(({ value }) => value !== null) ? answers : [];
	}

	#note(item: number, cell: string, reading: PointReading) {
		const values = this.#values[item];
		const known = values.get(cell);
		if (known) known.cells++;
		else if (values.size < MOST_VALUES) values.set(cell, { text: excerpt(cell), reading, cells: 1 });
	}

	#readId(row: number, cells: readonly string[]): string {
		const { id } = this.#prepared;
		const sourceId = textOf(cells[id]);
		if (sourceId === '') this.#say(row, id, 'id-required', cells);
		else if (sourceId.length > LONGEST_ID) this.#say(row, id, 'id-too-long', cells);
		else if (sourceId.includes('\ufffd')) this.#say(row, id, 'unreadable', cells);
		else {
			const first = this.#rowOfId.get(sourceId);
			if (first === undefined) this.#rowOfId.set(sourceId, row);
			else this.#say(row, id, 'id-twice', cells, String(first));
		}
		return sourceId;
	}

	#readAt(row: number, cells: readonly string[]): number {
		const { date, map } = this.#prepared;
		const at = this.#momentOf(cells[date] ?? '', map.date.format);
		const day = at === null ? '' : localDay(at);
		if (at === null) this.#say(row, date, textOf(cells[date]) === '' ? 'date-required' : 'date-malformed', cells);
		else if (day > this.#today) this.#say(row, date, 'date-future', cells);
		else if (day < FIRST_DAY) this.#say(row, date, 'date-early', cells);
		return at ?? 0;
	}

	#momentOf(cell: string, format: DateFormat): number | null {
		let at = this.#moments.get(cell);
		if (at === undefined) {
			at = readMoment(cell, format);
			if (this.#moments.size < REMEMBERED) this.#moments.set(cell, at);
		}
		return at;
	}

	#readReasons(row: number, cells: readonly string[]): string[] {
		const { reasons } = this.#prepared;
		const cell = reasons === null ? '' : clean(cells[reasons.column] ?? '');
		if (reasons === null || cell === '') return [];
		const { codeOf, column } = reasons;
		const codes = new Set<string>();
		for (const part of partsOf(cell, codeOf)) {
			const code = codeOf.get(cellKey(part));
			if (code === undefined) this.#say(row, column, 'reason-unknown', cells, excerpt(part));
			else codes.add(code);
		}
		if (codes.size > MOST_REASONS) this.#say(row, column, 'reasons-many', cells);
		return [...codes];
	}

	#readComment(row: number, cells: readonly string[]): string | null {
		const { comment: column } = this.#prepared;
		if (column === null) return null;
		const comment = clean(cells[column] ?? '');
		if (comment.length > COMMENT_CHARACTERS) this.#say(row, column, 'comment-too-long', cells);
		if (comment.includes('\ufffd')) this.#say(row, column, 'unreadable', cells);
		return comment || null;
	}
}

/** Several reasons in one cell, between semicolons, bars or line ends; a reason's own text may hold a comma. */
function partsOf(cell: string, known: ReadonlyMap<string, string>): string[] {
	return cell
		.split(/[;|\n]/)
		.flatMap((part) => (known.has(cellKey(part)) ? [part] : part.split(',')))
		.map((part) => part.trim())
		.filter((part) => part !== '');
}
