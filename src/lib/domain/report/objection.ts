import * as v from 'valibot';
import { freshId, needed } from '../place/entry.ts';
import { isLocalDay } from '../shared/time.ts';

/** What became of an officer's objection to a published week of their own. */
export const OBJECTION_STATES = ['open', 'accepted', 'declined'] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

export const LONGEST_OBJECTION = 500;

/** What an officer sends: which week, and what is wrong with it. A failed check's message is a code that the page has a sentence for. */
export const objectionEntry = v.object({
	id: freshId,
	/** The Monday of the week. */
	from: v.pipe(v.string(), v.check(isLocalDay, 'week-unknown')),
	text: needed(LONGEST_OBJECTION)
});
export type ObjectionEntry = v.InferOutput<typeof objectionEntry>;

/** What the person responsible answers, which is never without a reason. */
export const objectionAnswer = v.object({
	id: freshId,
	state: v.picklist(['accepted', 'declined'], 'required'),
	answer: needed(LONGEST_OBJECTION)
});
export type ObjectionAnswer = v.InferOutput<typeof objectionAnswer>;
