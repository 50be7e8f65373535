import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';

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
	return (
		hours.length === 7 &&
		hours.every((sessions) => {
			const edges = sessions.flat();
			return (
				edges.every((clock) => /^([01]\d|2[0-3]):[0-5]\d$/.test(clock)) &&
				edges.every((clock, i) => i === 0 || edges[i - 1] < clock)
			);
		})
	);
}
