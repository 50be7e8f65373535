import { FLAG_ITEM } from '../submission/counting.ts';
import { WATCHED } from '../submission/watch.ts';

/** Flags that raise a doubt and count all the same: the first on a tablet, two on a poster, `burst` also of visits at home, the rest by night. */
export const DOUBTS = ['repeat', 'burst', 'device-again', ...WATCHED] as const;
export type Doubt = (typeof DOUBTS)[number];

/** How many sheets of a period came and what became of them: totals with and without (decision 0007); no answer is in them. */
export interface SheetTotals {
	/** Everything stored. */
	stored: number;
	/** Taken out: replaced by the citizen, two under one running number, or by a decision. */
	excluded: number;
	/** Of these, by a decision of two people (decision 0053). */
	decided: number;
	/** Counted, but doubted; a sheet may be so for two reasons. */
	doubted: Record<Doubt, number>;
	/** Counted, but still waiting for a block of at least k. */
	waiting: number;
}

/** Of the channels that count in the index, and of those that stand beside it. */
export interface ChannelTotals {
	official: SheetTotals;
	others: SheetTotals;
}

export const noSheets = (): SheetTotals => ({
	stored: 0,
	excluded: 0,
	decided: 0,
	doubted: Object.fromEntries(DOUBTS.map((doubt) => [doubt, 0])) as Record<Doubt, number>,
	waiting: 0
});

/** Under which those are counted that a decision took out. */
export const DECIDED_ITEM = `${FLAG_ITEM}excluded`;

/** Whether the totals are made of what is counted under this: all sheets, and those with a flag. */
export const isTotalled = (itemId: string) => itemId === '' || itemId.startsWith(FLAG_ITEM);
