import { and, between, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { DEFAULT_METHOD, type MethodId } from '../../domain/report/method.ts';
import { K_OFFICER } from '../../domain/report/secrecy.ts';
import { drawTable, type CountRow, type Dimension, type IndexTable } from '../../domain/report/table.ts';
import { DOUBTS, noSheets, type ChannelTotals } from '../../domain/report/totals.ts';
import { addDays, monthOf } from '../../domain/shared/time.ts';
import { CHANNEL_NAMES, isOfficial, OFFICIAL_CHANNELS, type Channel } from '../../domain/submission/channel.ts';
import { findVersion } from '../../domain/survey/catalogue.ts';
import type { Db } from '../db/db.ts';
import { dailyCounts, foldedMonths, monthlyCounts, releasedCounts } from '../db/schema/report.ts';
import { readCounters, readFields, readOfficers, readSites } from '../place/reads.ts';
import { knowVersions } from '../survey/reads.ts';
import { FLAG_ITEM } from '../../domain/submission/counting.ts';

/** What a table of the index is asked for; days are local, both included; target in percent. */
export interface IndexQuestion {
	organizationId: string;
	by: Dimension;
	from: string;
	to: string;
	versionId: string;
	method?: MethodId;
	target: number;
	/** Whose answers count; the official channels unless others are asked for. By channel every other one stands beside them. */
	channels?: readonly Channel[];
}

/** The one reading path of every screen, file and API answer: released counts through the pure drawing. */
export async function readIndexTable(db: Db, question: IndexQuestion): Promise<IndexTable> {
	await knowVersions(db, [question.versionId]);
	const version = findVersion(question.versionId);
	if (!version) throw new RangeError(`There is no questionnaire version ${question.versionId}`);
	const { by, from, to, target, method = DEFAULT_METHOD, channels = OFFICIAL_CHANNELS } = question;
	const rows = await readReleased(db, question);
	const names = await readNames(db, question.organizationId, by);
	const counts: CountRow[] = [];
	const sheets = new Map<string | null, number>();
	for (const row of rows) {
		const key = row.key || null;
		if (row.itemId === '') sheets.set(key, (sheets.get(key) ?? 0) + row.sheets);
		else
			counts.push({
				key,
				itemId: row.itemId,
				n: [row.n1, row.n2, row.n3, row.n4, row.n5],
				notApplicable: row.notApplicable
			});
	}
	const k = thresholds(by, rows);
	return drawTable({ by, channels, version, method, target, from, to, counts, sheets, names, k });
}

/** A counter that only one officer has sat at says the same as the officer's own row, so it is as secret. */
function thresholds(by: Dimension, rows: readonly { key: string; officerId: string }[]): Map<string | null, number> {
	const k = new Map<string | null, number>();
	if (by === 'officer' || by === 'criterion') return k;
	for (const [key, own] of Map.groupBy(rows, (row) => row.key)) {
		const officers = new Set(own.map(({ officerId }) => officerId));
		if (officers.size === 1 && !officers.has('')) k.set(key || null, K_OFFICER);
	}
	return k;
}

/** Released counts of a period by key, officer and item: whole folded months from the monthly counts, the rest day by day. */
async function readReleased(
	db: Db,
	{ organizationId, versionId, by, from, to, channels = OFFICIAL_CHANNELS }: IndexQuestion
) {
	const ofChannels = (table: typeof releasedCounts | typeof monthlyCounts) =>
		by === 'channel' ? [] : [inArray(table.channel, [...channels])];
	const whole = wholeMonths(from, to);
	const folded = await db
		.select({ month: foldedMonths.month })
		.from(foldedMonths)
		.where(
			and(
				eq(foldedMonths.organizationId, organizationId),
				eq(foldedMonths.versionId, versionId),
				between(foldedMonths.month, whole.first, whole.last)
			)
		);
	const ready = new Set(folded.map(({ month }) => month));
	const days = spansOutside(from, to, ready);
	const monthly =
		ready.size === 0
			? []
			: await sumBy(db, monthlyCounts, by, [
					eq(monthlyCounts.organizationId, organizationId),
					eq(monthlyCounts.versionId, versionId),
					inArray(monthlyCounts.month, [...ready]),
					...ofChannels(monthlyCounts)
				]);
	const daily =
		days.length === 0
			? []
			: await sumBy(db, releasedCounts, by, [
					eq(releasedCounts.organizationId, organizationId),
					eq(releasedCounts.versionId, versionId),
					or(...days.map((span) => between(releasedCounts.day, span.from, span.to)))!,
					...ofChannels(releasedCounts)
				]);
	return [...monthly, ...daily];
}

function sumBy(db: Db, table: typeof releasedCounts | typeof monthlyCounts, by: Dimension, where: SQL[]) {
	const { key, officerId } = keysOf(table, by);
	const sum = (column: AnySQLiteColumn) => sql<number>`sum(${column})`.mapWith(Number);
	return db
		.select({
			key,
			officerId,
			itemId: table.itemId,
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
		.groupBy(
			...(by === 'criterion'
				? [table.itemId]
				: by === 'officer'
					? [table.officerId, table.itemId]
					: [key, table.officerId, table.itemId])
		);
}

/** By officer the officer is the key; by criterion nothing is, and nobody is named. */
function keysOf(
	table: typeof releasedCounts | typeof monthlyCounts,
	by: Dimension
): { key: SQL<string>; officerId: SQL<string> } {
	if (by === 'criterion') return { key: sql<string>`''`, officerId: sql<string>`''` };
	const columns = {
		officer: table.officerId,
		counter: table.counterId,
		field: table.fieldId,
		site: table.siteId,
		channel: table.channel
	};
	return { key: sql<string>`${columns[by]}`, officerId: sql<string>`${table.officerId}` };
}

/** The first and last month that lie whole inside the period; none where the last is before the first. */
function wholeMonths(from: string, to: string): { first: string; last: string } {
	return {
		first: monthOf(addDays(`${monthOf(addDays(from, -1))}-28`, 4)),
		last: monthOf(addDays(`${monthOf(addDays(to, 1))}-01`, -1))
	};
}

const lastDay = (month: string) => addDays(`${monthOf(addDays(`${month}-28`, 4))}-01`, -1);

/** The period without the given months, as spans of days. */
function spansOutside(from: string, to: string, months: ReadonlySet<string>): { from: string; to: string }[] {
	const spans: { from: string; to: string }[] = [];
	let start = from;
	for (const month of [...months].sort()) {
		if (start < `${month}-01`) spans.push({ from: start, to: addDays(`${month}-01`, -1) });
		start = addDays(lastDay(month), 1);
	}
	if (start <= to) spans.push({ from: start, to });
	return spans;
}

/** Every row a table may have, also without answers; archived places only where they have some. */
async function readNames(db: Db, organizationId: string, by: Dimension): Promise<Map<string | null, string>> {
	switch (by) {
		case 'officer':
			return named(await readOfficers(db, organizationId), ({ name }) => name);
		case 'counter':
			return named(await readCounters(db, organizationId), ({ number, name }) => `${number}. ${name}`);
		case 'field':
			return named(await readFields(db, organizationId), ({ name }) => name);
		case 'site':
			return named(await readSites(db, organizationId), ({ name }) => name);
		case 'channel':
			return new Map(Object.entries(CHANNEL_NAMES).map(([channel, { vi }]) => [channel, vi]));
		case 'criterion':
			return new Map();
	}
}

function named<Row extends { id: string }>(
	rows: readonly Row[],
	name: (row: Row) => string
): Map<string | null, string> {
	return new Map(rows.map((row) => [row.id, name(row)]));
}

/** Live, since they carry no answer; everything else here is read from what was released. */
export async function readSheetTotals(
	db: Db,
	{ organizationId, versionId, from, to }: Pick<IndexQuestion, 'organizationId' | 'versionId' | 'from' | 'to'>
): Promise<ChannelTotals> {
	const sum = (column: AnySQLiteColumn) => sql<number>`sum(${column})`.mapWith(Number);
	const { channel, itemId, counted } = dailyCounts;
	const rows = await db
		.select({ channel, itemId, counted, sheets: sum(dailyCounts.sheets), released: sum(dailyCounts.rSheets) })
		.from(dailyCounts)
		.where(
			and(
				eq(dailyCounts.organizationId, organizationId),
				eq(dailyCounts.versionId, versionId),
				between(dailyCounts.day, from, to),
				inArray(itemId, ['', ...DOUBTS.map((doubt) => FLAG_ITEM + doubt)])
			)
		)
		.groupBy(channel, itemId, counted);
	const totals: ChannelTotals = { official: noSheets(), others: noSheets() };
	for (const row of rows) {
		const own = isOfficial(row.channel) ? totals.official : totals.others;
		const doubt = DOUBTS.find((each) => row.itemId === FLAG_ITEM + each);
		if (doubt) own.doubted[doubt] += row.counted ? row.sheets : 0;
		else {
			own.stored += row.sheets;
			if (row.counted) own.waiting += row.sheets - row.released;
			else own.excluded += row.sheets;
		}
	}
	// A sheet taken out after it was shown waits as well, the other way round.
	for (const own of [totals.official, totals.others]) own.waiting = Math.max(0, own.waiting);
	return totals;
}
