import { sinceMidnight, type Session } from '../place/calendar/hours.ts';
import { localDay, MINUTE_MS, startOfLocalDay } from '../shared/time.ts';
import type { Profile } from './profile.ts';

/** When something is open on a local day; nothing where it is closed. */
export type Opening = (day: string) => readonly Session[];

/** When the counter of a tablet is open: with its site, lunch and holidays included, or at its own hours on the site's days. */
export function openingOf({ hours, opensAt, closesAt }: Profile, site: Opening): Opening {
	if (hours === 'site') return site;
	return (day) => (site(day).length > 0 && opensAt < closesAt ? [[opensAt, closesAt]] : []);
}

/** Since when it is open without a break at this instant; null: it is closed. */
export function openSince(opening: Opening, at: number): number | null {
	const day = localDay(at);
	const midnight = startOfLocalDay(day);
	const session = opening(day).find(
		([opens, closes]) => midnight + sinceMidnight(opens) <= at && at < midnight + sinceMidnight(closes)
	);
	return session ? midnight + sinceMidnight(session[0]) : null;
}

/** Somebody comes early or stays late. */
const AROUND_MS = 30 * MINUTE_MS;

/** Whether nobody is expected at the counter: before and after the day's work, never over lunch; unknown days are awake. */
export function isAsleep(opening: Readonly<Record<string, readonly Session[]>> | undefined, at: number): boolean {
	const day = localDay(at);
	const sessions = opening?.[day];
	if (!sessions) return false;
	const [first, last] = [sessions[0], sessions.at(-1)];
	if (!first || !last) return true;
	const now = at - startOfLocalDay(day);
	return now < sinceMidnight(first[0]) - AROUND_MS || now >= sinceMidnight(last[1]) + AROUND_MS;
}
