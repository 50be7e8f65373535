import { daysOver, type CounterDay } from '../report/over-served.ts';
import { signsOf, type ParticipationRow } from '../report/participation.ts';
import { sinceMidnight, USUAL_HOURS } from '../place/calendar/hours.ts';
import type { Random } from '../shared/random.ts';
import { trustedInstant } from '../terminal/clock.ts';
import { addDays, dayOfWeek, HOUR_MS, localDay, MINUTE_MS, startOfLocalDay } from '../shared/time.ts';
import type { CheckedSheet } from './check.ts';
import { parseFlags, type Flag } from './flag.ts';
import { judge, lineKey, sheetKey, type Arrival, type IntakeState } from './intake.ts';
import { bitsAsked, judgePoster, NO_TRAFFIC, type DeviceTraffic } from './stuffing.ts';
import { watch, type WatchedSheet } from './watch.ts';

/**
 * Made-up days at a counter, honest ones and attacked ones, given to the product's own judging functions. What counts as seen is what a
 * leader would be shown: a flag that raises a doubt, a quarantine, a sign beside the score. Nothing here knows how the product judges.
 */

/** A tap that makes a sheet. `of` is null for a citizen's, else the attack it belongs to. */
export interface Tap {
	at: number;
	score: number;
	of: 'attack' | null;
	/** It takes back the tap before it. */
	corrects?: true;
	nobodyOnDuty?: true;
}

/** How a tablet's clock and line are that day. */
interface Device {
	skewMs: number;
	/** Everything of the day is sent then; null: at once. */
	sentAt: number | null;
	/** When staff stood at it, or the supervisor signed in. */
	staffAt?: readonly number[];
	/** Nobody is on the roster of its counter that day. */
	unstaffed?: true;
}

interface Seen {
	tap: Tap;
	flags: Flag[];
	quarantined: boolean;
}

export const SECOND_MS = 1000;
const MONDAY = '2026-03-02';

export const exponential = (random: Random, mean: number) => -mean * Math.log(1 - random.next());
export const between = (random: Random, low: number, high: number) => low + random.next() * (high - low);

/** The n-th working day. */
export function workingDay(n: number): string {
	const day = addDays(MONDAY, Math.floor(n / 5) * 7 + (n % 5));
	if (dayOfWeek(day) > 5) throw new Error('A counter is closed at the weekend');
	return day;
}

/**
 * One after the other a citizen is served for some minutes and may rate; 60 to 90 % choose the top. One in twenty has family with him
 * who rate as soon as the tablet lets them, one in fifty corrects himself. Who is still waiting at closing time is served.
 */
export function honestTaps(random: Random, day: string): Tap[] {
	const midnight = startOfLocalDay(day);
	const top = between(random, 0.6, 0.9);
	const score = () => (random.chance(top) ? 5 : 4 - random.weighted([70, 20, 6, 4]));
	const taps: Tap[] = [];
	for (const [opens, closes] of USUAL_HOURS[0]) {
		const overtime = random.chance(0.3) ? between(random, 5, 40) * MINUTE_MS : 0;
		let at = midnight + sinceMidnight(opens);
		for (;;) {
			at += 2 * MINUTE_MS + exponential(random, 8 * MINUTE_MS);
			if (at >= midnight + sinceMidnight(closes) + overtime) break;
			taps.push({ at, score: score(), of: null });
			if (random.chance(0.02)) {
				at += between(random, 1.5, 4) * SECOND_MS;
				taps.push({ at, score: score(), of: null, corrects: true });
			}
			// "Thank you" stands for some seconds and five questions take a few more.
			for (let more = random.chance(0.05) ? 1 + random.weighted([2, 1]) : 0; more > 0; more--) {
				at += 8 * SECOND_MS + exponential(random, 25 * SECOND_MS);
				taps.push({ at, score: score(), of: null });
			}
		}
	}
	return taps;
}

/** Most clocks are right to some seconds, one tablet in two hundred was never set; one day in seven the line is down until evening. */
export function honestDevice(random: Random, day: string): Device {
	const skewMs = random.chance(0.005) ? between(random, 3, 10) * MINUTE_MS : random.bell() * 20 * SECOND_MS;
	const midnight = startOfLocalDay(day);
	const opens = USUAL_HOURS[0].map(([from]) => midnight + sinceMidnight(from));
	const signIns = Array.from(
		{ length: random.weighted([3, 4, 2, 1]) },
		() => midnight + between(random, 7, 17) * HOUR_MS
	);
	return { skewMs, sentAt: random.chance(0.15) ? midnight + 18 * HOUR_MS : null, staffAt: [...opens, ...signIns] };
}

/** By the roster somebody is at the counter while it is open. */
function isHeld(from: number, until: number): boolean {
	const midnight = startOfLocalDay(localDay(from));
	return USUAL_HOURS[0].some(
		([opens, closes]) => midnight + sinceMidnight(opens) < until && from < midnight + sinceMidnight(closes)
	);
}

/** All taps of one tablet in a day, through `judge`, in the order of a line that shuffles and splits. */
export function judgeTablet(
	random: Random,
	taps: readonly Tap[],
	{ skewMs, sentAt, staffAt = [], unstaffed }: Device,
	sequenceOf?: (i: number) => number
) {
	const state: IntakeState = { sheets: new Map(), ledger: new Map(), ranges: new Map() };
	const inOrder = taps.toSorted((a, b) => a.at - b.at);
	const arrivals = inOrder.map((tap, i) => {
		const isShown = !unstaffed && !tap.nobodyOnDuty && isHeld(tap.at, tap.at + 1);
		const replaces = tap.corrects ? `s${i - 1}` : null;
		const sheet: CheckedSheet = {
			...{ id: `s${i}`, sequence: sequenceOf?.(i) ?? i + 1, versionId: 'v1', dutyId: isShown ? 'd1' : null },
			...{ fieldId: null, answeredAt: new Date(tap.at + skewMs).toISOString(), locale: 'vi', answers: [] },
			...{ reasons: [], comment: null, replaces, packed: String(tap.score).repeat(5) }
		};
		const officerId = isShown ? 'o1' : '';
		const arrival: Arrival = {
			...{ organizationId: 'w1', terminalId: 't1', receivedAt: Math.max(tap.at, sentAt ?? 0) + SECOND_MS, sheet },
			...{ storedId: `s${i}`, storedReplaces: replaces, digest: `d${i}`, dutyUnknown: false },
			place: { siteId: 'b1', counterId: 'c1', fieldId: 'f1', officerId }
		};
		return { tap, arrival, order: random.next() };
	});
	const quarantined = new Set<string>();
	const line = sequenceOf ? arrivals : arrivals.toSorted((a, b) => a.order - b.order);
	for (let i = 0; i < line.length; i += 7) {
		const { verdicts } = judge(
			line.slice(i, i + 7).map(({ arrival }) => arrival),
			state
		);
		for (const { arrival, status } of verdicts) if (status === 'quarantined') quarantined.add(arrival.storedId);
	}
	const numbers = new Set(arrivals.map(({ arrival }) => lineKey('t1', arrival.sheet.sequence)));
	if (numbers.size !== state.ledger.size) throw new Error('A number of the tablet is missing in its ledger');
	const sheetOf = (arrival: Arrival) => state.sheets.get(sheetKey('w1', arrival.storedId));
	const watched = arrivals.flatMap(({ arrival }): WatchedSheet[] => {
		const stored = sheetOf(arrival);
		if (!stored) return [];
		const answeredAt = Date.parse(arrival.sheet.answeredAt);
		const { at, flag } = trustedInstant(answeredAt, arrival.receivedAt);
		const { answers, officerId } = stored;
		return [{ sequence: arrival.sheet.sequence, answeredAt, at: flag ? null : at, answers, officerId }];
	});
	const isStaffed = (from: number, until: number) => !unstaffed && isHeld(from, until);
	const opening = (day: string) => USUAL_HOURS[dayOfWeek(day) - 1];
	const doubts = watch(watched, { opening, isStaffed, staffAt, rosterUntil: Infinity });
	return arrivals.map(({ tap, arrival }): Seen => {
		const flags = parseFlags(sheetOf(arrival)?.flags ?? '');
		const isKept = quarantined.has(arrival.storedId);
		const own = isKept ? [] : (doubts.get(arrival.sheet.sequence) ?? []);
		return { tap, flags: [...flags, ...own], quarantined: isKept };
	});
}

/** That its citizen corrected himself is no doubt. */
export const isDoubted = ({ flags, quarantined }: Seen) => quarantined || flags.some((flag) => flag !== 'replaced');

/** Top scores one after the other, from a time of day, so many, so many seconds apart. */
export const row = (random: Random, from: number, count: number, apart: readonly [number, number]) => {
	let at = from;
	return Array.from({ length: count }, () => ({ at: (at += between(random, ...apart) * SECOND_MS), score: 5 }));
};

const FRESH: DeviceTraffic = { today: { level: 0, at: 0 } };

/** Answers at a poster with nobody else there, those taken: whether they are doubted. `oneDevice`: it keeps the number it was given. */
export function atPoster(times: readonly number[], oneDevice: boolean): boolean[] {
	let traffic = NO_TRAFFIC;
	let device = FRESH;
	return times.flatMap((now) => {
		const judged = judgePoster(traffic, oneDevice ? device : FRESH, bitsAsked(traffic, now), now);
		({ traffic, device } = judged);
		return judged.verdict.kind === 'take' ? [judged.verdict.flags.length > 0] : [];
	});
}

/** A month of six counters; of the attacked one so many of those served answered. */
export function aMonth(random: Random, answeredOf: (served: number) => number | null): ParticipationRow[] {
	return Array.from({ length: 6 }, (_, i) => {
		const served = Math.round(between(random, 150, 500));
		const willing = between(random, 0.45, 0.55);
		const answered = Array.from({ length: served }, () => random.chance(willing)).filter(Boolean).length;
		const forged = i === 0 ? answeredOf(served) : null;
		return { key: `c${i}`, name: `c${i}`, served, answered: forged ?? answered, begun: 0, onTablet: null };
	});
}

/** A day of six counters: of those served so many answered, families as several; `answeredOf` is the first one's. Which are over. */
export function overOn(random: Random, answeredOf: (served: number, answered: number) => number): boolean[] {
	const rows = Array.from({ length: 6 }, (_, i): CounterDay => {
		const served = Math.round(between(random, 8, 40));
		const willing = between(random, 0.4, 0.9);
		let sheets = 0;
		for (let n = 0; n < served; n++)
			if (random.chance(willing)) sheets += 1 + (random.chance(0.05) ? 1 + random.weighted([2, 1]) : 0);
		if (i === 0) sheets = Math.round(answeredOf(served, sheets));
		return { day: MONDAY, counterId: `c${i}`, served, sheets, strayed: 0 };
	});
	const over = new Set(daysOver(rows).map(({ counterId }) => counterId));
	return rows.map(({ counterId }) => over.has(counterId));
}

const NOTHING = { served: 0, answered: 0, begun: 0, onTablet: null };
export const selective = (rows: readonly ParticipationRow[]) =>
	new Set(signsOf({ rows, total: NOTHING }, null, true).map(({ key }) => key));
