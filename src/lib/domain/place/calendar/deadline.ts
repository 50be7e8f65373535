import { addDays, HOUR_MS, localDay } from '../../shared/time.ts';
import { stretchesOf, type Calendar } from './calendar.ts';
import type { WorkingHours } from './hours.ts';

/** A place that has not opened for so long never will, and a deadline there is no deadline. */
const LONGEST_CLOSED_DAYS = 400;

/**
 * The instant at which so many hours have been worked since `at`. One that falls on the end of a session belongs to that session, not
 * to the start of the next. Throws RangeError where the hours never open.
 */
export function addWorkingHours(at: number, hours: number, calendar: Calendar, week: WorkingHours): number {
	let left = Math.round(hours * HOUR_MS);
	if (left <= 0) return at;
	for (const { from, until } of stretchesFrom(localDay(at), calendar, week)) {
		const start = Math.max(from, at);
		if (start >= until) continue;
		if (left <= until - start) return start + left;
		left -= until - start;
	}
	throw new RangeError('No working hours to count');
}

/**
 * The end of the last session of the n-th working day after the day of `at`: the day on which something comes in is not counted
 * (Civil Code 2015, article 147). Throws RangeError where the hours never open.
 */
export function addWorkingDays(at: number, days: number, calendar: Calendar, week: WorkingHours): number {
	if (!Number.isInteger(days) || days < 1) throw new RangeError(`Not a number of working days: ${days}`);
	let day = localDay(at);
	let closed = 0;
	for (let left = days; closed <= LONGEST_CLOSED_DAYS;) {
		day = addDays(day, 1);
		const end = stretchesOf(calendar, week, day).at(-1)?.until;
		closed = end === undefined ? closed + 1 : 0;
		if (end !== undefined && --left === 0) return end;
	}
	throw new RangeError('No working days to count');
}

function* stretchesFrom(first: string, calendar: Calendar, week: WorkingHours) {
	let closed = 0;
	for (let day = first; closed <= LONGEST_CLOSED_DAYS; day = addDays(day, 1)) {
		const stretches = stretchesOf(calendar, week, day);
		closed = stretches.length > 0 ? 0 : closed + 1;
		yield* stretches;
	}
}
