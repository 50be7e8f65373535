import type { Opening } from '../terminal/opening.ts';
import { sinceMidnight } from '../place/calendar/hours.ts';
import { HOUR_MS, localDay, MINUTE_MS, startOfLocalDay } from '../shared/time.ts';
import type { Flag } from './flag.ts';

/**
 * What is only told once the day is over (decision 0068): the night looks at what each tablet brought and raises doubts. They take
 * nothing out. Each follows from sheets whose running numbers stand side by side, so whatever comes later adds doubts and takes none back.
 */
export const WATCHED = ['pace', 'after-staff', 'off-hours', 'off-duty'] as const satisfies readonly Flag[];
export type Watched = (typeof WATCHED)[number];

/** A sheet of one tablet, as far as the look needs it. */
export interface WatchedSheet {
	sequence: number;
	/** By the tablet's own clock: only differences mean something. */
	answeredAt: number;
	/** The instant that is believed; null: its clock is not. */
	at: number | null;
	answers: string;
	/** '': the tablet showed nobody. */
	officerId: string;
}

/** What is known of the place where the tablet stands. */
export interface Surroundings {
	opening: Opening;
	/** Whether somebody was on duty there at any moment between the two; null: no roster is kept there. */
	isStaffed: (from: number, until: number) => boolean | null;
	/** When staff stood at the tablet or a supervisor of its site signed in. */
	staffAt: readonly number[];
	/** Until when the roster is settled: what is entered a day late is no doubt. */
	rosterUntil: number;
}

/** So many alike are no family any more, and no fewer than any count is shown of. */
const LEAST_IN_A_ROW = 5;
/** Five questions, a thank-you, and the next in the queue comes up: no row of people keeps that up with the same answers. */
const PACE_MS = MINUTE_MS;
/** Slower, but right after somebody of the staff was there. */
const STAFF_PACE_MS = 2.5 * MINUTE_MS;
const AFTER_STAFF_MS = 10 * MINUTE_MS;
/** People come a little early, and whoever still waits at closing time is served. */
const EARLY_MS = 30 * MINUTE_MS;
const OVERTIME_MS = HOUR_MS;

/** The doubts about the sheets of one tablet, by running number; they come in the order of these. */
export function watch(sheets: readonly WatchedSheet[], around: Surroundings): Map<number, Watched[]> {
	const doubts = new Map<number, Watched[]>();
	const doubt = (own: readonly WatchedSheet[], flag: Watched) => {
		for (const { sequence } of own) doubts.set(sequence, [...(doubts.get(sequence) ?? []), flag]);
	};
	for (const run of runsOf(sheets, PACE_MS)) doubt(run, 'pace');
	const slow = runsOf(sheets, STAFF_PACE_MS);
	doubt(
		slow.flatMap((run) => afterStaff(run, around.staffAt)),
		'after-staff'
	);
	doubt(
		sheets.filter(({ at }) => at !== null && isOffHours(around.opening, at)),
		'off-hours'
	);
	doubt(
		sheets.filter((sheet) => isOffDuty(sheet, around)),
		'off-duty'
	);
	return doubts;
}

/** Stretches of neighbouring numbers with the very same answers, each so soon after the one before, that are too long to be chance. */
function runsOf(sheets: readonly WatchedSheet[], apartMs: number): WatchedSheet[][] {
	const runs: WatchedSheet[][] = [];
	let before: WatchedSheet | undefined;
	for (const sheet of sheets) {
		const apart = before ? sheet.answeredAt - before.answeredAt : -1;
		const goesOn =
			before?.sequence === sheet.sequence - 1 && before.answers === sheet.answers && apart >= 0 && apart <= apartMs;
		if (goesOn) runs.at(-1)!.push(sheet);
		else runs.push([sheet]);
		before = sheet;
	}
	return runs.filter(({ length }) => length >= LEAST_IN_A_ROW);
}

/** The part of a run that begins within minutes of somebody having been there. */
function afterStaff(run: readonly WatchedSheet[], staffAt: readonly number[]): WatchedSheet[] {
	const seen = staffAt.map((staff) => {
		const after = run.filter(({ at }) => at !== null && at >= staff);
		return after.length >= LEAST_IN_A_ROW && after[0].at! <= staff + AFTER_STAFF_MS ? after : [];
	});
	return seen.reduce((longest, each) => (each.length > longest.length ? each : longest), []);
}

/** Long before anybody comes or long after the last has left; lunch is closed, too, where it is long enough. */
function isOffHours(opening: Opening, at: number): boolean {
	const day = localDay(at);
	const now = at - startOfLocalDay(day);
	return !opening(day).some(
		([opens, closes]) => sinceMidnight(opens) - EARLY_MS <= now && now < sinceMidnight(closes) + OVERTIME_MS
	);
}

/** Nobody was on the screen, and by the roster nobody was there long before and after, though one is kept. */
function isOffDuty({ at, officerId }: WatchedSheet, { isStaffed, rosterUntil }: Surroundings): boolean {
	if (at === null || officerId !== '' || at >= rosterUntil) return false;
	return isStaffed(at - OVERTIME_MS, at + EARLY_MS) === false;
}
