import * as v from 'valibot';
import { freshId, needed } from '../place/entry.ts';

/** Sheets in one pile: more is several piles. */
const MOST_SHEETS = 5000;

const sheets = v.pipe(
	v.string(),
	v.regex(/^\d{1,4}$/, 'sheets-wrong'),
	v.transform(Number),
	v.maxValue(MOST_SHEETS, 'sheets-wrong')
);

/** A pile as its cover sheet has it. */
export const batchEntry = v.object({
	id: freshId,
	hall: v.pipe(v.string(), v.regex(/^\d{1,2}$/, 'hall-unknown'), v.transform(Number)),
	counted: v.pipe(sheets, v.minValue(1, 'sheets-wrong')),
	countedBy: needed(120)
});

export const recountEntry = v.object({
	counted: v.pipe(sheets, v.minValue(1, 'sheets-wrong')),
	aside: sheets,
	reason: needed(200)
});

export const reasonEntry = v.object({ reason: needed(200) });
