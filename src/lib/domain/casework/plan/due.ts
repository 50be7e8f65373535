import type { Calendar } from '../../place/calendar/calendar.ts';
import { lastDayOf } from '../../place/calendar/last-day.ts';
import { addDays, dayOfWeek, daysBetween } from '../../shared/time.ts';

/** When a task is due: all the time, by a day, once a week on a weekday (Monday is 1), or each time something happens. */
export type Due =
	{ kind: 'always' } | { kind: 'date'; day: string } | { kind: 'weekly'; weekday: number } | { kind: 'event' };
export const DUE_KINDS = ['always', 'date', 'weekly', 'event'] as const satisfies readonly Due['kind'][];

/** So many days before its day a task is said to be due soon. */
const SOON_DAYS = 14;
/** Whoever has said nothing of a task for longer is asked about it. */
export const NEWS_DAYS = 30;
/** What is known of one week of a weekly task. `day` names the week: its weekday, working day or not. */
export interface Week {
	day: string;
	/** Until when it is in time. */
	last: string;
	/** The day it was done on; null: not (yet). */
	doneDay: string | null;
	standing: 'done' | 'done-late' | 'missed' | 'open';
}

/** The weeks of a plan's year from the day the task began to today's week, the oldest first. */
export function weeksOf(
	{ weekday, year, since }: { weekday: number; year: number; since: string },
	checks: ReadonlyMap<string, string>,
	today: string,
	calendar: Calendar
): Week[] {
	const start = since > `${year}-01-01` ? since : `${year}-01-01`;
	const weeks: Week[] = [];
	for (let day = addDays(start, (weekday - dayOfWeek(start) + 7) % 7); day <= `${year}-12-31`; day = addDays(day, 7)) {
		// This week's stands there from its Monday on.
		if (daysBetween(today, day) >= weekday) break;
		const last = lastDayOf(day, calendar);
		const doneDay = checks.get(day) ?? null;
		const late = (doneDay ?? today) > last;
		weeks.push({ day, last, doneDay, standing: doneDay ? (late ? 'done-late' : 'done') : late ? 'missed' : 'open' });
	}
	return weeks;
}

export const TASK_STATES = ['open', 'done', 'retired'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** How a task stands today. */
export type TaskStanding = 'open' | 'soon' | 'late' | 'done' | 'done-late' | 'retired';

export interface Stood {
	state: TaskState;
	due: Due;
	/** The day it was done on; '' before. */
	doneDay: string;
	/** Weeks of a weekly task; none of the others. */
	weeks: readonly Pick<Week, 'standing'>[];
}

/** A weekly task is late while a week stands open that is over: a tick, even late, closes it. What has no day is never late. */
export function standingOf({ state, due, doneDay, weeks }: Stood, today: string, calendar: Calendar): TaskStanding {
	if (state === 'retired') return 'retired';
	const last = due.kind === 'date' ? lastDayOf(due.day, calendar) : null;
	if (state === 'done') return last && doneDay > last ? 'done-late' : 'done';
	if (weeks.some(({ standing }) => standing === 'missed')) return 'late';
	if (!last) return 'open';
	if (today > last) return 'late';
	return daysBetween(today, last) <= SOON_DAYS ? 'soon' : 'open';
}

/**
 * Whether nothing was heard of an open task for too long; `since`: the day of its last news, or the day it was planned. A plan is over
 * with its year: nobody waits for news of it after that.
 */
export function isWithoutNews(
	{ state, since, year }: { state: TaskState; since: string; year: number },
	today: string
): boolean {
	const end = `${year}-12-31`;
	return state === 'open' && daysBetween(since, today > end ? end : today) > NEWS_DAYS;
}
