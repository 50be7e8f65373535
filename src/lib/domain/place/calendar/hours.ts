import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { readClock } from '../import/cell.ts';

/** A stretch of work in a day, local: ['07:30', '11:30']. */
export type Session = readonly [opens: string, closes: string];

/** When a site is open, Monday first, seven days; a day without sessions is closed. */
export type WorkingHours = readonly (readonly Session[])[];

const OFFICE_DAY: readonly Session[] = [
	['07:30', '11:30'],
	['13:30', '17:00']
];

/** What most wards keep (reference: 7,5 hours on five days); every site may have its own. */
export const USUAL_HOURS: WorkingHours = [OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, OFFICE_DAY, [], []];

/** Milliseconds since local midnight of '07:30'. */
export function sinceMidnight(clock: string): number {
	const [hours, minutes] = clock.split(':').map(Number);
	return (hours ?? 0) * HOUR_MS + (minutes ?? 0) * MINUTE_MS;
}

/** Whether the hours make sense: seven days, sessions in order, none empty, none overlapping. */
export function areWorkingHours(hours: WorkingHours): boolean {
	return hours.length === 7 && hours.every(areDayHours);
}

function areDayHours(sessions: readonly Session[]): boolean {
	const edges = sessions.flat();
	return (
		edges.every((clock) => /^([01]\d|2[0-3]):[0-5]\d$/.test(clock)) &&
		edges.every((clock, i) => i === 0 || edges[i - 1] < clock)
	);
}

/** So many sessions of a day the form of a site's hours asks for: the morning and the afternoon. */
export const SESSIONS_A_DAY = 2;

/** What a form of hours sends: for each day and session an opening and a closing time, '7h30' as well as '07:30'; both empty: closed then. */
export function hoursOfForm(read: (name: string) => string): { hours: WorkingHours; wrongDays: number[] } {
	const wrongDays: number[] = [];
	const hours = Array.from({ length: 7 }, (_, day) => {
		const sessions = Array.from({ length: SESSIONS_A_DAY }, (_, session) => {
			const [opens, closes] = sessionNames(day, session).map((name) => readClock(read(name)) ?? read(name));
			return [opens, closes] as const;
		}).filter(([opens, closes]) => opens !== '' || closes !== '');
		if (!areDayHours(sessions)) wrongDays.push(day);
		return sessions;
	});
	return { hours, wrongDays };
}

/** How the form names the two times of a session; day 0 is Monday. */
export function sessionNames(day: number, session: number): [opens: string, closes: string] {
	return [`opens-${day}-${session}`, `closes-${day}-${session}`];
}

/** The week in as few lines as it takes: neighbouring days with the same hours together; 0 is Monday. */
export function hoursInRuns(hours: WorkingHours): { first: number; last: number; sessions: readonly Session[] }[] {
	const runs: { first: number; last: number; sessions: readonly Session[] }[] = [];
	for (const [day, sessions] of hours.entries()) {
		const run = runs.at(-1);
		if (run && String(run.sessions) === String(sessions)) run.last = day;
		else runs.push({ first: day, last: day, sessions });
	}
	return runs;
}
