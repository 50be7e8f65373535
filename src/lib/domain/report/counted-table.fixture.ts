import { CRITERIA } from '../survey/criterion.ts';
import { SIPAS5 } from '../survey/sipas5.ts';
import type { Targets } from './targets.ts';
import { type Dimension, drawTable, type IndexTable } from './table.ts';

/** A table by the rows' keys, where `satisfied` of `n` people chose 5 in every criterion and the others 1. */
export function countedTable(
	shares: Record<string, [satisfied: number, n: number]>,
	by: Dimension = 'counter',
	targets: Partial<Targets> = {}
): IndexTable {
	const keys = Object.keys(shares);
	return drawTable({
		...{ by, channels: ['terminal'], version: SIPAS5, method: 'T2B-5C-v1', target: 90, targets },
		...{ from: '2026-10-01', to: '2026-12-31', names: new Map(keys.map((key) => [key, key])) },
		counts: keys.flatMap((key) =>
			CRITERIA.map((itemId) => {
				const [satisfied, n] = shares[key];
				return { key, itemId, n: [n - satisfied, 0, 0, 0, satisfied], notApplicable: 0 };
			})
		),
		sheets: new Map(keys.map((key) => [key, shares[key][1]]))
	});
}
