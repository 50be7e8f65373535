import { addDays } from '../../shared/time.ts';
import { isWorkingDay, type Calendar } from './calendar.ts';

/** No holidays are longer: Tết with its swapped days. */
export const LONGEST_BREAK_DAYS = 30;

/** A time that ends on a day off ends with the working day after it (Civil Code 2015, article 148). */
export function lastDayOf(dueDay: string, calendar: Calendar): string {
	let day = dueDay;
	for (let off = 0; !isWorkingDay(calendar, day) && off < LONGEST_BREAK_DAYS; off++) day = addDays(day, 1);
	return day;
}
