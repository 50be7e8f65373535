import type { Hundredths } from '../shared/number.ts';
import { toHundredths, toPercent } from '../shared/number.ts';
import type { Criterion } from '../survey/criterion.ts';
import type { QuestionnaireVersion } from '../survey/questionnaire.ts';
import { type Cell, criterionCell, WITHHELD } from './cell.ts';
import { answered, type ItemCounts, mergeByItem } from './counts.ts';
import { type Difference, differenceFrom } from './funnel.ts';
import type { MethodId } from './method.ts';
import { standardize, type Stratum } from './standardization.ts';

/** One item behind a criterion: its figure, and how many chose each of 1..5; both withheld below k. */
export interface DetailItem {
	itemId: string;
	cell: Cell;
	chosen: ItemCounts['n'] | null;
}

/** How many sheets name a reason; codes of the version. */
export interface DetailReason {
	code: string;
	sheets: number;
}

/** A figure as it would stand with the centre's mix of fields and channels; percent. */
export interface FairFigure {
	/** null where the row shares too little of the centre's work. */
	adjusted: { value: number; low: number; high: number } | null;
	/** What the centre gets with the row's mix. */
	expected: number;
	/** Share of the centre's answers in fields and channels that the row has too, percent. */
	coverage: number;
}

/** Everything behind one cell. Where the cell is withheld nothing behind it is told either. */
export interface Detail {
	criterion: Criterion;
	cell: Cell;
	/** Everything together, to compare with; the cell itself where it is everything. */
	centre: Cell;
	/** null below thirty answers, or where there is nothing to compare with. */
	difference: Difference | null;
	fair: FairFigure | null;
	items: DetailItem[];
	reasons: DetailReason[];
}

export interface DetailRequest {
	criterion: Criterion;
	version: QuestionnaireVersion;
	method: MethodId;
	/** Percent. */
	target: number;
	k: number;
	/** The cells as the tables show them. */
	cell: Cell;
	centre: Cell;
	narrowed: boolean;
	/** Counts of every item, by field and channel, of the row and of everything. */
	row: readonly Stratum[];
	whole: readonly Stratum[];
	/** Sheets that name a reason, by code. */
	reasons: ReadonlyMap<string, number>;
}

/** Draws what is behind a cell that the tables show, from the same counts. */
export function drawDetail(request: DetailRequest): Detail {
	const { criterion, version, method, target, k, cell, centre, narrowed } = request;
	const nothing = { criterion, cell, centre, difference: null, fair: null, items: [], reasons: [] };
	if ('withheld' in cell) return nothing;
	const own = version.items.filter((item) => item.criterion === criterion).map(({ id }) => id);
	const counts = mergeByItem(request.row.flatMap(({ items }) => items));
	const items = own.map((itemId) => {
		const count = counts.find((each) => each.itemId === itemId);
		const shown = count && answered(count) >= k ? count : null;
		return { itemId, cell: shown ? criterionCell([shown], method, target) : WITHHELD, chosen: shown?.n ?? null };
	});
	const comparable = narrowed && 'value' in centre;
	return {
		...nothing,
		difference: comparable ? differenceFrom(toHundredths(centre.value), toHundredths(cell.value), cell.n) : null,
		fair: comparable ? fairFigure(request, own) : null,
		items,
		reasons: version.reasons
			.filter((reason) => reason.criterion === criterion)
			.map(({ code }) => ({ code, sheets: request.reasons.get(code) ?? 0 }))
			.filter(({ sheets }) => sheets > 0)
			.toSorted((a, b) => b.sheets - a.sheets || (a.code < b.code ? -1 : 1))
	};
}

function fairFigure({ row, whole, method, k }: DetailRequest, items: readonly string[]): FairFigure | null {
	const of = (strata: readonly Stratum[]) =>
		strata.map(({ stratum, items: counts }) => ({
			stratum,
			items: counts.filter(({ itemId }) => items.includes(itemId))
		}));
	const fair = standardize(of(row), of(whole), { method, k });
	if (!fair) return null;
	const { adjusted, expected, coverage } = fair;
	const percent = (hundredths: Hundredths) => toPercent(hundredths);
	return {
		adjusted: adjusted && {
			value: percent(adjusted.value),
			low: percent(adjusted.low),
			high: percent(adjusted.high)
		},
		expected: percent(expected),
		coverage: Math.round(coverage * 10_000) / 100
	};
}
