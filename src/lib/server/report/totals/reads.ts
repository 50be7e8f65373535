import { and, between, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type ChannelTotals, DECIDED_ITEM, DOUBTS, noSheets } from '../../../domain/report/totals.ts';
import { isOfficial } from '../../../domain/submission/channel.ts';
import { FLAG_ITEM } from '../../../domain/submission/counting.ts';
import type { Db } from '../../db/db.ts';
import { settledSheets } from '../../db/schema/margin.ts';
import { dailyCounts } from '../../db/schema/report.ts';
import { isPending } from '../pending/reads.ts';
import type { IndexQuestion } from '../reads.ts';

type Question = Pick<IndexQuestion, 'organizationId' | 'versionId' | 'from' | 'to'>;

/** Live, since they carry no answer: what is settled and what is pending. All that people look at else is read from what was released. */
export async function readSheetTotals(db: Db, question: Question): Promise<ChannelTotals> {
	const totals: ChannelTotals = { official: noSheets(), others: noSheets() };
	// One statement: a release in between would move sheets from one to the other.
	const rows = await settledBy(db, question).unionAll(pendingBy(db, question));
	for (const { channel, itemId, counted, waits, sheets } of rows) {
		const own = isOfficial(channel) ? totals.official : totals.others;
		const doubt = DOUBTS.find((each) => itemId === FLAG_ITEM + each);
		if (doubt) own.doubted[doubt] += counted ? sheets : 0;
		else if (itemId === DECIDED_ITEM) own.decided += sheets;
		else {
			own.stored += sheets;
			if (waits) own.waiting += sheets;
			if (!counted) own.excluded += sheets;
		}
	}
	// A sheet taken out after it was shown waits as well, the other way round.
	for (const own of [totals.official, totals.others]) own.waiting = Math.max(0, own.waiting);
	return totals;
}

const ITEMS = ['', DECIDED_ITEM, ...DOUBTS.map((doubt) => FLAG_ITEM + doubt)];

const sum = (figure: SQL | SQLiteColumn) => sql<number>`sum(${figure})`.mapWith(Number);

function settledBy(db: Db, { organizationId, versionId, from, to }: Question) {
	const { channel, itemId, counted, day, sheets } = settledSheets;
	return db
		.select({ channel, itemId, counted, waits: sql<number>`0`.mapWith(Number), sheets: sum(sheets) })
		.from(settledSheets)
		.where(
			and(
				eq(settledSheets.organizationId, organizationId),
				eq(settledSheets.versionId, versionId),
				between(day, from, to),
				inArray(itemId, ITEMS)
			)
		)
		.groupBy(channel, itemId, counted);
}

function pendingBy(db: Db, { organizationId, versionId, from, to }: Question) {
	const { channel, itemId, counted, day, sheets, rSheets } = dailyCounts;
	return db
		.select({
			...{ channel, itemId, counted },
			waits: sql<number>`1`.mapWith(Number),
			sheets: sum(sql`${sheets} - ${rSheets}`)
		})
		.from(dailyCounts)
		.where(and(isPending(organizationId, ITEMS), eq(dailyCounts.versionId, versionId), between(day, from, to)))
		.groupBy(channel, itemId, counted);
}
