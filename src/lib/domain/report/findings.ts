import { CRITERIA, type Criterion } from '../survey/criterion.ts';
import type { Changes } from './change.ts';
import type { GapCell } from './gap.ts';
import { Z_95 } from './interval.ts';
import { type IndexTable, isBeside } from './table.ts';

/** One thing that changed and is more than chance; key null is everything together. Percentage points with two decimals. */
export interface Finding {
	key: string | null;
	criterion: Criterion;
	points: number;
	low: number;
	high: number;
}

/** At most this many stand on a page. */
const MOST = 5;
/** Of the findings that are told, this share may be chance. */
const FALSE_SHARE = 0.05;

/**
 * What changed since another period, for whom: the largest first, at most five. A table of forty rows and five criteria asks two hundred
 * times, and at 95 % ten of them would be "clear" by chance alone, so the false discovery rate is held at 5 % over all that were
 * looked at (Y. Benjamini, Y. Hochberg, JRSS B 57, 1995), with each change's standard error taken from its interval. Figures of
 * fewer than thirty people are no findings. By officer only the service criterion is about the person.
 */
export function findingsOf(table: IndexTable, changes: Changes): Finding[] {
	return findingsIn([{ table, changes }]).map(({ by: _, ...finding }) => finding);
}

/** The same over several tables of one period, e.g. by counter and by field; what is about everything together is looked at once. */
export function findingsIn(
	tables: readonly { table: IndexTable; changes: Changes }[]
): (Finding & { by: IndexTable['by'] })[] {
	const looked = tables.flatMap(({ table, changes }, i) => lookAt(table, changes, i === 0));
	return holdFalseDiscoveries(looked)
		.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
		.slice(0, MOST)
		.map(({ chance: _, ...finding }) => finding);
}

function lookAt(table: IndexTable, changes: Changes, totalToo: boolean) {
	const { by, total } = table;
	const ofRows: readonly Criterion[] = by === 'officer' ? ['PV'] : CRITERIA;
	const whole = CRITERIA.map((criterion) => ({ criterion, row: total, gap: changes.total.criteria[criterion] }));
	const counted = table.rows.filter((row) => row.key !== null && !isBeside(row));
	// The only questionnaire of a period says what the total says.
	const own = by === 'version' && counted.length === 1 ? [] : counted;
	const rows = own.flatMap((row) =>
		ofRows.map((criterion) => ({ criterion, row, gap: changes.rows.get(row.key)?.criteria[criterion] }))
	);
	return [...(totalToo ? whole : []), ...rows].flatMap(({ criterion, row, gap }) => {
		const cell = row.criteria[criterion];
		if (!gap || 'withheld' in gap || 'withheld' in cell || cell.advisory) return [];
		const { value: points, low, high } = gap;
		return [{ by, key: row === total ? null : row.key, criterion, points, low, high, chance: chanceOf(gap) }];
	});
}

/** How likely a change of this size is where nothing changed: two-sided normal, with the standard error of the side towards zero. */
function chanceOf({ value, low, high }: Exclude<GapCell, { withheld: 'small' }>): number {
	const half = value > 0 ? value - low : high - value;
	return 2 * (1 - normal(Math.abs(value) / Math.max(half / Z_95, 0.01)));
}

/** Of what was looked at, what may be told so that of it five in a hundred are chance (Benjamini and Hochberg 1995). */
export function holdFalseDiscoveries<Looked extends { chance: number }>(looked: readonly Looked[]): Looked[] {
	const sorted = looked.toSorted((a, b) => a.chance - b.chance);
	const last = sorted.findLastIndex(({ chance }, i) => chance <= (FALSE_SHARE * (i + 1)) / sorted.length);
	return sorted.slice(0, last + 1);
}

/** The standard normal distribution function (Abramowitz and Stegun 26.2.17, error below 7,5·10⁻⁸). */
export function normal(z: number): number {
	const t = 1 / (1 + 0.2316419 * z);
	const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
	return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
