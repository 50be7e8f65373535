import { addDays, dayOfWeek, isLocalDay, localDay, startOfLocalDay } from '../shared/time.ts';

const DAYS = 7;

/** A week from Monday; days are local, instants milliseconds. */
export interface Week {
	monday: string;
	days: string[];
	from: number;
	until: number;
}

/** The week that a day lies in; the week of `now` where the text is no day. */
export function weekOf(text: string | null, now: number): Week {
	const day = text !== null && isLocalDay(text) ? text : localDay(now);
	const monday = addDays(day, 1 - dayOfWeek(day));
	const days = Array.from({ length: DAYS }, (_, i) => addDays(monday, i));
	return { monday, days, from: startOfLocalDay(monday), until: startOfLocalDay(addDays(monday, DAYS)) };
}
