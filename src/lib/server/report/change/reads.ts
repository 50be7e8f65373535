import { type Changes, changesBetween, hasFigures } from '../../../domain/report/change.ts';
import { type Period, periodBefore, periodOfYearBefore } from '../../../domain/report/period.ts';
import type { IndexTable } from '../../../domain/report/table.ts';
import type { Db } from '../../db/db.ts';
import { type IndexQuestion, readIndexTable } from '../reads.ts';

/** How a table moved since the period before, and since the same period a year earlier; null where nothing is shown of then. */
export interface ChangesOfTable {
	before: Changes | null;
	yearBefore: Changes | null;
}

export async function readChanges(
	db: Db,
	now: IndexTable,
	question: IndexQuestion,
	period: Period
): Promise<ChangesOfTable> {
	const since = async ({ from, to }: Period) => {
		const then = await readIndexTable(db, { ...question, from, to });
		return hasFigures(then) ? changesBetween(now, then) : null;
	};
	return { before: await since(periodBefore(period)), yearBefore: await since(periodOfYearBefore(period)) };
}
