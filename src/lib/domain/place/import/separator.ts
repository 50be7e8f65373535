import type { Unreadable } from './encoding.ts';

/** What stands between two cells; a pasted table has tabs. */
export const SEPARATORS = ['\t', ';', ','] as const;
export type Separator = (typeof SEPARATORS)[number];

/** The limits of one file; more is a mistake, or belongs into several files. */
export const LARGEST_BYTES = 5_000_000;
export const MOST_ROWS = 50_000;
export const MOST_COLUMNS = 30;

/**
 * The separator by which the first rows fall into the most even table: `widths` has, for each, how many cells they get. Where none
 * parts anything there is one column, and the semicolon says so as well as any.
 */
export function chooseSeparator(widths: ReadonlyMap<Separator, readonly number[]>): Separator {
	let best: { separator: Separator; even: number } | null = null;
	for (const separator of SEPARATORS) {
		const rows = widths.get(separator) ?? [];
		const usual = rows[0] ?? 0;
		if (usual < 2) continue;
		const even = rows.filter((width) => width === usual).length / rows.length;
		if (best === null || even > best.even) best = { separator, even };
	}
	return best?.separator ?? ';';
}

export interface SheetLimits {
	bytes: number;
	/** Of data, without the header. */
	rows: number;
	columns: number;
}
export const LIST_LIMITS: SheetLimits = { bytes: LARGEST_BYTES, rows: MOST_ROWS, columns: MOST_COLUMNS };
/** Of a file of answers from elsewhere: wider, and longer, than any list of people. */
export const ANSWER_LIMITS: SheetLimits = { bytes: 15_000_000, rows: 100_000, columns: 400 };

/** Why a file is not even looked at. */
export type SheetRefusal = Unreadable | 'too-large' | 'too-many-rows' | 'too-many-columns';
