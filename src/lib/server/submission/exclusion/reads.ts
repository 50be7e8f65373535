import { and, between, desc, eq, gt, gte, inArray, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { counterLabel } from '../../../domain/place/counter.ts';
import { sheetsTold } from '../../../domain/report/secrecy.ts';
import { FLAG_ITEM } from '../../../domain/submission/counting.ts';
import {
	isDecidedOn,
	covers,
	EXCLUSION_MEETS_MS,
	type ExcludedPart,
	type ToldExclusion
} from '../../../domain/submission/exclusion.ts';
import type { StoredSheet } from '../../../domain/submission/intake.ts';
import { compareText } from '../../../domain/shared/text.ts';
import type { Db, Tx } from '../../db/db.ts';
import { readCounters, readSites } from '../../place/reads.ts';
import { users } from '../../db/schema/account.ts';
import { counters, sites } from '../../db/schema/place.ts';
import { dailyCounts } from '../../db/schema/report.ts';
import { exclusions, sheets } from '../../db/schema/submission.ts';

/** Whose exclusions somebody sees; null is all sites of the organization. */
export interface ExclusionScope {
	organizationId: string;
	sites: readonly string[] | null;
}

export const inScope = ({ organizationId, sites: allowed }: ExclusionScope) =>
	and(eq(exclusions.organizationId, organizationId), allowed ? inArray(exclusions.siteId, [...allowed]) : undefined);

export async function readStandingExclusions(db: Db | Tx, organizationId: string) {
	return db
		.select()
		.from(exclusions)
		.where(and(eq(exclusions.organizationId, organizationId), eq(exclusions.state, 'standing')));
}

/** Those that may still meet sheets which a tablet brings late, of all organizations. */
export function readMeetingExclusions(db: Db, now: number) {
	return db
		.select()
		.from(exclusions)
		.where(and(eq(exclusions.state, 'standing'), gt(exclusions.decidedAt, now - EXCLUSION_MEETS_MS)));
}

/** All sheets inside, whether they count or not. */
export async function readSheetsInside(db: Db | Tx, organizationId: string, part: ExcludedPart) {
	const { siteId, channel, from, until } = part;
	const rows: StoredSheet[] = await db
		.select()
		.from(sheets)
		.where(
			and(
				eq(sheets.organizationId, organizationId),
				eq(sheets.siteId, siteId),
				eq(sheets.channel, channel),
				between(sheets.day, from, until)
			)
		);
	return rows.filter((sheet) => covers(part, sheet));
}

/**
 * How many sheets ever came to where an exclusion looks, counted or not, and how many of them carry its doubt. It only grows, so a sum
 * that is the same means that nothing came; read from the daily counts, for sheets are not kept by day.
 */
export async function readSeen(db: Db | Tx, organizationId: string, part: ExcludedPart): Promise<number> {
	const { day, channel, siteId, counterId, itemId, sheets: count } = dailyCounts;
	const items = part.flag === '' ? [''] : ['', FLAG_ITEM + part.flag];
	const [row] = await db
		.select({ seen: sql<number>`coalesce(sum(${count}), 0)`.mapWith(Number) })
		.from(dailyCounts)
		.where(
			and(
				eq(dailyCounts.organizationId, organizationId),
				between(day, part.from, part.until),
				eq(channel, part.channel),
				eq(siteId, part.siteId),
				part.counterId === '' ? undefined : eq(counterId, part.counterId),
				inArray(itemId, items)
			)
		);
	return row.seen;
}

const [proposers, deciders, lifters] = ['proposer', 'decider', 'lifter'].map((name) => alias(users, name));

/** What was ever proposed, the newest first, with its places and people in words; how many sheets each open one holds now. */
export async function readExclusions(db: Db, scope: ExclusionScope) {
	const rows = await db
		.select({
			exclusion: exclusions,
			site: sites.name,
			counter: { number: counters.number, name: counters.name },
			proposedBy: proposers.name,
			decidedBy: deciders.name,
			liftedBy: lifters.name
		})
		.from(exclusions)
		.innerJoin(sites, eq(sites.id, exclusions.siteId))
		.leftJoin(counters, eq(counters.id, exclusions.counterId))
		.leftJoin(proposers, eq(proposers.id, exclusions.proposedBy))
		.leftJoin(deciders, eq(deciders.id, exclusions.decidedBy))
		.leftJoin(lifters, eq(lifters.id, exclusions.liftedBy))
		.where(inScope(scope))
		.orderBy(desc(exclusions.proposedAt), desc(exclusions.id));
	return Promise.all(
		rows.map(async ({ exclusion, site, counter, ...names }) => ({
			...exclusion,
			site,
			counter: counter && counterLabel(counter),
			proposer: names.proposedBy ?? '',
			decider: names.decidedBy ?? '',
			lifter: names.liftedBy ?? '',
			holds: sheetsTold(
				exclusion.state === 'proposed' ? await countWaiting(db, scope.organizationId, exclusion) : exclusion.moved
			)
		}))
	);
}

async function countWaiting(db: Db, organizationId: string, part: ExcludedPart): Promise<number> {
	return (await readSheetsInside(db, organizationId, part)).filter(isDecidedOn).length;
}

/** The standing decisions about sheets of a period, as whoever reads its figures is told of them. */
export async function readExclusionsOf(
	db: Db,
	organizationId: string,
	period: { from: string; to: string }
): Promise<ToldExclusion[]> {
	const rows = await db
		.select({ exclusion: exclusions, site: sites.name, counter: { number: counters.number, name: counters.name } })
		.from(exclusions)
		.innerJoin(sites, eq(sites.id, exclusions.siteId))
		.leftJoin(counters, eq(counters.id, exclusions.counterId))
		.where(
			and(
				inScope({ organizationId, sites: null }),
				eq(exclusions.state, 'standing'),
				lte(exclusions.from, period.to),
				gte(exclusions.until, period.from)
			)
		)
		.orderBy(exclusions.from, exclusions.id);
	return rows.map(({ exclusion: { from, until, shift, reason }, site, counter }) => ({
		...{ from, until, shift, reason, site },
		counter: counter && counterLabel(counter)
	}));
}

/** Where somebody may take sheets out: their sites, and the counters of each. */
export async function readExcludablePlaces(db: Db, { organizationId, sites: allowed }: ExclusionScope) {
	const known = await readSites(db, organizationId);
	const desks = await readCounters(db, organizationId);
	return known
		.filter(({ id }) => allowed === null || allowed.includes(id))
		.sort((a, b) => compareText(a.name, b.name))
		.map(({ id, name }) => {
			const own = desks.filter(({ siteId }) => siteId === id);
			return { id, name, counters: own.map((counter) => ({ id: counter.id, name: counterLabel(counter) })) };
		});
}
