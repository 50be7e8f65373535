import { searchKey } from '../../shared/list.ts';
import { type Checked, excerpt, faultOf, sameText, type CellProblem, type SheetRow, textOf } from './cell.ts';

export interface KnownCounter {
	id: string;
	siteId: string;
	number: string;
	name: string;
	fieldIds: readonly string[];
}

/** What the rows are read against; nothing in it is archived. */
export interface KnownPlaces {
	sites: readonly { id: string; name: string }[];
	counters: readonly KnownCounter[];
	fields: readonly { id: string; code: string; name: string }[];
}

export interface CounterChange extends Omit<KnownCounter, 'id' | 'fieldIds'> {
	id: string | null;
	/** null: as they stand. */
	fieldIds: readonly string[] | null;
}

const LONGEST = { site: 200, number: 8, name: 120, fields: 500 } as const;

/** Which counters the rows add or change; a counter is known again by its site and number. Sites and fields are not made here. */
export function checkCounters(rows: readonly SheetRow[], known: KnownPlaces): Checked<CounterChange> {
	const siteOf = new Map(known.sites.map((site) => [sameText(site.name), site]));
	const fieldOf = new Map(
		known.fields.flatMap((field) => [field.name, field.code].map((name) => [searchKey(name), field]))
	);
	const standing = new Map(known.counters.map((each) => [keyOf(each), each]));
	const met = new Map<string, number>();
	const problems: CellProblem[] = [];

	const checked = rows.map((sheetRow) => {
		const { row, cells } = sheetRow;
		const before = problems.length;
		const say = (column: string, code: CellProblem['code'], other?: string, text = cells[column] ?? '') =>
			problems.push({ row, column, code, text: excerpt(text), other });

		for (const column of ['site', 'number', 'name', 'fields'] as const) {
			const fault = faultOf(cells[column], LONGEST[column]);
			if (fault) say(column, fault);
		}
		const siteName = textOf(cells.site);
		const site = siteName === '' && known.sites.length === 1 ? known.sites[0] : siteOf.get(sameText(siteName));
		if (!site && problems.length === before)
			say('site', siteName === '' ? 'site-required' : 'site-unknown', namesOf(known.sites));
		const number = textOf(cells.number).replace(/^quầy (số )?/i, '');
		if (number === '') say('number', 'required');
		else if (!/^[\p{L}\p{N}][\p{L}\p{N}./-]*$/u.test(number) && problems.length === before)
			say('number', 'number-malformed');
		const fieldIds = new Set<string>();
		for (const part of splitFields(textOf(cells.fields), fieldOf)) {
			const field = fieldOf.get(searchKey(part));
			if (field) fieldIds.add(field.id);
			else say('fields', 'field-unknown', undefined, part);
		}
		if (site && problems.length === before) {
			const key = keyOf({ siteId: site.id, number });
			const other = met.get(key);
			if (other === undefined) met.set(key, row);
			else say('number', 'counter-twice', String(other));
		}
		if (!site || problems.length > before) return { ...sheetRow, state: 'wrong' as const, change: null };

		const same = standing.get(keyOf({ siteId: site.id, number }));
		const change = {
			id: same?.id ?? null,
			siteId: site.id,
			number: same?.number ?? number,
			name: textOf(cells.name) || (same?.name ?? `Quầy ${number}`),
			fieldIds: fieldIds.size === 0 || setText(fieldIds) === setText(same?.fieldIds ?? []) ? null : [...fieldIds]
		};
		if (!same) return { ...sheetRow, state: 'new' as const, change };
		const unchanged = change.name === same.name && change.fieldIds === null;
		return unchanged
			? { ...sheetRow, state: 'unchanged' as const, change: null }
			: { ...sheetRow, state: 'changed' as const, change };
	});
	return { rows: checked, problems };
}

const keyOf = ({ siteId, number }: { siteId: string; number: string }) => `${siteId} ${sameText(number)}`;
const setText = (ids: Iterable<string>) => [...ids].sort().join(' ');

const NAMED = 6;

/** The sites there are, for a sentence: the first few of them. */
export function namesOf(sites: readonly { name: string }[]): string {
	const first = sites.slice(0, NAMED).map(({ name }) => `“${name}”`);
	return sites.length > NAMED ? `${first.join(', ')}…` : first.join(', ');
}

/** Fields stand in one cell, between commas, semicolons, bars or line ends; a field's own name may hold a comma. */
function splitFields(text: string, known: ReadonlyMap<string, unknown>): string[] {
	if (text === '' || known.has(searchKey(text))) return text === '' ? [] : [text];
	return text
		.split(/[;|\n]/)
		.flatMap((part) => (known.has(searchKey(part.trim())) ? [part] : part.split(',')))
		.map((part) => part.trim())
		.filter((part) => part !== '');
}
