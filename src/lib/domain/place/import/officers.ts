import { type Checked, excerpt, faultOf, sameText, type CellProblem, type SheetRow, textOf } from './cell.ts';

export interface KnownOfficer {
	id: string;
	code: string;
	name: string;
	title: string;
}

/** An officer to be written; without an id, a new one. */
export interface OfficerChange {
	id: string | null;
	code: string;
	name: string;
	title: string;
}

const LONGEST = { code: 32, name: 120, title: 120 } as const;

/**
 * Which officers the rows add or change. An officer is known again by the code; where a row or the officer has none, by the name, if
 * only one bears it. `known` are those who are not archived.
 */
export function checkOfficers(rows: readonly SheetRow[], known: readonly KnownOfficer[]): Checked<OfficerChange> {
	const byCode = new Map(known.filter(({ code }) => code !== '').map((each) => [sameText(each.code), each]));
	const byName = Map.groupBy(known, ({ name }) => sameText(name));
	const codes = new Map<string, number>();
	const names = new Map<string, number>();
	const met = new Map<string, number>();
	const problems: CellProblem[] = [];

	const checked = rows.map((sheetRow) => {
		const { row, cells } = sheetRow;
		const code = textOf(cells.code);
		const name = textOf(cells.name);
		const [codeKey, nameKey] = [sameText(code), sameText(name)];
		const title = cells.title === undefined ? null : textOf(cells.title);
		const before = problems.length;
		const say = (column: string, problem: CellProblem['code'], other?: string) =>
			problems.push({ row, column, code: problem, text: excerpt(cells[column] ?? ''), other });

		for (const column of ['code', 'name', 'title'] as const) {
			const fault = faultOf(cells[column], LONGEST[column]);
			if (fault) say(column, fault);
		}
		if (name === '' && problems.length === before) say('name', 'required');

		const first = code === '' ? names.get(nameKey) : codes.get(codeKey);
		if (name !== '' && first !== undefined)
			say(code === '' ? 'name' : 'code', code === '' ? 'name-twice' : 'code-twice', String(first));
		else if (code === '') names.set(nameKey, row);
		else codes.set(codeKey, row);

		const namesakes = (byName.get(nameKey) ?? []).filter((each) => code === '' || each.code === '');
		const byItsCode = code === '' ? undefined : byCode.get(codeKey);
		if (!byItsCode && namesakes.length > 1) say('name', 'name-ambiguous', String(namesakes.length));
		const same = byItsCode ?? namesakes[0];
		if (same && problems.length === before) {
			const other = met.get(same.id);
			if (other === undefined) met.set(same.id, row);
			else say('name', 'officer-twice', String(other));
		}
		if (problems.length > before) return { ...sheetRow, state: 'wrong' as const, change: null };
		const change = { id: same?.id ?? null, code: code || (same?.code ?? ''), name, title: title ?? same?.title ?? '' };
		if (!same) return { ...sheetRow, state: 'new' as const, change };
		const unchanged = change.code === same.code && change.name === same.name && change.title === same.title;
		return unchanged
			? { ...sheetRow, state: 'unchanged' as const, change: null }
			: { ...sheetRow, state: 'changed' as const, change };
	});
	return { rows: checked, problems };
}
