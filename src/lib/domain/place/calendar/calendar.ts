import type { LocalText } from '../../survey/criterion.ts';
import { addDays, dayOfWeek, startOfLocalDay } from '../../shared/time.ts';
import { sinceMidnight, USUAL_HOURS, type Session, type WorkingHours } from './hours.ts';

/**
 * Why a day is not what its weekday says. 'ordinary' takes back what a calendar above has said of the day: it is as its weekday is.
 */
export const DAY_KINDS = ['holiday', 'compensatory', 'swapped_off', 'makeup_workday', 'ordinary'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** Whether a notice fixes the day, or it follows from the law and the moon and may yet be moved. */
export const DAY_STATUSES = ['official', 'estimated'] as const;
export type DayStatus = (typeof DAY_STATUSES)[number];

export interface SpecialDay {
	day: string;
	kind: DayKind;
	name: LocalText;
	status: DayStatus;
}

/** A special day with who says so: an organization, or null for the nation. */
export interface CalendarDay extends SpecialDay {
	organizationId: string | null;
}

/** The days of a stretch of time that differ from their weekday; every other day is as its weekday is. */
export type Calendar = ReadonlyMap<string, CalendarDay>;

/** Layers of days, the widest first: what comes later stands over what came before. */
export function overlay(...layers: readonly (readonly CalendarDay[])[]): Calendar {
	return new Map(layers.flatMap((layer) => layer.map((special) => [special.day, special] as const)));
}

/** The office's own week, Monday to Friday, with its holidays and swapped days; for a site with other hours ask `sessionsOf`. */
export function isWorkingDay(calendar: Calendar, day: string): boolean {
	return sessionsOf(calendar, USUAL_HOURS, day).length > 0;
}

/** The working days from the first to the last, both included. */
export function workingDays(calendar: Calendar, from: string, to: string): string[] {
	const days: string[] = [];
	for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) days.push(day);
	return days;
}

/** When a site with these hours is open on a day; nothing where it is closed. */
export function sessionsOf(calendar: Calendar, hours: WorkingHours, day: string): readonly Session[] {
	const kind = calendar.get(day)?.kind ?? 'ordinary';
	if (kind === 'makeup_workday') return longestOf(hours);
	return kind === 'ordinary' ? hours[dayOfWeek(day) - 1] : [];
}

/** A stretch of work as instants, milliseconds, half-open. */
export interface WorkingStretch {
	from: number;
	until: number;
}

export function stretchesOf(calendar: Calendar, hours: WorkingHours, day: string): readonly WorkingStretch[] {
	const known = knownStretches(calendar, hours);
	let stretches = known.get(day);
	if (!stretches) {
		const midnight = startOfLocalDay(day);
		stretches = sessionsOf(calendar, hours, day).map(([opens, closes]) => ({
			from: midnight + sinceMidnight(opens),
			until: midnight + sinceMidnight(closes)
		}));
		known.set(day, stretches);
	}
	return stretches;
}

type Stretches = Map<string, readonly WorkingStretch[]>;
/** For as long as the calendar is held: the clocks of all cases of a page go through the same days. */
const stretchesKnown = new WeakMap<Calendar, WeakMap<WorkingHours, Stretches>>();

function knownStretches(calendar: Calendar, hours: WorkingHours): Stretches {
	let byHours = stretchesKnown.get(calendar);
	if (!byHours) stretchesKnown.set(calendar, (byHours = new WeakMap()));
	let known = byHours.get(hours);
	if (!known) byHours.set(hours, (known = new Map()));
	return known;
}

/** A make-up day is worked in full, also where Saturdays are half a day. */
function longestOf(hours: WorkingHours): readonly Session[] {
	const length = (sessions: readonly Session[]) =>
		sessions.reduce((sum, [opens, closes]) => sum + sinceMidnight(closes) - sinceMidnight(opens), 0);
	return hours.reduce((longest, sessions) => (length(sessions) > length(longest) ? sessions : longest), []);
}
