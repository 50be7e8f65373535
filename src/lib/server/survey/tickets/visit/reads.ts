import { and, count, eq, gt, gte } from 'drizzle-orm';
import { counterLabel } from '../../../../domain/place/counter.ts';
import { dutyAt } from '../../../../domain/place/duty.ts';
import { turnsOfDay } from '../../../../domain/place/roster.ts';
import { addDays, localDay, startOfLocalDay } from '../../../../domain/shared/time.ts';
import { VISIT_BURST_MS, VISITS_AT_ONCE, VISITS_PER_DAY } from '../../../../domain/survey/visit.ts';
import type { Db, Tx } from '../../../db/db.ts';
import { auditLines } from '../../../db/schema/account.ts';
import { ticketBatches } from '../../../db/schema/survey.ts';
import { readCounters, readDuties, readSites } from '../../../place/reads.ts';

/** Whose visits, and when; milliseconds. */
export interface Visiting {
	organizationId: string;
	officerId: string;
	now: number;
}

/**
 * What an officer's page of visits shows: where they serve at home now and when else today, and how many codes they have made. Never
 * what became of a code: whoever gave it would know which citizen has answered.
 */
export async function readVisits(db: Db, { sites, ...visiting }: Visiting & { sites: readonly string[] | null }) {
	const { organizationId, officerId, now } = visiting;
	const today = localDay(now);
	const from = startOfLocalDay(today);
	const [allSites, allCounters, duties] = await Promise.all([
		readSites(db, organizationId),
		readCounters(db, organizationId),
		readDuties(db, organizationId, from, startOfLocalDay(addDays(today, 1)))
	]);
	const homes = new Set(
		allSites
			.filter(({ id, kind, archivedAt }) => kind === 'home' && archivedAt === null && (sites?.includes(id) ?? true))
			.map(({ id }) => id)
	);
	const counters = allCounters.filter(({ siteId, archivedAt }) => archivedAt === null && homes.has(siteId));
	const batches = await readBatchesOfDay(db, visiting);
	const made = batches.reduce((sum, batch) => sum + batch.made, 0);
	return {
		/** Nobody serves at home here. */
		none: counters.length === 0,
		duties: counters.flatMap((counter) => {
			const duty = dutyAt(duties, counter.id, now);
			if (duty?.officerId !== officerId) return [];
			return [{ id: duty.id, counter: counterLabel(counter), site: counter.siteName, fields: counter.fields }];
		}),
		/** The officer's turns of the whole day, in order. */
		turns: counters
			.flatMap((counter) =>
				turnsOfDay(duties, counter.id, today)
					.filter(({ duty }) => duty.officerId === officerId)
					.map((turn) => ({ counter: counterLabel(counter), from: turn.from, until: turn.until }))
			)
			.sort((a, b) => a.from - b.from),
		counts: [...Map.groupBy(batches, ({ counterId }) => counterId)].map(([id, those]) => {
			const counter = allCounters.find((each) => each.id === id);
			return { counter: counter ? counterLabel(counter) : '', made: those.reduce((sum, each) => sum + each.made, 0) };
		}),
		left: Math.max(0, VISITS_PER_DAY - made),
		/** Whether the next one's sheet will be doubted. */
		hurried: (await countLately(db, visiting)) >= VISITS_AT_ONCE
	};
}

/** The batches of an officer's visits today: each holds the tickets of one duty. */
export function readBatchesOfDay(db: Db | Tx, { organizationId, officerId, now }: Visiting) {
	return db
		.select({ id: ticketBatches.id, counterId: ticketBatches.counterId, made: ticketBatches.made })
		.from(ticketBatches)
		.where(
			and(
				eq(ticketBatches.organizationId, organizationId),
				eq(ticketBatches.kind, 'visit'),
				eq(ticketBatches.officerId, officerId),
				gte(ticketBatches.createdAt, startOfLocalDay(localDay(now)))
			)
		);
}

/** How many the officer has made in the last half hour. The log knows: a ticket has no time of its own. */
export async function countLately(db: Db | Tx, { organizationId, officerId, now }: Visiting): Promise<number> {
	const [row] = await db
		.select({ n: count() })
		.from(auditLines)
		.where(
			and(
				eq(auditLines.organizationId, organizationId),
				gt(auditLines.at, now - VISIT_BURST_MS),
				eq(auditLines.action, 'visit-ticket-made'),
				eq(auditLines.object, officerId)
			)
		);
	return Number(row?.n ?? 0);
}
