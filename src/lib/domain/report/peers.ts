import { toHundredths, toPercent } from '../shared/number.ts';
import type { Criterion } from '../survey/criterion.ts';
import { estimateOf } from './cell.ts';
import { funnelLimits } from './funnel.ts';
import { shrink } from './shrinkage.ts';
import { type IndexTable, isBeside } from './table.ts';
import { RANKED_FROM } from './verdict.ts';

/** A row among its like, and the funnel around the centre's figure; percent. */
export interface Peers {
	/** Only rows with a shown figure of at least thirty answers: nobody else is compared. */
	rows: { key: string; name: string; value: number; n: number }[];
	centre: number;
	/** The lines of the funnel, from the fewest answers to the most. */
	limits: { n: number; low95: number; high95: number; low998: number; high998: number }[];
	/** The row's own figure drawn towards the group's, and how much of it is its own (0..100 %). */
	drawn: { value: number; low: number; high: number; reliability: number } | null;
}

/** How many points each line of the funnel is drawn through. */
const STEPS = 40;

/** null where fewer than three rows can be compared, or the centre's figure is withheld. Made of a table's shown cells only. */
export function peersOf(table: IndexTable, criterion: Criterion, key: string): Peers | null {
	const centre = table.total.criteria[criterion];
	const shown = table.rows.flatMap((row) => {
		const cell = row.criteria[criterion];
		return row.key === null || isBeside(row) || 'withheld' in cell ? [] : [{ key: row.key, name: row.name, cell }];
	});
	const rows = shown
		.filter(({ cell }) => !cell.advisory)
		.map(({ key: of, name, cell: { value, n } }) => ({ key: of, name, value, n }));
	if ('withheld' in centre || rows.length < 3) return null;
	const most = Math.max(...rows.map(({ n }) => n));
	const ns = Array.from({ length: STEPS + 1 }, (_, i) => Math.round(RANKED_FROM + ((most - RANKED_FROM) * i) / STEPS));
	const limits = funnelLimits(toHundredths(centre.value), ns).map(({ n, ...lines }) => ({
		n,
		low95: toPercent(lines.low95),
		high95: toPercent(lines.high95),
		low998: toPercent(lines.low998),
		high998: toPercent(lines.high998)
	}));
	const drawn = shrink(shown.map(({ cell }) => estimateOf(cell)))?.rows[shown.findIndex((each) => each.key === key)];
	return {
		rows,
		centre: centre.value,
		limits,
		drawn: drawn
			? {
					value: toPercent(drawn.value),
					low: toPercent(drawn.low),
					high: toPercent(drawn.high),
					reliability: Math.round(drawn.reliability * 100)
				}
			: null
	};
}
