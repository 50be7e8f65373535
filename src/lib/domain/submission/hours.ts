import { dayOfWeek, monthOf } from '../shared/time.ts';
import { findVersion } from '../survey/catalogue.ts';
import type { Criterion } from '../survey/criterion.ts';
import { countsOfItself, parseFlags } from './flag.ts';
import type { StoredSheet } from './intake.ts';

/** Sheets, and of each criterion the answers 1 to 5 and those of 4 and 5. */
export const HOUR_FIGURES = [
	'sheets',
	...(['tcAnswers', 'tcSatisfied', 'hcAnswers', 'hcSatisfied', 'pvAnswers', 'pvSatisfied'] as const),
	...(['kqAnswers', 'kqSatisfied', 'ttAnswers', 'ttSatisfied'] as const)
] as const;
export type HourFigures = Record<(typeof HOUR_FIGURES)[number], number>;

/** Where a criterion's figures stand. */
export const HOUR_FIGURES_OF = {
	TC: ['tcAnswers', 'tcSatisfied'],
	HC: ['hcAnswers', 'hcSatisfied'],
	PV: ['pvAnswers', 'pvSatisfied'],
	KQ: ['kqAnswers', 'kqSatisfied'],
	TT: ['ttAnswers', 'ttSatisfied']
} as const satisfies Record<Criterion, readonly (keyof HourFigures)[]>;

/** Where in the week of a month a sheet is counted, but for the hour. */
export interface HourPlace {
	organizationId: string;
	versionId: string;
	month: string;
	siteId: string;
	weekday: number;
}

export const noHourFigures = (): HourFigures =>
	Object.fromEntries(HOUR_FIGURES.map((figure) => [figure, 0])) as unknown as HourFigures;

export function hourPlaceOf({ organizationId, versionId, day, siteId }: StoredSheet): HourPlace {
	return { organizationId, versionId, month: monthOf(day), siteId, weekday: dayOfWeek(day) };
}

/**
 * Whether a sheet is told by the hour: one that counts, that a tablet at the counter brought and whose clock is believed. Of those, three
 * in four, drawn by their random ids, which nobody is shown: so no table that counts them all tells one of them when this one is
 * taken from it (decision 0044). What two people took out is still told: after a week nobody knows its hour (decision 0053).
 */
export function isToldByHour({ channel, flags, id }: StoredSheet): boolean {
	if (channel !== 'terminal' || !DRAWN.includes(id[0])) return false;
	if (flags === '') return true;
	const own = parseFlags(flags);
	return countsOfItself(own) && !own.includes('clock-future') && !own.includes('clock-past');
}

/** 48 of the 64 signs an id may begin with. */
const DRAWN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv';

/** Adds a sheet, or takes it away, times -1. */
export function addToHour(figures: HourFigures, { versionId, answers }: StoredSheet, times: 1 | -1) {
	const places = figuresOf(versionId);
	figures.sheets += times;
	for (let place = 0; place < answers.length; place++) {
		const own = places[place];
		const value = answers.charCodeAt(place) - ZERO;
		if (!own || value < 1) continue;
		figures[own[0]] += times;
		if (value >= 4) figures[own[1]] += times;
	}
}

const ZERO = '0'.charCodeAt(0);

type Places = readonly ((typeof HOUR_FIGURES_OF)[Criterion] | null)[];
const known = new Map<string, Places>();

/** Where the answers of a version are counted, in the order of its items: it never changes, so it is looked up once. */
function figuresOf(versionId: string): Places {
	let places = known.get(versionId);
	if (!places) {
		places = findVersion(versionId)!.items.map(({ criterion }) => criterion && HOUR_FIGURES_OF[criterion]);
		known.set(versionId, places);
	}
	return places;
}
