import { sinceMidnight } from '../place/calendar/hours.ts';
import { addDays, localDay, startOfLocalDay } from '../shared/time.ts';

/** When nobody is written to, local: from the evening until the morning. Equal times: only days without work are quiet. */
export interface QuietHours {
	from: string;
	until: string;
}

export const USUAL_QUIET: QuietHours = { from: '18:00', until: '07:00' };

/** Longer than any row of holidays; after that a letter goes out whatever the calendar says. */
const FARTHEST_DAYS = 30;

export const lastQuietDay = (now: number) => addDays(localDay(now), FARTHEST_DAYS);

/** When a letter may go out: now, or at the end of the quiet hours of the next working day. */
export function letterTime(now: number, quiet: QuietHours, isWorkingDay: (day: string) => boolean): number {
	let day = localDay(now);
	for (let ahead = 0; ahead <= FARTHEST_DAYS; ahead++, day = addDays(day, 1)) {
		if (!isWorkingDay(day)) continue;
		const [opens, closes] = workingTime(day, quiet);
		if (now < opens) return opens;
		if (now < closes) return now;
	}
	return now;
}

/** The stretch of a day in which letters go out; quiet hours may lie over midnight or within the day. */
function workingTime(day: string, { from, until }: QuietHours): [opens: number, closes: number] {
	const midnight = startOfLocalDay(day);
	const [closes, opens] = [sinceMidnight(from), sinceMidnight(until)];
	if (opens < closes) return [midnight + opens, midnight + closes];
	const next = startOfLocalDay(addDays(day, 1));
	return closes === opens ? [midnight, next] : [midnight + opens, next];
}
