import { addDays, dayOfWeek, daysBetween, isLocalDay, monthOf } from '../shared/time.ts';

/** Calendar periods, so that everybody who looks at "this month" looks at the same days. */
export const PRESETS = ['week', 'month', 'quarter', 'half-year', 'year'] as const;
export type Preset = (typeof PRESETS)[number];

/** A quarter is long enough for most counters to have their thirty answers. */
export const DEFAULT_PRESET: Preset = 'quarter';

/** Local days, both included. */
export interface Period {
	preset: Preset | 'custom';
	from: string;
	to: string;
}

/** The longest period that may be asked for, days. */
const LONGEST_DAYS = 3 * 366;

/** The whole calendar week (from Monday), month, quarter, half-year or year that holds the day. */
export function calendarPeriod(preset: Preset, today: string): Period {
	if (preset === 'week') {
		const from = addDays(today, 1 - dayOfWeek(today));
		return { preset, from, to: addDays(from, 6) };
	}
	const length = { month: 1, quarter: 3, 'half-year': 6, year: 12 }[preset];
	const [year, month] = monthOf(today).split('-').map(Number);
	const first = Math.floor((month - 1) / length) * length + 1;
	const from = `${year}-${String(first).padStart(2, '0')}-01`;
	return { preset, from, to: addDays(firstOfMonth(year, first + length), -1) };
}

/** The days of a calendar year. */
export const yearOf = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` });

/** The year that an address asks for; what is none is the year of now. */
export function readYear(query: URLSearchParams, now: number): number {
	const asked = query.get('year') ?? '';
	return /^2\d{3}$/.test(asked) && asked !== '2000' ? Number(asked) : now;
}

/** Whether a report can be drawn for these days: two days that exist, in order, of years in which somebody could have been asked. */
export function isPeriod(from: string, to: string): boolean {
	return isLocalDay(from) && isLocalDay(to) && from >= '2000-01-01' && from <= to && to <= '2999-12-31';
}

/**
 * The period that an address asks for, the one that holds the day `at` (today unless said); what makes no sense falls back to the
 * default instead of to an error.
 */
export function readPeriod(query: URLSearchParams, today: string): Period {
	const preset = query.get('preset');
	const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
	if (preset === 'custom' && isPeriod(from, to) && to <= addDays(from, LONGEST_DAYS)) {
		return { preset, from, to };
	}
	const at = query.get('at') ?? '';
	return calendarPeriod(PRESETS.find((known) => known === preset) ?? DEFAULT_PRESET, isPeriod(at, at) ? at : today);
}

/** The parameters that ask for a period again; one that holds today needs no day, unless it is to be the same for ever. */
export function periodAddress({ preset, from, to }: Period, today: string | null): Record<string, string> {
	if (preset === 'custom') return { preset, from, to };
	return today && from <= today && today <= to ? { preset } : { preset, at: from };
}

/** The period of the same kind after this one. */
export function periodAfter({ preset, from, to }: Period): Period {
	if (preset !== 'custom') return calendarPeriod(preset, addDays(to, 1));
	return { preset, from: addDays(to, 1), to: addDays(to, 1 + daysBetween(from, to)) };
}

/** The Friday that a weekly report is about: the last one up to this day. */
export function fridayOf(today: string): string {
	return addDays(today, -((dayOfWeek(today) + 2) % 7));
}

/** The period of the same length before this one: last week, last month; for chosen days as many days just before. */
export function periodBefore({ preset, from, to }: Period): Period {
	if (preset !== 'custom') return calendarPeriod(preset, addDays(from, -1));
	return { preset, from: addDays(from, -1 - daysBetween(from, to)), to: addDays(from, -1) };
}

/**
 * The same period of the year before. A week is compared with the week 52 weeks earlier, so that it has the same weekdays; the 29th of
 * February becomes the 28th.
 */
export function periodOfYearBefore({ preset, from, to }: Period): Period {
	if (preset === 'week') return { preset, from: addDays(from, -364), to: addDays(to, -364) };
	if (preset !== 'custom') return calendarPeriod(preset, yearEarlier(from));
	return { preset, from: yearEarlier(from), to: yearEarlier(to) };
}

function yearEarlier(day: string): string {
	const same = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
	return isLocalDay(same) ? same : `${same.slice(0, 8)}28`;
}

function firstOfMonth(year: number, month: number): string {
	const over = month > 12 ? 1 : 0;
	return `${year + over}-${String(month - 12 * over).padStart(2, '0')}-01`;
}
