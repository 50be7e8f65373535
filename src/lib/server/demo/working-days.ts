import { addDays, dayOfWeek } from '../../domain/shared/time.ts';

/**
 * Weekdays off and Saturdays worked instead, as announced for civil servants (TB 9441/TB-BNV,
 * NQ 28/2026/QH16); 2027 is an estimate. Only the made-up rosters and answers are built on it.
 */
const OFF = new Set([
	...['2025-01-01', '2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'],
	...['2025-04-07', '2025-04-30', '2025-05-01', '2025-05-02', '2025-09-01', '2025-09-02'],
	...['2026-01-01', '2026-01-02', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'],
	...['2026-04-27', '2026-04-30', '2026-05-01', '2026-08-31', '2026-09-01', '2026-09-02', '2026-11-24'],
	...['2027-01-01', '2027-02-04', '2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10'],
	...['2027-04-16', '2027-04-30', '2027-05-03', '2027-09-02', '2027-09-03', '2027-11-24']
]);
const WORKED_SATURDAYS = new Set(['2025-04-26', '2026-01-10', '2026-08-22']);

export function isWorkingDay(day: string): boolean {
	return WORKED_SATURDAYS.has(day) || (dayOfWeek(day) <= 5 && !OFF.has(day));
}

/** The working days from the first to the last, both included. */
export function workingDays(from: string, to: string): string[] {
	const days: string[] = [];
	for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) days.push(day);
	return days;
}
