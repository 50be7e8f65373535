/**
 * Time as the product knows it: instants are milliseconds since 1970, days are texts 'YYYY-MM-DD' of Vietnam's one time zone,
 * which is UTC+7 all year. Calculated here and never taken from the machine's zone: a day by UTC loses everything before 07:00.
 */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const VIETNAM_MS = 7 * HOUR_MS;

export type Shift = 'morning' | 'afternoon' | 'evening';

export function localDay(at: number): string {
	return dayOfNumber(Math.floor((at + VIETNAM_MS) / DAY_MS));
}

/**
 * Morning ends at 12:00. The afternoon ends at 18:00, half an hour after the latest usual closing time, so that the last citizen
 * of a day does not stand alone in an evening.
 */
export function shiftOf(at: number): Shift {
	const sinceMidnight = modulo(at + VIETNAM_MS, DAY_MS);
	if (sinceMidnight < 12 * HOUR_MS) return 'morning';
	return sinceMidnight < 18 * HOUR_MS ? 'afternoon' : 'evening';
}

/** 0 to 23, local. */
export function localHour(at: number): number {
	return Math.floor(modulo(at + VIETNAM_MS, DAY_MS) / HOUR_MS);
}

/** The instant at which this local day begins. Throws RangeError on a text that is no day. */
export function startOfLocalDay(day: string): number {
	return midnightUtc(day) - VIETNAM_MS;
}

export function addDays(day: string, days: number): string {
	return dayOfNumber(midnightUtc(day) / DAY_MS + days);
}

/** Monday is 1, Sunday is 7 (ISO 8601). */
export function dayOfWeek(day: string): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
	return (new Date(midnightUtc(day)).getUTCDay() || 7) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** 'YYYY-MM'. */
export function monthOf(day: string): string {
	return day.slice(0, 7);
}

/** Days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
	return (midnightUtc(to) - midnightUtc(from)) / DAY_MS;
}

/** Whether the text is a day that exists: not '2026-02-30', not '2026-2-3'. */
export function isLocalDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const at = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** '23/11/2026'. */
export function formatDay(day: string): string {
	return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

/** '10:32 23/11/2026', local. */
export function formatInstant(at: number): string {
	const clock = new Date(at + VIETNAM_MS).toISOString().slice(11, 16);
	return `${clock} ${formatDay(localDay(at))}`;
}

/** '2026-11-23T10:32:07+07:00', the local time stamp of a sheet: to the second, for finer would only help to find a person. */
export function localStamp(at: number): string {
	return `${new Date(at + VIETNAM_MS).toISOString().slice(0, 19)}+07:00`;
}

/** ISO 8601 week: it belongs to the year of its Thursday. */
export function isoWeek(day: string): { year: number; week: number } {
	const thursday = addDays(day, 4 - dayOfWeek(day));
	const year = Number(thursday.slice(0, 4));
	return { year, week: Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1 };
}

function midnightUtc(day: string): number {
	let at = midnightOf.get(day);
	if (at === undefined) {
		if (!isLocalDay(day)) throw new RangeError(`Not a day: ${day}`);
		at = Date.parse(`${day}T00:00:00Z`);
		remember(midnightOf, day, at);
	}
	return at;
}

/** The day so many days after 1970-01-01. */
function dayOfNumber(number: number): string {
	let day = dayOf.get(number);
	if (day === undefined) {
		day = new Date(number * DAY_MS).toISOString().slice(0, 10);
		remember(dayOf, number, day);
	}
	return day;
}

/** A sheet asks for its day several times and the clock of one case goes through a hundred of them; they are nearly always the same ones. */
const midnightOf = new Map<string, number>();
const dayOf = new Map<number, string>();
const DAYS_REMEMBERED = 4096;

function remember<Key, Value>(known: Map<Key, Value>, key: Key, value: Value) {
	if (known.size >= DAYS_REMEMBERED) known.clear();
	known.set(key, value);
}

function modulo(value: number, by: number): number {
	return ((value % by) + by) % by;
}
