import { and, between, eq, inArray, min, or, sql, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Filter } from '../../../domain/report/filter.ts';
import { type Side, SIDES } from '../../../domain/report/margin.ts';
import { addDays, monthOf } from '../../../domain/shared/time.ts';
import type { Channel } from '../../../domain/submission/channel.ts';
import type { Db } from '../../db/db.ts';
import { marginCounts } from '../../db/schema/margin.ts';
import { monthlyCounts, releasedCounts } from '../../db/schema/report.ts';
import { engine } from '../../db/twin.ts';

/**
 * By what released counts are added up. By week (its Monday) they are read day by day, else whole months as months; and where at most one kind of
 * place is asked about, from the sums by it (decision 0043).
 */
export type Cut = 'officer' | 'counter' | 'field' | 'site' | 'channel' | 'week' | 'month';

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
	/** The officer whose sheets are all that is in it; '' of several, and of nobody's. */
	onlyOfficer: string;
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
	const byMonth = first <= last && !cuts.includes('week');
	const days = byMonth ? spansAround(from, to, first, last) : [{ from, to }];
	const side = sideOf(cuts, question);
	const of = (table: Counts) => [
		eq(table.organizationId, organizationId),
		eq(table.versionId, versionId),
		...narrowed(table, question)
	];
	const marginsOf = (span: 'day' | 'month', which: Side) => [
		eq(marginCounts.span, span),
		eq(marginCounts.side, which),
		...of(marginCounts)
	];
	const inDays = (column: AnySQLiteColumn) => or(...days.map((each) => between(column, each.from, each.to)))!;
	const read: Promise<ReleasedRow[]>[] = [];
	if (byMonth)
		read.push(
			side
				? sumBy(db, marginCounts, cuts, [...marginsOf('month', side), between(marginCounts.period, first, last)])
				: sumBy(db, monthlyCounts, cuts, [...of(monthlyCounts), between(monthlyCounts.month, first, last)])
		);
	if (days.length > 0)
		read.push(
			side === 'all'
				? sumBy(db, marginCounts, cuts, [...marginsOf('day', side), inDays(marginCounts.period)])
				: sumBy(db, releasedCounts, cuts, [...of(releasedCounts), inDays(releasedCounts.day)])
		);
	return (await Promise.all(read)).flat();
}

/** The side whose sums say it all: at most one kind of place or person is asked about. */
function sideOf(cuts: readonly Cut[], { where = {} }: ReleasedQuestion): Side | null {
	const asked = [...new Set([...cuts, ...Object.keys(where)])].filter((each) => SIDES.some((side) => side === each));
	return asked.length === 0 ? 'all' : asked.length === 1 ? (asked[0] as Side) : null;
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

type Counts = typeof releasedCounts | typeof monthlyCounts | typeof marginCounts;

function narrowed(table: Counts, { channels, where = {} }: ReleasedQuestion): SQL[] {
	const columns = columnsOf(table);
	const only = Object.entries(where).map(([name, id]) => sql`${columns[name as keyof typeof where]} = ${id}`);
	return channels ? [...only, inArray(table.channel, [...channels])] : only;
}

function columnsOf(table: Counts): Record<Cut, AnySQLiteColumn | SQL> {
	const { channel } = table;
	if ('period' in table) {
		const { place, period } = table;
		const month = sql`substr(${period}, 1, 7)`;
		return { officer: place, counter: place, field: place, site: place, channel, week: mondayOf(period), month };
	}
	const { officerId: officer, counterId: counter, fieldId: field, siteId: site } = table;
	const { day } = releasedCounts;
	const month = 'month' in table ? table.month : sql`substr(${day}, 1, 7)`;
	return { officer, counter, field, site, channel, week: mondayOf(day), month };
}

const mondayOf = (day: AnySQLiteColumn) =>
	engine === 'sqlite'
		? sql`date(${day}, 'weekday 0', '-6 days')`
		: sql`to_char(date_trunc('week', ${day}::timestamp), 'YYYY-MM-DD')`;

function sumBy(db: Db, table: Counts, cuts: readonly Cut[], where: SQL[]): Promise<ReleasedRow[]> {
	const columns = columnsOf(table);
	const officer = 'onlyOfficer' in table ? table.onlyOfficer : table.officerId;
	const key = (cut: Cut) => (cuts.includes(cut) ? sql<string>`${columns[cut]}` : sql<string>`''`);
	const sum = (column: AnySQLiteColumn) => sql<number>`sum(${column})`.mapWith(Number);
	return db
		.select({
			officer: key('officer'),
			counter: key('counter'),
			field: key('field'),
			site: key('site'),
			channel: key('channel'),
			week: key('week'),
			month: key('month'),
			itemId: table.itemId,
			onlyOfficer: sql<string>`case when min(${officer}) = max(${officer}) then min(${officer}) else '' end`,
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
