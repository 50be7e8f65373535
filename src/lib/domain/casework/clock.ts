import * as v from 'valibot';
import type { Calendar } from '../place/calendar/calendar.ts';
import { addWorkingDays, addWorkingHours } from '../place/calendar/deadline.ts';
import type { WorkingHours } from '../place/calendar/hours.ts';
import { addDays, localDay } from '../shared/time.ts';
import type { CaseState } from './case.ts';

/** How long an organization gives itself; a case keeps the terms it was opened under. */
export interface Terms {
	/** Working hours until it has been forwarded. */
	forwardHours: number;
	/** Working days until it has been answered: what is aimed at, and the limit. */
	answerDays: number;
	limitDays: number;
	/** Working days from the answer to the register. */
	publishDays: number;
}

/** The ward's plan: forwarded within 8 working hours; Ninh Bình's decision 163/2025: 10 days; the national measure: 15 and 2. */
export const USUAL_TERMS: Terms = { forwardHours: 8, answerDays: 10, limitDays: 15, publishDays: 2 };

const count = (most: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d{1,3}$/, 'number'),
		v.transform(Number),
		v.minValue(1, 'number'),
		v.maxValue(most, 'number')
	);
export const termsEntry = v.pipe(
	v.object({ forwardHours: count(80), answerDays: count(60), limitDays: count(90), publishDays: count(30) }),
	v.forward(
		v.check(({ answerDays, limitDays }) => limitDays >= answerDays, 'limit-early'),
		['limitDays']
	)
);

/** A time of waiting for the citizen, in which nobody else is late; null while it lasts. */
export type Pause = readonly [from: number, until: number | null];

/** What of a case its clock needs. Instants in milliseconds. */
export interface Timed extends Terms {
	state: CaseState;
	receivedAt: number;
	/** When it was last taken up again; else when it was received: the answer's time runs from here. */
	startedAt: number;
	forwardedAt: number | null;
	answeredAt: number | null;
	publishedAt: number | null;
	/** Answered and not for the register. */
	keptPrivate: boolean;
	pauses: readonly Pause[];
}

/** Until when each step is due. `publish` is null before there is an answer, and where it is not for the register. */
export interface Clock {
	forward: number;
	answer: number;
	limit: number;
	publish: number | null;
}

/** Working hours and special days of an organization. The calendar must reach some months beyond `receivedAt`. */
export interface Office {
	calendar: Calendar;
	hours: WorkingHours;
}

/** Throws RangeError where the hours never open. */
export function clockOf(timed: Timed, { calendar, hours }: Office): Clock {
	const { receivedAt, startedAt, forwardHours, answerDays, limitDays, publishDays, answeredAt, pauses } = timed;
	const published = answeredAt !== null && !timed.keptPrivate;
	return {
		forward: addWorkingHours(receivedAt, forwardHours, calendar, hours),
		answer: addUnpausedDays(startedAt, answerDays, pauses, { calendar, hours }),
		limit: addUnpausedDays(startedAt, limitDays, pauses, { calendar, hours }),
		publish: published ? addWorkingDays(answeredAt, publishDays, calendar, hours) : null
	};
}

/**
 * The end of the n-th working day after the day of `at` whose end does not lie in a pause that is over. So a holiday more never makes it
 * earlier, also where it falls into the pause, and neither does a longer pause.
 */
function addUnpausedDays(at: number, days: number, pauses: readonly Pause[], { calendar, hours }: Office): number {
	const paused = (end: number) => pauses.some(([from, until]) => from < end && until !== null && end <= until);
	let due = at;
	for (let left = days; left > 0;) {
		due = addWorkingDays(due, 1, calendar, hours);
		if (!paused(due)) left--;
	}
	return due;
}

export type Step = 'forward' | 'answer' | 'publish';
export type CaseStanding = 'in-time' | 'due-soon' | 'late' | 'paused' | 'done';

/** What is due next, until when, and how that stands. */
export interface Due {
	step: Step | null;
	at: number | null;
	standing: CaseStanding;
	/** Past the limit of its answer too. */
	beyondLimit: boolean;
}

export function dueOf(timed: Timed, office: Office, now: number): Due {
	const clock = clockOf(timed, office);
	const { state } = timed;
	if (state === 'waiting') return { step: 'answer', at: null, standing: 'paused', beyondLimit: false };
	const step =
		state === 'new'
			? 'forward'
			: state === 'forwarded' || state === 'processing'
				? 'answer'
				: state === 'answered' && clock.publish !== null
					? 'publish'
					: null;
	if (step === null) return { step, at: null, standing: 'done', beyondLimit: false };
	const at = clock[step]!;
	return {
		step,
		at,
		standing: now > at ? 'late' : at <= endOfNextWorkingDay(now, office) ? 'due-soon' : 'in-time',
		beyondLimit: step === 'answer' && now > clock.limit
	};
}

const endOfNextWorkingDay = (now: number, { calendar, hours }: Office) => addWorkingDays(now, 1, calendar, hours);

/** Whether each step that is over, or whose time is, was done in time; null where neither is so yet. */
export interface Punctuality {
	forward: boolean | null;
	answer: boolean | null;
	publish: boolean | null;
}

export function punctualityOf(timed: Timed, office: Office, now: number): Punctuality {
	const clock = clockOf(timed, office);
	const kept = (done: number | null, due: number | null) =>
		due === null ? null : done !== null ? done <= due : now > due ? false : null;
	const refused = timed.state === 'refused';
	return {
		forward: refused && timed.forwardedAt === null ? null : kept(timed.forwardedAt, clock.forward),
		answer: refused || timed.state === 'waiting' ? null : kept(timed.answeredAt, clock.answer),
		publish: kept(timed.publishedAt, clock.publish)
	};
}

/** The days between which a calendar must be known for the clocks of cases that were received then, and are looked at now. */
export function calendarSpan(received: readonly number[], now: number): [from: string, to: string] {
	return [localDay(Math.min(now, ...received)), addDays(localDay(now), 400)];
}
