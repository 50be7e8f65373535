import { daysBetween, formatDay, type Shift } from '../shared/time.ts';
import type { LocalText } from '../survey/criterion.ts';
import type { Channel } from './channel.ts';
import { countsOfItself, parseFlags, type Flag } from './flag.ts';
import type { StoredSheet } from './intake.ts';

/** Which sheets two people take out: told by where and when they were given and what is doubted about them, never by what they say. */
export interface ExcludedPart {
	siteId: string;
	/** '': all counters of the site, and what was given at none. */
	counterId: string;
	channel: Channel;
	/** Local days, both inside. */
	from: string;
	until: string;
	/** '': all day. */
	shift: Shift | '';
	/** '': also what nothing is doubted about. */
	flag: Flag | '';
}

export const EXCLUSION_STATES = ['proposed', 'standing', 'declined', 'withdrawn', 'lifted'] as const;
export type ExclusionState = (typeof EXCLUSION_STATES)[number];

/** What may be doubted about a sheet that counts; the flags that take one out by themselves need nobody. */
export const EXCLUDABLE_FLAGS = [
	'repeat',
	'burst',
	'device-again',
	'clock-future',
	'clock-past',
	'duty-unknown',
	'replaces-foreign',
	'from-quarantine',
	'pace',
	'after-staff',
	'off-hours',
	'off-duty'
] as const satisfies readonly Flag[];

export const SHIFT_NAMES: Record<Shift, LocalText> = {
	morning: { vi: 'Buổi sáng', en: 'Morning' },
	afternoon: { vi: 'Buổi chiều', en: 'Afternoon' },
	evening: { vi: 'Buổi tối', en: 'Evening' }
};

export function sayDays({ from, until }: Pick<ExcludedPart, 'from' | 'until'>): string {
	return from === until ? formatDay(from) : `${formatDay(from)} – ${formatDay(until)}`;
}

/** Where and when, in one line; `counter` null is the whole site. */
export function sayWhere({ site, counter, from, until, shift }: NamedPart, locale: keyof LocalText): string {
	return [counter ?? site, sayDays({ from, until }), ...(shift === '' ? [] : [SHIFT_NAMES[shift][locale]])].join(' · ');
}
/** A standing decision as the readers of figures are told of it. */
export type ToldExclusion = NamedPart & { reason: string };

/** For a report on paper: one sentence, or none. */
export function tellExclusions(exclusions: readonly ToldExclusion[]): string[] {
	if (exclusions.length === 0) return [];
	return [`Đã loại theo quyết định: ${exclusions.map((one) => `${sayWhere(one, 'vi')} (${one.reason})`).join('; ')}.`];
}
export type NamedPart = Pick<ExcludedPart, 'from' | 'until' | 'shift'> & { site: string; counter: string | null };

/** A month of one place at most: whoever wants a year out has another problem. */
export const MOST_DAYS = 31;
/** A tablet keeps sheets so long and brings them late: until then an exclusion meets what comes. */
export const EXCLUSION_MEETS_MS = 30 * 86_400_000;

export type PartProblem = 'days-turned' | 'days-future' | 'days-many';

/** What is wrong with the days, if anything. */
export function problemOfPart({ from, until }: ExcludedPart, today: string): PartProblem | null {
	if (from > until) return 'days-turned';
	if (until > today) return 'days-future';
	return daysBetween(from, until) >= MOST_DAYS ? 'days-many' : null;
}

/** Whether a sheet is inside; by nothing that it answers. */
export function covers(part: ExcludedPart, sheet: StoredSheet): boolean {
	if (sheet.siteId !== part.siteId || sheet.channel !== part.channel) return false;
	if (sheet.day < part.from || sheet.day > part.until) return false;
	if (part.counterId !== '' && sheet.counterId !== part.counterId) return false;
	if (part.shift !== '' && sheet.shift !== part.shift) return false;
	return part.flag === '' || parseFlags(sheet.flags).includes(part.flag);
}

/** The sheet's flags as the standing exclusions want them. */
export function flagsUnder(standing: readonly ExcludedPart[], sheet: StoredSheet): Flag[] {
	const others = parseFlags(sheet.flags).filter((flag) => flag !== 'excluded');
	return standing.some((part) => covers(part, sheet)) ? [...others, 'excluded'] : others;
}

/** Whether a decision about a sheet makes a difference. */
export const isDecidedOn = ({ flags }: StoredSheet) => countsOfItself(parseFlags(flags));

/** Why a step is not taken; each has a sentence on the desk. */
export type ExclusionRefusal =
	| PartProblem
	/** Another organization's, another site's, or none. */
	| 'unknown'
	| 'reason-missing'
	/** Nothing is inside that counts. */
	| 'nothing-inside'
	/** Somebody was quicker. */
	| 'changed-meanwhile'
	/** Whoever proposed it does not decide on it. */
	| 'own-proposal'
	/** Nobody decides about sheets that rate themselves. */
	| 'own-sheets';
