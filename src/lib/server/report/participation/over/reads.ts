import { and, between, eq, inArray, sql } from 'drizzle-orm';
import { counterLabel } from '../../../../domain/place/counter.ts';
import { daysOver } from '../../../../domain/report/over-served.ts';
import { FLAG_ITEM } from '../../../../domain/submission/counting.ts';
import type { Db } from '../../../db/db.ts';
import { dailyCounts, servedCounts } from '../../../db/schema/report.ts';
import { readCounters } from '../../../place/reads.ts';

const STRAYED = [`${FLAG_ITEM}clock-future`, `${FLAG_ITEM}clock-past`];

/** The counters' days with more sheets than served, the newest first. Live, since they carry no answer and no number of sheets. */
export async function readDaysOver(
	db: Db,
	{ organizationId, from, to }: { organizationId: string; from: string; to: string }
) {
	const { day, counterId } = servedCounts;
	const served = await db
		.select({ day, counterId, served: sql<number>`sum(${servedCounts.served})`.mapWith(Number) })
		.from(servedCounts)
		.where(and(eq(servedCounts.organizationId, organizationId), between(day, from, to)))
		.groupBy(day, counterId);
	if (served.length === 0) return [];
	const came = await readCame(db, { organizationId, from, to });
	const names = new Map((await readCounters(db, organizationId)).map((counter) => [counter.id, counterLabel(counter)]));
	return daysOver(
		served.map((one) => ({ ...one, ...(came.get(`${one.day} ${one.counterId}`) ?? { sheets: 0, strayed: 0 }) }))
	).map((one) => ({ ...one, counter: names.get(one.counterId) ?? one.counterId }));
}

/** What counts of what tablets brought, by day and counter. */
async function readCame(db: Db, { organizationId, from, to }: { organizationId: string; from: string; to: string }) {
	const { day, counterId, itemId, channel, counted, sheets } = dailyCounts;
	const rows = await db
		.select({ day, counterId, itemId, sheets: sql<number>`sum(${sheets})`.mapWith(Number) })
		.from(dailyCounts)
		.where(
			and(
				...[eq(dailyCounts.organizationId, organizationId), between(day, from, to)],
				...[eq(channel, 'terminal'), eq(counted, 1), inArray(itemId, ['', ...STRAYED])]
			)
		)
		.groupBy(day, counterId, itemId);
	const came = new Map<string, { sheets: number; strayed: number }>();
	for (const row of rows) {
		const key = `${row.day} ${row.counterId}`;
		const own = came.get(key) ?? { sheets: 0, strayed: 0 };
		came.set(key, own);
		own[row.itemId === '' ? 'sheets' : 'strayed'] += row.sheets;
	}
	return came;
}
