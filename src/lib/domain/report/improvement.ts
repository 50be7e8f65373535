import * as v from 'valibot';
import { freshId, needed } from '../place/entry.ts';
import { CRITERIA, type Criterion } from '../survey/criterion.ts';

/** What a leader tells the citizens: one thing that was changed because of what they answered. */
export interface Improvement {
	id: string;
	/** null: about no single criterion. */
	criterion: Criterion | null;
	text: string;
	/** The local day it was written on. */
	day: string;
}

/** A sentence that somebody reads on a phone after they have answered. */
export const LONGEST_IMPROVEMENT = 300;

/** What the form sends. A failed check's message is a code that the page has a sentence for. */
export const improvementEntry = v.object({
	id: freshId,
	criterion: v.pipe(
		v.picklist(['', ...CRITERIA], 'required'),
		v.transform((choice) => (choice === '' ? null : choice))
	),
	text: needed(LONGEST_IMPROVEMENT)
});
export type ImprovementEntry = v.InferOutput<typeof improvementEntry>;
