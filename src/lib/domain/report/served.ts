import { readDay, sameText, textOf } from '../place/import/cell.ts';

/** How many a counter served on a day, as the one-stop shop says; officer '' where it does not say who. */
export interface ServedLine {
	day: string;
	counterId: string;
	officerId: string;
	served: number;
}

export const SERVED_PROBLEMS = [
	'columns',
	'day',
	'day_future',
	'counter',
	'counter_ambiguous',
	'officer',
	'officer_ambiguous',
	'served',
	'twice'
] as const;
export type ServedProblemCode = (typeof SERVED_PROBLEMS)[number];

export interface ServedProblem {
	/** As the spreadsheet numbers it: the first line is 1. */
	row: number;
	code: ServedProblemCode;
	/** What stands there. */
	text: string;
}

export interface ServedPlaces {
	counters: readonly { id: string; number: string }[];
	officers: readonly { id: string; code: string; name: string }[];
	today: string;
}

/** More than anybody serves at a counter in a day. */
const MOST = 2000;
const SHOWN = 40;

/**
 * Reads an export of the one-stop shop: day, number of the counter, code or name of the officer (may be left out), how many were served;
 * separated by semicolons, commas or tabs, a heading or none. Every line that makes no sense is named, and then nothing is to be kept.
 */
export function readServed(text: string, places: ServedPlaces): { lines: ServedLine[]; problems: ServedProblem[] } {
	const lines: ServedLine[] = [];
	const problems: ServedProblem[] = [];
	const seen = new Set<string>();
	for (const [i, written] of text
		.replace(/^\uFEFF/, '')
		.split(/\r?\n/)
		.entries()) {
		if (written.trim() === '') continue;
		const cells = cellsOf(written);
		if (i === 0 && isHeading(cells)) continue;
		const read = readLine(cells, places);
		const key = typeof read === 'string' ? '' : `${read.day} ${read.counterId} ${read.officerId}`;
		const code = typeof read === 'string' ? read : seen.has(key) ? 'twice' : null;
		if (code) problems.push({ row: i + 1, code, text: textOf(written).slice(0, SHOWN) });
		else lines.push(read as ServedLine);
		seen.add(key);
	}
	return { lines, problems };
}

/** The separator of the line itself: a tab, else a semicolon, else a comma. */
function cellsOf(line: string): string[] {
	const separator = ['\t', ';'].find((each) => line.includes(each)) ?? ',';
	return line.split(separator).map((cell) => textOf(cell.trim().replace(/^"(.*)"$/, '$1')));
}

const isHeading = (cells: readonly string[]) => readDay(cells[0] ?? '') === null && !/^\d+$/.test(cells.at(-1) ?? '');

function readLine(cells: readonly string[], places: ServedPlaces): ServedLine | ServedProblemCode {
	if (cells.length !== 3 && cells.length !== 4) return 'columns';
	const [written, number, officer, count] = cells.length === 3 ? [cells[0], cells[1], '', cells[2]] : cells;
	const day = readDay(written!);
	if (day === null) return 'day';
	if (day > places.today) return 'day_future';
	const counters = places.counters.filter((counter) => sameText(counter.number) === sameText(number!));
	if (counters.length !== 1) return counters.length === 0 ? 'counter' : 'counter_ambiguous';
	const officers = officer === '' ? null : findOfficers(officer!, places);
	if (officers && officers.length !== 1) return officers.length === 0 ? 'officer' : 'officer_ambiguous';
	if (!/^\d{1,5}$/.test(count!) || Number(count) > MOST) return 'served';
	return { day, counterId: counters[0].id, officerId: officers?.[0].id ?? '', served: Number(count) };
}

/** By code where one has it, else by name. */
function findOfficers(text: string, { officers }: ServedPlaces) {
	const coded = officers.filter(({ code }) => code !== '' && sameText(code) === sameText(text));
	return coded.length > 0 ? coded : officers.filter(({ name }) => sameText(name) === sameText(text));
}
