import { addDays, dayOfWeek, formatDay, isoWeek } from '../shared/time.ts';

/** The Monday of the day's week. */
export function weekOf(day: string): string {
	return addDays(day, 1 - dayOfWeek(day));
}

/** "Tuần 47 (16/11–22/11/2026)" for the week that begins on this Monday (reference/ux.md D9). */
export function weekName(monday: string): string {
	return `Tuần ${isoWeek(monday).week} (${formatDay(monday).slice(0, 5)}–${formatDay(addDays(monday, 6))})`;
}
