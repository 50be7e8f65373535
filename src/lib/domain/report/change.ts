import { CRITERIA } from '../survey/criterion.ts';
import { type ChannelGap, gapBetween } from './gap.ts';
import type { IndexRow, IndexTable } from './table.ts';

/** How far each row of a table moved since another period, in the same order of columns; by the rows' keys. */
export interface Changes {
	from: string;
	to: string;
	rows: ReadonlyMap<string | null, ChannelGap>;
	total: ChannelGap;
}

/** How a table moved since the period before, and since the same period a year earlier; null where nothing is shown of then. */
export interface ChangesOfTable {
	before: Changes | null;
	yearBefore: Changes | null;
}

/**
 * What changed between two tables that were drawn alike, from their published figures only: so it tells nothing that the two tables do
 * not, and a figure that either withholds has no change. Rows that one of them lacks have none. Tables of different methods or
 * questionnaire versions are not compared (the series is broken): null.
 */
export function changesBetween(now: IndexTable, then: IndexTable): Changes | null {
	if (now.method !== then.method || now.versionId !== then.versionId || now.by !== then.by) return null;
	const before = new Map(then.rows.map((row) => [row.key, row]));
	const rows = now.rows.flatMap((row) => {
		const old = before.get(row.key);
		return old ? [[row.key, gapBetween(row, old)] as const] : [];
	});
	return { from: then.from, to: then.to, rows: new Map(rows), total: gapBetween(now.total, then.total) };
}

/** Whether a period has anything to compare with: a figure that is shown. */
export function hasFigures({ total, rows }: IndexTable): boolean {
	const shows = (row: IndexRow) => CRITERIA.some((criterion) => 'value' in row.criteria[criterion]);
	return shows(total) || rows.some(shows);
}
