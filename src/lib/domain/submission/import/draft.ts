import type { Score } from '../../survey/scale.ts';
import { headingKey } from './columns.ts';
import { columnOf, type ColumnName, type WrittenMap } from './map.ts';
import { DATE_FORMATS, type DateFormat } from './moment.ts';

/** A map while somebody makes it: what only a person can say may still be missing. `parseMap` of its JSON says what. */
export type MapDraft = Omit<Partial<WrittenMap>, 'date' | 'items'> & {
	date: { column?: ColumnName; format?: DateFormat };
	items: WrittenMap['items'];
};

/** Columns of which a file has one or none, in the order the page asks for them. */
export const SINGLE_COLUMNS = ['site', 'counter', 'field', 'officer', 'comment'] as const;

/** How a map names a column: by its heading where that says which, so that the map fits the next file too; else by its number. */
export function columnName(headings: readonly string[], place: number): ColumnName {
	const key = headingKey(headings[place] ?? '');
	const unique = key !== '' && headings.filter((heading) => headingKey(heading) === key).length === 1;
	return unique && headings[place].length <= 500 ? headings[place] : place + 1;
}

/** The column's number as the form writes it; '' where the file has none of that name. */
export function columnNumber(headings: readonly string[], name: ColumnName | undefined): string {
	if (typeof name === 'number') return name <= headings.length ? String(name) : '';
	const place = name === undefined ? -1 : headings.findIndex((heading) => headingKey(heading) === headingKey(name));
	return place < 0 ? '' : String(place + 1);
}

/** What somebody has chosen in the form of columns; what the form does not ask for stays as it was. */
export function draftFromForm(
	said: (name: string) => string | null,
	before: MapDraft,
	{ headings, itemIds }: { headings: readonly string[]; itemIds: readonly string[] }
): MapDraft {
	const chosen = (name: string): ColumnName | undefined => {
		const number = Number.parseInt(said(name) ?? '', 10);
		return number >= 1 && number <= headings.length ? columnName(headings, number - 1) : undefined;
	};
	const items: MapDraft['items'] = {};
	for (const itemId of itemIds) {
		const column = chosen(`item-${itemId}`);
		const own = Object.hasOwn(before.items, itemId) ? before.items[itemId] : undefined;
		if (column !== undefined) items[itemId] = typeof own === 'object' ? { ...own, column } : column;
	}
	const reasons = chosen('reasons');
	const draft: MapDraft = {
		...before,
		source: (said('source') ?? '').trim().slice(0, 120) || undefined,
		id: chosen('id'),
		date: { column: chosen('date'), format: DATE_FORMATS.find((format) => format === said('format')) },
		items,
		reasons: reasons === undefined ? undefined : { ...before.reasons, column: reasons },
		scale: {
			...before.scale,
			from: figure(said('from'), 1),
			to: figure(said('to'), 5),
			reversed: said('reversed') === '1'
		}
	};
	for (const column of SINGLE_COLUMNS) draft[column] = chosen(column);
	return draft;
}

function figure(text: string | null, otherwise: number): number {
	return /^-?\d{1,3}$/.test(text?.trim() ?? '') ? Number(text) : otherwise;
}

/** What somebody says that texts of the file mean, for every scale of the map; undefined takes back what was said. */
export function withMeanings(draft: MapDraft, meanings: ReadonlyMap<string, Score | null | undefined>): MapDraft {
	const said = (table: Readonly<Record<string, Score | null>> = {}) => {
		const all = { ...table };
		for (const [text, score] of meanings) {
			if (score === undefined) delete all[text];
			else all[text] = score;
		}
		return all;
	};
	const items = Object.fromEntries(
		Object.entries(draft.items).map(([itemId, item]) => [
			itemId,
			typeof item === 'object' ? { ...item, scale: { ...item.scale, table: said(item.scale.table) } } : item
		])
	);
	return { ...draft, items, scale: { ...draft.scale, table: said(draft.scale?.table) } };
}

/** Whether every column that the draft names stands in this file: then last month's map may be today's. */
export function fitsFile(draft: MapDraft, headings: readonly string[]): boolean {
	const names = [draft.id, draft.date.column, draft.reasons?.column, ...SINGLE_COLUMNS.map((column) => draft[column])]
		.concat(Object.values(draft.items).map(columnOf))
		.filter((name) => name !== undefined);
	return names.every((name) => typeof name === 'string' && columnNumber(headings, name) !== '');
}
