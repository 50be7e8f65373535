import { excerpt } from '../../place/import/cell.ts';
import type { Item, QuestionnaireVersion } from '../../survey/questionnaire.ts';
import { type AnswerMap, type ColumnName, columnOf, scaleOf } from './map.ts';
import { cellKey, pointReader, type PointReading } from './points.ts';

/** What a map cannot do with this file, and where in the map. */
export interface MapProblem {
	place: string;
	code: 'column-unknown' | 'column-ambiguous' | 'column-shared' | 'item-unknown' | 'items-none' | 'reason-unmapped';
	said: string;
}

/** A map against a file's columns: the place of each, from 0. */
export interface PreparedMap {
	map: AnswerMap;
	version: QuestionnaireVersion;
	id: number;
	date: number;
	/** In the order of the version's items. */
	items: { item: Item; column: number; read: (cell: string) => PointReading }[];
	places: Partial<Record<'site' | 'counter' | 'field' | 'officer', number>>;
	reasons: { column: number; codeOf: Map<string, string> } | null;
	comment: number | null;
}

const PLACES = ['site', 'counter', 'field', 'officer'] as const;

/** Finds the columns that the map names; null for the prepared map where it names one that is not there. */
export function prepareMap(
	map: AnswerMap,
	version: QuestionnaireVersion,
	headings: readonly string[]
): { prepared: PreparedMap | null; problems: MapProblem[] } {
	const problems: MapProblem[] = [];
	const keys = headings.map(headingKey);
	const find = (place: string, name: ColumnName): number => {
		const said = excerpt(String(name));
		const found =
			typeof name === 'number'
				? keys.flatMap((_, i) => (i === name - 1 ? i : []))
				: keys.flatMap((key, i) => (key === headingKey(name) ? i : []));
		if (found.length === 0) problems.push({ place, code: 'column-unknown', said });
		if (found.length > 1) problems.push({ place, code: 'column-ambiguous', said });
		return found[0] ?? -1;
	};
	const id = find('id', map.id);
	const date = find('date', map.date.column);
	const taken = new Set<number>();
	for (const itemId of Object.keys(map.items)) {
		if (!version.items.some((item) => item.id === itemId))
			problems.push({ place: `items.${itemId}`, code: 'item-unknown', said: excerpt(itemId) });
	}
	const items = version.items.flatMap((item) => {
		if (!Object.hasOwn(map.items, item.id)) return [];
		const name = columnOf(map.items[item.id]);
		const column = find(`items.${item.id}`, name);
		if (column >= 0 && taken.has(column))
			problems.push({ place: `items.${item.id}`, code: 'column-shared', said: excerpt(String(name)) });
		taken.add(column);
		return [{ item, column, read: pointReader(scaleOf(map, item.id), map.notApplicable) }];
	});
	if (items.length === 0) problems.push({ place: 'items', code: 'items-none', said: '' });
	const places: PreparedMap['places'] = {};
	for (const place of PLACES) {
		const name = map[place];
		if (name !== undefined) places[place] = find(place, name);
	}
	const reasons = map.reasons
		? {
				column: find('reasons', map.reasons.column),
				codeOf: reasonCodes(version, map.reasons.table, (said) =>
					problems.push({ place: 'reasons.table', code: 'reason-unmapped', said: excerpt(said) })
				)
			}
		: null;
	const comment = map.comment === undefined ? null : find('comment', map.comment);
	const prepared = { map, version, id, date, items, places, reasons, comment };
	return { prepared: problems.length > 0 ? null : prepared, problems };
}

/** How a column's heading is compared: marks, case, spaces and stars aside. */
export function headingKey(heading: string): string {
	return cellKey(heading.replace(/[*:]/g, ' '));
}

/** A reason by its code, by its text in any language, and by what the file calls it. */
function reasonCodes(
	{ reasons }: QuestionnaireVersion,
	table: Readonly<Record<string, string>>,
	say: (code: string) => void
): Map<string, string> {
	const codeOf = new Map<string, string>();
	for (const { code, text } of reasons) {
		for (const name of [code, ...Object.values(text)]) if (name) codeOf.set(cellKey(name), code);
	}
	for (const [text, code] of Object.entries(table)) {
		if (reasons.some((reason) => reason.code === code)) codeOf.set(cellKey(text), code);
		else say(code);
	}
	return codeOf;
}
