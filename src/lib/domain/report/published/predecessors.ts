import { sameText } from '../../place/import/cell.ts';
import type { Hundredths } from '../../shared/number.ts';
import { comparable, type PublishedTable } from './comparison.ts';
import { FIGURE_COLUMNS, type FigureColumn } from './headings.ts';

/** The units that an organization was merged from, as published tables name them, and the decision that merged them. */
export interface Predecessors {
	units: string[];
	basis: string;
}

interface Named {
	unit: string;
	value: Hundredths;
}

/** Between which of its predecessors' figures a merged organization stands; how many answered each is not known, so no mean is made of them. */
export interface PredecessorRange {
	year: number;
	method: string;
	sources: string[];
	columns: Partial<Record<FigureColumn, { low: Named; high: Named }>>;
	/** Predecessors without any figure in it. */
	missing: string[];
}

/** One for each year and method in which at least two predecessors have a figure, the newest first. */
export function predecessorRanges(tables: readonly PublishedTable[], { units }: Predecessors): PredecessorRange[] {
	const known = new Set(units.map(sameText));
	const groups: PublishedTable[][] = [];
	for (const table of tables) {
		const same = groups.find(([first]) => first.year === table.year && comparable(first, table));
		if (same) same.push(table);
		else groups.push([table]);
	}
	const ranges = groups.flatMap((group): PredecessorRange[] => {
		const own = group.flatMap((table) => table.units.filter(({ unit }) => known.has(sameText(unit))));
		const seen = new Set(own.map(({ unit }) => sameText(unit)));
		if (seen.size < 2) return [];
		const columns: PredecessorRange['columns'] = {};
		for (const column of FIGURE_COLUMNS) {
			const figures = own.flatMap(({ unit, values }) => {
				const value = values[column];
				return value === undefined ? [] : [{ unit, value }];
			});
			if (figures.length < 2) continue;
			const sorted = figures.toSorted((a, b) => a.value - b.value);
			columns[column] = { low: sorted[0], high: sorted.at(-1)! };
		}
		const [{ year, method }] = group;
		const sources = [...new Set(group.map(({ source }) => source))];
		return [{ year, method, sources, columns, missing: units.filter((unit) => !seen.has(sameText(unit))) }];
	});
	return ranges.toSorted((a, b) => b.year - a.year);
}
