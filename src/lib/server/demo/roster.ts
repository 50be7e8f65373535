import { workingDays } from '../../domain/place/calendar/calendar.ts';
import { NATIONAL } from '../../domain/place/calendar/national.ts';
import { addDays, dayOfWeek, isoWeek, localDay, MINUTE_MS, startOfLocalDay } from '../../domain/shared/time.ts';
import { shortId } from '../../domain/shared/id.ts';
import { seeded, type Random } from '../../domain/shared/random.ts';
import type { Ward } from './ward.ts';

const SEED = 8_104;
const VISITS_SEED = 2_911;

/** An officer at a counter; milliseconds. */
export interface RosterDuty {
	id: string;
	counterId: string;
	officerId: string;
	startsAt: number;
	endsAt: number;
}

export const SESSIONS = ['morning', 'afternoon'] as const;
export type Session = (typeof SESSIONS)[number];

/** Opening hours, minutes after midnight: 07:30–11:30 and 13:30–17:00. */
export const HOURS: Record<Session, { opens: number; closes: number }> = {
	morning: { opens: 7 * 60 + 30, closes: 11 * 60 + 30 },
	afternoon: { opens: 13 * 60 + 30, closes: 17 * 60 }
};

/** Half-days on which a counter stands without a named officer: ill, at a meeting. Its visitors rate the counter. */
const UNSTAFFED = 0.015;

/**
 * Who sits where from the first to the last day: within a team the officers move on by one counter each week, and where a team
 * works half-days they also change at noon. Nobody is ever at two counters at once.
 */
export function demonstrationRoster(ward: Ward, from: string, to: string): RosterDuty[] {
	const random = seeded(SEED);
	return workingDays(NATIONAL, from, to).flatMap((day) => {
		const { year, week } = isoWeek(day);
		return ward.teams.flatMap((team) =>
			team.counters.flatMap((counter, place) => {
				const turn = place + year * 53 + week;
				const at = (offset: number) => team.officerIds[(turn + offset) % team.officerIds.length];
				const duties: RosterDuty[] = [];
				for (const session of SESSIONS) {
					if (session === 'afternoon' && counter.morningsOnly) continue;
					if (random.chance(UNSTAFFED)) continue;
					const officerId = at(team.halfDays && session === 'afternoon' ? 1 : 0);
					duties.push(dutyOf(random, counter.id, officerId, day, session));
				}
				return duties;
			})
		);
	});
}

/** On the weekends between two days the officer who can sign in serves people at home. */
export function demonstrationVisits(ward: Ward, from: string, to: string): RosterDuty[] {
	const random = seeded(VISITS_SEED);
	const home = ward.sites.find(({ kind }) => kind === 'home');
	const counter = ward.counters.find(({ siteId }) => siteId === home?.id)!;
	const worked = new Set(workingDays(NATIONAL, from, to));
	const duties: RosterDuty[] = [];
	for (let day = from; day <= to; day = addDays(day, 1)) {
		if (dayOfWeek(day) < 6 || worked.has(day)) continue;
		const { startsAt } = dutyOf(random, counter.id, ward.officers[0].id, day, 'morning');
		duties.push({ ...dutyOf(random, counter.id, ward.officers[0].id, day, 'afternoon'), startsAt });
	}
	return duties;
}

/**
 * A demonstration is looked at in the evening and on Sundays too: around the day it is loaded, whoever sat last stays named until
 * the next session anywhere, or until they serve at home.
 */
export function lastingUntilRelieved(
	roster: readonly RosterDuty[],
	visits: readonly RosterDuty[],
	from: string,
	to: string
): RosterDuty[] {
	const starts = [...new Set(roster.map(({ startsAt }) => startsAt))].sort((a, b) => a - b);
	const lasting = (duty: RosterDuty): RosterDuty => {
		const { officerId, startsAt } = duty;
		if (localDay(startsAt) < from || to < localDay(startsAt)) return duty;
		const visit = visits.find((each) => each.officerId === officerId && each.startsAt > startsAt)?.startsAt;
		const session = starts.find((start) => start > startsAt) ?? duty.endsAt;
		return { ...duty, endsAt: Math.min(session, visit ?? session) };
	};
	return [...roster, ...visits].map(lasting);
}

function dutyOf(random: Random, counterId: string, officerId: string, day: string, session: Session): RosterDuty {
	const midnight = startOfLocalDay(day);
	const { opens, closes } = HOURS[session];
	const startsAt = midnight + opens * MINUTE_MS;
	return { id: shortId(random.bytes(7)), counterId, officerId, startsAt, endsAt: midnight + closes * MINUTE_MS };
}

/** The officer of a counter on a day's session, as the roster has it; undefined where nobody was named. */
export function rosterLookup(roster: readonly RosterDuty[]) {
	const officers = new Map(roster.map((duty) => [`${duty.counterId} ${duty.startsAt}`, duty.officerId]));
	return (counterId: string, day: string, session: Session) =>
		officers.get(`${counterId} ${startOfLocalDay(day) + HOURS[session].opens * MINUTE_MS}`);
}
