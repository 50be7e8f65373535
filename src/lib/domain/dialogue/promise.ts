import * as v from 'valibot';
import type { Calendar } from '../place/calendar/calendar.ts';
import { lastDayOf } from '../place/calendar/last-day.ts';
import { line, needed } from '../place/entry.ts';
import { isLocalDay } from '../shared/time.ts';

/** What an official promises in the hall, typed while it is said: what, who does it, until when. */
export const PROMISE_STATES = ['open', 'done', 'withdrawn'] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

export interface Promised {
	state: PromiseState;
	dueDay: string;
	/** The day it was done on; '' before. */
	doneDay: string;
}

/** How a promise stands today. */
export type PromiseStanding = 'open' | 'late' | 'done' | 'done-late' | 'withdrawn';

export function standingOf({ state, dueDay, doneDay }: Promised, today: string, calendar: Calendar): PromiseStanding {
	if (state === 'withdrawn') return 'withdrawn';
	const last = lastDayOf(dueDay, calendar);
	if (state === 'done') return doneDay > last ? 'done-late' : 'done';
	return today > last ? 'late' : 'open';
}

/** A promise as everybody may read it. */
export interface PromiseLine {
	id: string;
	text: string;
	unit: string;
	dueDay: string;
	/** The day it was done on, with what shows it; '' before. */
	doneDay: string;
	evidence: string;
	/** Why it was withdrawn; ''. */
	reason: string;
	standing: PromiseStanding;
	/** What was asked; '' where it was promised without a question. */
	question: string;
	dialogue: { room: string; title: string; day: string };
}

/** "12 promises: 9 done, 2 late, 1 still in time"; what was withdrawn is said apart. */
export interface PromiseCounts {
	promised: number;
	done: number;
	late: number;
	open: number;
	withdrawn: number;
}

export function countPromises(standings: readonly PromiseStanding[]): PromiseCounts {
	const of = (...those: PromiseStanding[]) => standings.filter((each) => those.includes(each)).length;
	const withdrawn = of('withdrawn');
	return {
		promised: standings.length - withdrawn,
		done: of('done', 'done-late'),
		late: of('late'),
		open: of('open'),
		withdrawn
	};
}

const day = v.pipe(v.string(), v.check(isLocalDay, 'day-wrong'));

/** A promise as the secretary types it. A failed check's message is a code that screens have a sentence for. */
export const promiseEntry = v.object({ text: needed(500), unit: needed(120), dueDay: day });
export type PromiseEntry = v.InferOutput<typeof promiseEntry>;

export const promiseDoneEntry = v.object({
	/** What anybody can see of it: a link, a document's number, where to look. */
	evidence: needed(500),
	doneDay: day
});
export const promiseWithdrawnEntry = v.object({ reason: v.pipe(line(300), v.minLength(1, 'required')) });
