import { startOfLocalDay } from '../shared/time.ts';
import { sessionsOf, type Calendar } from './calendar/calendar.ts';
import { sinceMidnight, type WorkingHours } from './calendar/hours.ts';
import type { Duty } from './duty.ts';
import { heldBetween } from './roster.ts';

export const HALVES = ['morning', 'afternoon'] as const;
export type Half = (typeof HALVES)[number];

/** Half a day's work at a site, from its first opening to its last closing; milliseconds, half-open. */
export interface HalfDay {
	half: Half;
	from: number;
	until: number;
}

/** The morning and the afternoon that a site works on a day: none on a holiday, one where it opens for half a day. */
export function halfDaysOf(calendar: Calendar, hours: WorkingHours, day: string): HalfDay[] {
	const midnight = startOfLocalDay(day);
	const sessions = sessionsOf(calendar, hours, day);
	return HALVES.flatMap((half) => {
		const own = sessions.filter(([opens]) => opens < '12:00' === (half === 'morning'));
		if (own.length === 0) return [];
		const [from, until] = [own[0][0], own[own.length - 1][1]];
		return { half, from: midnight + sinceMidnight(from), until: midnight + sinceMidnight(until) };
	});
}

/**
 * Who holds a counter for a stretch, as one text to compare: '' nobody, an officer's id where they hold all of it, else every turn
 * with a '+' behind it.
 */
export function holderOf(duties: readonly Duty[], counterId: string, from: number, until: number): string {
	const held = heldBetween(duties, counterId, from, until);
	const names = held.map(({ duty }) => duty.officerId);
	const [first] = names;
	const whole =
		held[0]?.from === from &&
		held.at(-1)!.until === until &&
		held.every((stretch, i) => i === 0 || stretch.from === held[i - 1].until);
	if (first === undefined) return '';
	return whole && names.every((name) => name === first) ? first! : names.map((name) => `${name}+`).join('');
}

/** Whether a holder is more than one turn, or not there all the time: it can be replaced, not just typed over. */
export const isMixed = (holder: string) => holder.includes('+');

/** One half-day at one counter that somebody wants held by an officer, or by nobody. */
export interface CellWish {
	counterId: string;
	day: string;
	half: Half;
	officerId: string | null;
	/** Who held it when it was looked at: if that is not so any more, somebody else has planned meanwhile. */
	was: string;
}
