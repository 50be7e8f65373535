import { toPercent } from '../shared/number.ts';
import type { Criterion } from '../survey/criterion.ts';
import { type Cell, estimateOf, mapCriteria } from './cell.ts';
import { differenceOf } from './interval.ts';

/** How far one figure lies from another, percentage points with two decimals and the 95 % interval; only where both are shown. */
export type GapCell = ShownGap | { withheld: 'small' };
export type ShownGap = { value: number; low: number; high: number };

/** How far a channel beside the index lies from it: below zero it is less content. A number of its own, never part of the index. */
export interface ChannelGap {
	criteria: Record<Criterion, GapCell>;
	sipas: GapCell;
}

interface Figures {
	criteria: Record<Criterion, Cell>;
	sipas: Cell;
}

/** Made from the two published figures, so that anybody can check it and it tells nothing that they do not. */
export function gapBetween(channel: Figures, official: Figures): ChannelGap {
	return {
		criteria: mapCriteria((criterion) => gapOf(channel.criteria[criterion], official.criteria[criterion])),
		sipas: gapOf(channel.sipas, official.sipas)
	};
}

/** Whether a gap is more than chance: its interval does not hold zero. */
export function isClear(gap: GapCell): boolean {
	return 'value' in gap && (gap.low > 0 || gap.high < 0);
}

export function gapOf(one: Cell, other: Cell): GapCell {
	if ('withheld' in one || 'withheld' in other) return { withheld: 'small' };
	const { value, low, high } = differenceOf(estimateOf(one), estimateOf(other));
	return { value: toPercent(value), low: toPercent(low), high: toPercent(high) };
}
