import { and, between, eq, inArray, min, or, sql, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Filter } from '../../../domain/report/filter.ts';
import { addDays, monthOf } from '../../../domain/shared/time.ts';
import type { Channel } from '../../../domain/submission/channel.ts';
import type { Db } from '../../db/db.ts';
import { monthlyCounts, releasedCounts } from '../../db/schema/report.ts';

/** By what released counts are added up. By day they are read day by day; else whole months come from the monthly counts. */
export type Cut = 'officer' | 'counter' | 'field' | 'site' | 'channel' | 'day' | 'month';

/** Local days, both included; every channel unless some are named. */
export interface ReleasedQuestion {
	organizationId: string;
	versionId: string;
	from: string;
	to: string;
	channels?: readonly Channel[];
	where?: Omit<Filter, 'channel'>;
}

/** Counts of one item in one cut ('' where it is not cut by that); item '' counts the sheets. */
export interface ReleasedRow extends Record<Cut, string> {
	itemId: string;
	/** The first and last officer whose sheets are in it, '' for unattributed: the same where it is one officer's alone. */
	firstOfficer: string;
	lastOfficer: string;
	n1: number;
	n2: number;
	n3: number;
	n4: number;
	n5: number;
	notApplicable: number;
	sheets: number;
}

/** Released counts of a period; a cut may come in several rows, one for its whole months and one for the days around them. */
export async function readReleased(
	db: Db,
	question: ReleasedQuestion,
	cuts: readonly Cut[]
): Promise<readonly ReleasedRow[]> {
	const { organizationId, versionId, from, to } = question;
	const { first, last } = wholeMonths(from, to);
	const byMonth = first <= last && !cuts.includes('day');
	const monthly = !byMonth
		? []
		: await sumBy(db, monthlyCounts, cuts, [
				eq(monthlyCounts.organizationId, organizationId),
				eq(monthlyCounts.versionId, versionId),
				between(monthlyCounts.month, first, last),
				...narrowed(monthlyCounts, question)
			]);
	const days = byMonth ? spansAround(from, to, first, last) : [{ from, to }];
	const daily =
		days.length === 0
			? []
			: await sumBy(db, releasedCounts, cuts, [
					eq(releasedCounts.organizationId, organizationId),
					eq(releasedCounts.versionId, versionId),
					or(...days.map((span) => between(releasedCounts.day, span.from, span.to)))!,
					...narrowed(releasedCounts, question)
				]);
	return [...monthly, ...daily];
}

/** The first day with anything released; null where there is none. */
export async function readFirstReleasedDay(db: Db, organizationId: string, versionId: string): Promise<string | null> {
	const own = and(eq(releasedCounts.organizationId, organizationId), eq(releasedCounts.versionId, versionId));
	const [{ day }] = await db
		.select({ day: min(releasedCounts.day) })
		.from(releasedCounts)
		.where(own);
	return day;
}

type Counts = typeof releasedCounts | typeof monthlyCounts;

function narrowed(table: Counts, { channels, where = {} }: ReleasedQuestion): SQL[] {
	const columns = { officer: table.officerId, counter: table.counterId, field: table.fieldId, site: table.siteId };
	const only = Object.entries(where).map(([name, id]) => eq(columns[name as keyof typeof columns], id));
	return channels ? [...only, inArray(table.channel, [...channels])] : only;
}

function sumBy(db: Db, table: Counts, cuts: readonly Cut[], where: SQL[]): Promise<ReleasedRow[]> {
	const columns: Record<Cut, AnySQLiteColumn | SQL> = {
		officer: table.officerId,
		counter: table.counterId,
		field: table.fieldId,
		site: table.siteId,
		channel: table.channel,
		day: releasedCounts.day,
		month: 'month' in table ? table.month : sql`substr(${table.day}, 1, 7)`
	};
	const key = (cut: Cut) => (cuts.includes(cut) ? sql<string>`${columns[cut]}` : sql<string>`''`);
	const sum = (column: AnySQLiteColumn) => sql<number>`sum(${column})`.mapWith(Number);
	return db
		.select({
			officer: key('officer'),
			counter: key('counter'),
			field: key('field'),
			site: key('site'),
			channel: key('channel'),
			day: key('day'),
			month: key('month'),
			itemId: table.itemId,
			firstOfficer: sql<string>`min(${table.officerId})`,
			lastOfficer: sql<string>`max(${table.officerId})`,
			n1: sum(table.n1),
			n2: sum(table.n2),
			n3: sum(table.n3),
			n4: sum(table.n4),
			n5: sum(table.n5),
			notApplicable: sum(table.notApplicable),
			sheets: sum(table.sheets)
		})
		.from(table as typeof releasedCounts)
		.where(and(...where))
		.groupBy(...cuts.map((cut) => columns[cut]), table.itemId);
}

/** The first and last month that lie whole inside the period; none where the last is before the first. */
function wholeMonths(from: string, to: string): { first: string; last: string } {
	return {
		first: monthOf(addDays(`${monthOf(addDays(from, -1))}-28`, 4)),
		last: monthOf(addDays(`${monthOf(addDays(to, 1))}-01`, -1))
	};
}

const lastDay = (month: string) => addDays(`${monthOf(addDays(`${month}-28`, 4))}-01`, -1);

/** The days of a period before and after its whole months. */
function spansAround(from: string, to: string, first: string, last: string): { from: string; to: string }[] {
	const before = { from, to: addDays(`${first}-01`, -1) };
	const after = { from: addDays(lastDay(last), 1), to };
	return [before, after].filter((span) => span.from <= span.to);
}
