import { clean } from '../../shared/text.ts';
import { searchKey } from '../../shared/list.ts';
import { isLocalDay } from '../../shared/time.ts';

/** What is wrong with one cell, or with one row where the column is null. */
export interface CellProblem {
	/** As the spreadsheet numbers it: the first row of the file is 1. */
	row: number;
	column: string | null;
	code: CellProblemCode;
	/** What stands in the cell, cut. */
	text: string;
	/** What stands in its way, in words. */
	other?: string;
}

export type CellProblemCode =
	| 'required'
	| 'formula'
	| 'too-long'
	| 'unreadable'
	| 'quotes'
	| 'code-twice'
	| 'name-twice'
	| 'name-ambiguous'
	| 'officer-twice'
	| 'site-required'
	| 'site-unknown'
	| 'counter-twice'
	| 'counter-unknown'
	| 'counter-ambiguous'
	| 'field-unknown'
	| 'number-malformed'
	| 'officer-unknown'
	| 'officer-ambiguous'
	| 'officer-away'
	| 'day-malformed'
	| 'day-past'
	| 'day-far'
	| 'session-malformed'
	| 'session-required'
	| 'time-malformed'
	| 'interval-empty'
	| 'site-closed'
	| 'row-twice'
	| 'counter-taken'
	| 'officer-elsewhere'
	| 'day-crowded';

/** One row of the file: its number, and what stands under our columns, unchanged. */
export interface SheetRow {
	row: number;
	cells: Readonly<Record<string, string>>;
}

/** What importing a row would do. */
export type RowState = 'new' | 'unchanged' | 'changed' | 'wrong';

export interface CheckedRow<Change> extends SheetRow {
	state: RowState;
	/** What to write; null where nothing is to be. */
	change: Change | null;
}

export interface Checked<Change> {
	rows: CheckedRow<Change>[];
	problems: CellProblem[];
}

const SHOWN_CHARACTERS = 80;

/** A cell as a message shows it: on one line, at most 80 characters. */
export function excerpt(text: string): string {
	const all = [...clean(text).replace(/\s+/g, ' ')];
	return all.length <= SHOWN_CHARACTERS ? all.join('') : `${all.slice(0, SHOWN_CHARACTERS - 1).join('')}…`;
}

/** A cell's text as it is stored; a lone dash is how people leave a cell empty. */
export function textOf(cell: string | undefined): string {
	const text = clean(cell ?? '').replace(/\s+/g, ' ');
	return /^[-–—]$/.test(text) ? '' : text;
}

/**
 * Whether a spreadsheet would take the text for a formula when it is exported again (CSV injection); '＝' counts like '='. A tab or
 * line end in front is how the check of some programs is got round.
 */
export function isFormula(cell: string): boolean {
	if (/^[\p{L}\p{N}]/u.test(cell)) return false;
	if (/^[ \u00a0]*[\t\r\n]/.test(cell) && cell.trim() !== '') return true;
	const text = textOf(cell);
	return /^[=+\-@]/.test([...text][0]?.normalize('NFKC') ?? '');
}

/** What is wrong with a text that is shown as it stands; null where nothing is. */
export function faultOf(cell: string | undefined, longest: number): 'formula' | 'too-long' | 'unreadable' | null {
	if (cell === undefined) return null;
	if (isFormula(cell)) return 'formula';
	if (cell.includes('\ufffd')) return 'unreadable';
	return cell.length > longest && [...textOf(cell)].length > longest ? 'too-long' : null;
}

/** How two texts are compared that people wrote: spaces and case aside, marks not. */
export const sameText = (text: string) => textOf(text).toLowerCase();

/** '2026-11-23' from '23/11/2026', '23-11-2026', '23.11.2026' or ISO; a time of midnight behind it is a spreadsheet's doing. */
export function readDay(text: string): string | null {
	const day = textOf(text).replace(/[T ]0?0:00(:00)?$/, '');
	const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(day);
	const iso = parts ? `${parts[3]}-${parts[2].padStart(2, '0')}-${parts[1].padStart(2, '0')}` : day;
	return isLocalDay(iso) ? iso : null;
}

/** '07:30' from '7:30', '7h30', '7h', '7 giờ 30', '07:30:00'. */
export function readClock(text: string): string | null {
	const parts = /^(\d{1,2}) ?(?:[:h.]|gio) ?(\d{2})?(?::00)?$/.exec(searchKey(textOf(text)));
	if (!parts) return null;
	const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? 0)];
	if (hour > 23 || minute > 59) return null;
	return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export type HalfDay = 'morning' | 'afternoon' | 'day';

const HALF_DAYS: Record<HalfDay, readonly string[]> = {
	morning: ['sang', 'buoi sang', 's', 'ca sang', 'morning', 'am'],
	afternoon: ['chieu', 'buoi chieu', 'c', 'ca chieu', 'afternoon', 'pm'],
	day: ['ca ngay', 'ngay', 'sang chieu', 'sang, chieu', 's, c', 'sc', 'full day', 'all day', 'day']
};

export function readHalfDay(text: string): HalfDay | null {
	const said = searchKey(textOf(text));
	return (Object.keys(HALF_DAYS) as HalfDay[]).find((half) => HALF_DAYS[half].includes(said)) ?? null;
}

/** '07:30–11:30' written into one cell. */
export function readInterval(text: string): [string, string] | null {
	const parts = textOf(text).split(/ ?(?:-|–|—|đến) ?/);
	if (parts.length !== 2) return null;
	const [from, until] = parts.map(readClock);
	return from && until ? [from, until] : null;
}
