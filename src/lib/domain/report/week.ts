import { addDays, dayOfWeek, formatDay, isoWeek, monthOf } from '../shared/time.ts';

/** The Monday of the day's week. */
export function weekOf(day: string): string {
	return addDays(day, 1 - dayOfWeek(day));
}

/** "Tuần 47 (16/11–22/11/2026)" for the week that begins on this Monday (reference/ux.md D9). */
export function weekName(monday: string): string {
	return `Tuần ${isoWeek(monday).week} (${formatDay(monday).slice(0, 5)}–${formatDay(addDays(monday, 6))})`;
}

/** "Tháng 11/2026" for '2026-11'. */
export function monthName(month: string): string {
	return `Tháng ${Number(month.slice(5))}/${month.slice(0, 4)}`;
}

/** The month after '2026-11' is '2026-12'. */
export function monthAfter(month: string): string {
	return monthOf(addDays(`${month}-28`, 4));
}
