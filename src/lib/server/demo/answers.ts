import { workingDays } from '../../domain/place/calendar/calendar.ts';
import { NATIONAL } from '../../domain/place/calendar/national.ts';
import { nextCriterion } from '../../domain/terminal/rotation.ts';
import { addDays, dayOfWeek, daysBetween } from '../../domain/shared/time.ts';
import type { StoredSheet } from '../../domain/submission/intake.ts';
import type { Channel } from '../../domain/submission/channel.ts';
import { formatFlags, type Flag } from '../../domain/submission/flag.ts';
import { CRITERIA, type Criterion } from '../../domain/survey/criterion.ts';
import { OUTCOME_NOT_SERVED } from '../../domain/survey/questionnaire.ts';
import { LOW_SCORE } from '../../domain/survey/scale.ts';
import { SIPAS5 } from '../../domain/survey/sipas5.ts';
import { chooseReasons, score } from './opinion.ts';
import { seeded, type Random } from '../../domain/shared/random.ts';
import { rosterLookup, SESSIONS, type RosterDuty, type Session } from './roster.ts';
import type { DemonstrationCounter, Ward } from './ward.ts';

const SEED = 10_300;

/** Visitors by day of the week, Monday first (a Saturday only where it was worked), and by session. */
const WEEKDAY = [1.3, 1.05, 0.95, 0.9, 1, 0.6, 0];
const SESSION: Record<Session, number> = { morning: 6, afternoon: 4 };
/** The hours of most visitors, when waiting is longest. */
const RUSH: Record<Session, number> = { morning: 0.6, afternoon: 0.35 };

const NOT_SERVED = 0.008;
/** How much less content whoever answers later or from a wall is than who stands before the officer, in log odds. */
const FRANKNESS: Partial<Record<Channel, number>> = { ticket: 0.2, poster: 0.65 };
const DEVICE_AGAIN = 0.03;
const REPEATED = 0.011;
const CORRECTED = 0.004;
/** Rotating tablets: who leaves after the first question. Full ones: who leaves after each question. */
const LEAVES_AFTER_FIRST = 0.08;
const LEAVES = 0.05;
/** Visitors of a counter with several fields whose field is not known. */
const FIELD_UNKNOWN = 0.05;
const IN_ENGLISH = 0.012;
/** How long before the end the papers asked for at one counter changed. */
const TROUBLE_DAYS = 45;
/** How much less content citizens are with the procedures there since, in log odds. */
const TROUBLE = 1.4;

/** A counter's session of a day: what its visitors share. */
interface Sitting {
	day: string;
	session: Session;
	counter: DemonstrationCounter;
	officerId: string;
}

/** The hours that a session touches, local: those of most visitors, and the others. */
const HOURS_OF: Record<Session, { rush: readonly number[]; quiet: readonly number[] }> = {
	morning: { rush: [8, 9], quiet: [7, 10, 10, 11] },
	afternoon: { rush: [14], quiet: [13, 15, 15, 16] }
};

/** A sheet as it is stored, but for its id, which is still the UUID that a tablet would have made; and the hour it was answered in. */
export interface DemonstrationSheet extends Omit<StoredSheet, 'id'> {
	uuid: string;
	hour: number;
}

/** `count` sheets of the days from the first to the last, both included, in order of day. */
export function demonstrationSheets(
	ward: Ward,
	roster: readonly RosterDuty[],
	{ from, to, count }: { from: string; to: string; count: number }
): DemonstrationSheet[] {
	const random = seeded(SEED);
	const sittings = sittingsOf(ward, roster, from, to, random);
	const opinions = opinionsOf(ward, from, to);
	const asked = new Map(ward.counters.map(({ id }) => [id, { TC: 0, HC: 0, PV: 0, KQ: 0, TT: 0 }]));
	let previous: DemonstrationSheet | undefined;
	return visits(sittings, count, random).map((sitting) => {
		const repeats =
			previous?.channel === 'terminal' &&
			sameSitting(previous, sitting) &&
			previous.flags === '' &&
			random.chance(REPEATED);
		const sheet = repeats
			? { ...previous!, ...marks(random), flags: formatFlags(['repeat']) }
			: aSheet(ward, sitting, opinions, asked.get(sitting.counter.id)!, random);
		previous = sheet;
		return sheet;
	});
}

interface WeightedSitting extends Sitting {
	weight: number;
}

function sittingsOf(ward: Ward, roster: readonly RosterDuty[], from: string, to: string, random: Random) {
	const officerAt = rosterLookup(roster);
	return workingDays(NATIONAL, from, to).flatMap((day) => {
		const mood = 0.75 + random.next() / 2;
		return SESSIONS.flatMap((session) =>
			ward.counters
				.filter(({ morningsOnly }) => session === 'morning' || !morningsOnly)
				.map((counter): WeightedSitting => {
					const weight = mood * WEEKDAY[dayOfWeek(day) - 1] * SESSION[session] * counter.traffic;
					return { day, session, counter, officerId: officerAt(counter.id, day, session) ?? '', weight };
				})
		);
	});
}

/** `count` visits fall on the sittings by their weights; the answer is in order of time. */
function visits(sittings: readonly WeightedSitting[], count: number, random: Random): Sitting[] {
	const total = sittings.reduce((sum, { weight }) => sum + weight, 0);
	const marks = Array.from({ length: count }, () => random.next() * total).sort((a, b) => a - b);
	let index = 0;
	let passed = sittings[0].weight;
	return marks.map((mark) => {
		while (mark >= passed && index < sittings.length - 1) passed += sittings[++index].weight;
		return sittings[index];
	});
}

/** What is true in this ward. */
interface Opinion {
	/** How content its citizens are with each criterion there and then, in log odds. */
	oddsOf: (sitting: Sitting, fieldId: string, criterion: Criterion) => number;
	/** Whether that is the counter, the time and the criterion of the trouble. */
	isTroubled: (sitting: Sitting, criterion: Criterion) => boolean;
}

function opinionsOf(ward: Ward, from: string, to: string): Opinion {
	const fields = new Map<string, number>(ward.fields.map(({ id, effect }) => [id, effect]));
	const officers = new Map<string, number>(ward.officers.map(({ id, effect }) => [id, effect]));
	const length = Math.max(1, daysBetween(from, to));
	const isTroubled: Opinion['isTroubled'] = ({ counter, day }, criterion) =>
		criterion === 'HC' && counter.id === ward.troubledCounterId && day > addDays(to, -TROUBLE_DAYS);
	const oddsOf: Opinion['oddsOf'] = (sitting, fieldId, criterion) => {
		const { day, officerId } = sitting;
		const base = { TC: 1.95, HC: 2.2, PV: 2.35, KQ: 2.4, TT: 2.3 }[criterion];
		const ofOfficer = (officers.get(officerId) ?? 0) * { TC: 0, HC: 0.25, PV: 1, KQ: 0.3, TT: 0.3 }[criterion];
		const ofField = (fields.get(fieldId) ?? 0) * { TC: 0.3, HC: 1, PV: 0.4, KQ: 1, TT: 0.6 }[criterion];
		const growth = 0.25 * (daysBetween(from, day) / length);
		return base + ofOfficer + ofField + growth - (isTroubled(sitting, criterion) ? TROUBLE : 0);
	};
	return { oddsOf, isTroubled };
}

function aSheet(
	ward: Ward,
	sitting: Sitting,
	opinion: Opinion,
	asked: Record<Criterion, number>,
	random: Random
): DemonstrationSheet {
	const { counter, day, session, officerId } = sitting;
	const poster = posterOf(ward, counter, random);
	const channel: Channel = poster ? 'poster' : random.chance(counter.tickets) ? 'ticket' : 'terminal';
	const fieldId = fieldOf(counter, random);
	const person = random.bell();
	const rushed = random.chance(RUSH[session]);
	const answers: Partial<Record<Criterion, number>> = {};
	const reasons: string[] = [];
	const atTablet = channel === 'terminal';
	const notServed = random.chance(NOT_SERVED) && atTablet;
	for (const criterion of notServed ? [] : questions(counter.full || !atTablet, asked, random)) {
		const trueOdds = opinion.oddsOf(sitting, fieldId || counter.fields[0].id, criterion) - (FRANKNESS[channel] ?? 0);
		const value = score(trueOdds - (rushed && criterion === 'TC' ? 0.5 : 0), person, random);
		answers[criterion] = value;
		if (atTablet) asked[criterion] += 1;
		if (value <= LOW_SCORE) {
			const told = opinion.isTroubled(sitting, criterion) ? 'R06' : rushed ? 'R01' : '';
			reasons.push(...chooseReasons(criterion, told, random));
		}
	}
	const flags: Flag[] = [];
	if (poster && random.chance(DEVICE_AGAIN)) flags.push('device-again');
	if (atTablet && !notServed && random.chance(CORRECTED)) flags.push('replaced');
	const served = { siteId: counter.siteId, counterId: counter.id, fieldId, officerId };
	const own = marks(random);
	const hours = HOURS_OF[session][rushed ? 'rush' : 'quiet'];
	return {
		...own,
		// Chosen by what is random already, so that nothing else of the ward depends on it.
		hour: hours[own.digest.charCodeAt(0) % hours.length],
		organizationId: ward.ward.id,
		day,
		shift: session,
		channel,
		...(poster
			? { siteId: poster.siteId, counterId: poster.counterId, fieldId: poster.fieldId, officerId: '' }
			: served),
		versionId: SIPAS5.id,
		locale: random.chance(IN_ENGLISH) ? 'en' : 'vi',
		answers: SIPAS5.items.map(({ criterion }) => (criterion && answers[criterion]) ?? '-').join(''),
		reasons: notServed ? OUTCOME_NOT_SERVED : [...new Set(reasons)].join(','),
		flags: formatFlags(flags)
	};
}

/** The officer first; then all the others, or the one whose turn it is. */
function questions(full: boolean, asked: Record<Criterion, number>, random: Random): Criterion[] {
	if (!full) {
		return random.chance(LEAVES_AFTER_FIRST) ? ['PV'] : ['PV', nextCriterion(asked, random.next())];
	}
	const all: Criterion[] = ['PV', ...CRITERIA.filter((criterion) => criterion !== 'PV')];
	const left = all.findIndex((_, place) => place > 0 && random.chance(LEAVES));
	return left < 0 ? all : all.slice(0, left);
}

/** The poster that a visitor of this counter answers at, if any; who is served at home passes none. */
function posterOf(
	ward: Ward,
	{ id, siteId }: DemonstrationCounter,
	random: Random
): Ward['posters'][number] | undefined {
	const near = ward.posters.filter((poster) => poster.siteId === siteId && [id, ''].includes(poster.counterId));
	return near.find(({ share }) => random.chance(share));
}

function fieldOf({ fields }: DemonstrationCounter, random: Random): string {
	if (fields.length === 1) return fields[0].id;
	if (random.chance(FIELD_UNKNOWN)) return '';
	return fields[random.weighted(fields.map(({ share }) => share))].id;
}

/** What makes each sheet its own: a v4 UUID and, in place of a digest of content that never was sent, 12 random bytes. */
function marks(random: Random): { uuid: string; digest: string } {
	const bytes = random.bytes(16);
	bytes[6] = (bytes[6] & 0x0f) | 0x40;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	const hex = Buffer.from(bytes).toString('hex');
	const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
	return { uuid, digest: Buffer.from(random.bytes(12)).toString('base64url') };
}

const sameSitting = (sheet: DemonstrationSheet, { day, session, counter }: Sitting) =>
	sheet.day === day && sheet.shift === session && sheet.counterId === counter.id;
