import { searchKey } from '../../shared/list.ts';
import { CRITERIA, CRITERION_NAMES, type Criterion } from '../../survey/criterion.ts';

/** What a published table gives a figure for. */
export const FIGURE_COLUMNS = [...CRITERIA, 'SIPAS'] as const;
export type FigureColumn = Criterion | 'SIPAS';
export type PublishedColumn = 'unit' | 'change' | FigureColumn;

/** What the first row of a published table says. */
export interface Headings {
	/** For each column of the file which of ours it is; null is left out. */
	columns: (PublishedColumn | null)[];
	/** Years that headings name: 'SIPAS_2024_published', 'delta_vs_2023_published'. */
	year: number | null;
	changeSince: number | null;
	/** The headings of columns that are left out. */
	unused: string[];
}

const UNIT =
	/^(don vi|ten don vi|don vi hanh chinh|co quan|phuong|xa|phuong xa|phuong, xa|ten phuong xa|unit|unit name)$/;
const INDEX = /^(?:chi so )?(?:sipas|chi so chung|chi so hai long|index)(?: (\d{4}))?(?: published| cong bo)?$/;
const CHANGE =
	/^(?:delta|change|tang giam|tang ?\/ ?giam|thay doi)(?: (?:vs|since|so voi))?(?: nam)?(?: (\d{4}))?(?: published| cong bo)?$/;

/** Of two columns with one meaning the first is taken. */
export function readHeadings(first: readonly string[]): Headings {
	const found: Headings = { columns: [], year: null, changeSince: null, unused: [] };
	for (const heading of first) {
		const column = columnOf(heading, found);
		const isNew = column !== null && !found.columns.includes(column);
		found.columns.push(isNew ? column : null);
		if (!isNew && heading.trim() !== '') found.unused.push(heading.trim());
	}
	return found;
}

function columnOf(heading: string, found: Headings): PublishedColumn | null {
	const said = searchKey(heading)
		.replace(/[_()%.:*]+/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	if (UNIT.test(said)) return 'unit';
	const criterion = CRITERIA.find(
		(each) =>
			said === each.toLowerCase() || said.replace(/ (tc|hc|pv|kq|tt)$/, '') === searchKey(CRITERION_NAMES[each].vi)
	);
	if (criterion) return criterion;
	const index = INDEX.exec(said);
	if (index) {
		found.year ??= index[1] ? Number(index[1]) : null;
		return 'SIPAS';
	}
	const change = CHANGE.exec(said);
	if (!change) return null;
	found.changeSince ??= change[1] ? Number(change[1]) : null;
	return 'change';
}
