/** How many sheets of a period came and what became of them: totals with and without (decision 0007); no answer is in them. */
export interface SheetTotals {
	/** Everything stored. */
	stored: number;
	/** Taken out: replaced by the citizen, or two under one running number. */
	excluded: number;
	/** Counted, but doubted: answered less than 15 seconds after the one before. */
	doubted: number;
	/** Counted, but still waiting for a block of at least k. */
	waiting: number;
}
