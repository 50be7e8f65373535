import * as v from 'valibot';
import { freshId, line, needed } from '../../place/entry.ts';
import { isLocalDay } from '../../shared/time.ts';

/** What a weekly meeting decides: what is to be done, by whom, until when. Nothing is deleted: what is dropped is withdrawn. */
export const DECISION_STATES = ['open', 'done', 'withdrawn'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

const day = v.pipe(v.string(), v.check(isLocalDay, 'day-wrong'));

/** As it is typed in the meeting. A failed check's message is a code that the page has a sentence for. */
export const decisionEntry = v.object({ id: freshId, text: needed(500), unit: needed(120), dueDay: day });
export type DecisionEntry = v.InferOutput<typeof decisionEntry>;

const which = {
	id: v.pipe(v.string(), v.maxLength(20)),
	version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))
};
export const decisionChangeEntry = v.variant('do', [
	v.object({ do: v.literal('done'), ...which, result: line(500) }),
	v.object({ do: v.literal('withdraw'), ...which, result: needed(300) }),
	v.object({ do: v.literal('reopen'), ...which })
]);
export type DecisionChange = Pick<v.InferOutput<typeof decisionChangeEntry>, 'do'> & { result?: string };
