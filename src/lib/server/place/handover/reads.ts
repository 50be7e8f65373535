import { counterLabel } from '../../../domain/place/counter.ts';
import { dutyAt } from '../../../domain/place/duty.ts';
import { turnsOfDay } from '../../../domain/place/roster.ts';
import type { Week } from '../../../domain/place/week.ts';
import { addDays, localDay, startOfLocalDay } from '../../../domain/shared/time.ts';
import { compareNames } from '../../../domain/shared/text.ts';
import type { Db } from '../../db/db.ts';
import { readCounters, readDuties, readOfficers } from '../reads.ts';

/** Today at the counters somebody works at: who is there, who comes, and which handover can be taken back. */
export async function readOfficeDay(
	db: Db,
	{ organizationId, sites, now }: { organizationId: string; sites: readonly string[] | null; now: number }
) {
	const today = localDay(now);
	const [from, until] = [startOfLocalDay(today), startOfLocalDay(addDays(today, 1))];
	const [counters, officers, duties] = await Promise.all([
		readCounters(db, organizationId),
		readOfficers(db, organizationId),
		readDuties(db, organizationId, from, until)
	]);
	const nameOf = new Map(officers.map(({ id, name }) => [id, name]));
	return {
		counters: counters
			.filter(({ archivedAt, siteId }) => archivedAt === null && (sites === null || sites.includes(siteId)))
			.map((counter) => {
				const holding = dutyAt(duties, counter.id, now) as (typeof duties)[number] | null;
				const officerId = holding?.officerId ?? null;
				return {
					id: counter.id,
					name: counterLabel(counter),
					siteId: counter.siteId,
					siteName: counter.siteName,
					fields: counter.fields.map(({ name }) => name),
					onDuty:
						holding && officerId !== null
							? { officerId, name: nameOf.get(officerId) ?? '', since: holding.startsAt, until: holding.endsAt }
							: null,
					handover: holding?.source === 'office' && holding.startsAt >= from ? { dutyId: holding.id, officerId } : null,
					turns: turnsOfDay(duties, counter.id, today).map(({ duty, ...turn }) => ({
						officer: nameOf.get(duty.officerId ?? '') ?? '',
						from: turn.sinceBefore ? null : turn.from,
						until: turn.goesOn ? null : turn.until
					}))
				};
			}),
		officers: officers
			.filter(({ archivedAt, state }) => archivedAt === null && state === 'active')
			.sort((a, b) => compareNames(a.name, b.name))
			.map(({ id, name }) => ({ id, name }))
	};
}

/** One officer's own week, day by day. */
export async function readOwnWeek(db: Db, organizationId: string, officerId: string, week: Week) {
	const counters = await readCounters(db, organizationId);
	const duties = await readDuties(db, organizationId, week.from, week.until);
	return week.days.map((day) => ({
		day,
		turns: counters
			.flatMap((counter) =>
				turnsOfDay(duties, counter.id, day)
					.filter(({ duty }) => duty.officerId === officerId)
					.map(({ duty, from, until, sinceBefore, goesOn }) => ({
						id: `${duty.id} ${from}`,
						counter: counterLabel(counter),
						siteName: counter.siteName,
						start: from,
						from: sinceBefore ? null : from,
						until: goesOn ? null : until
					}))
			)
			.sort((a, b) => a.start - b.start)
	}));
}
