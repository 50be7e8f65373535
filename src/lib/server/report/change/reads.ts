import { type ChangesOfTable, changesBetween, hasFigures } from '../../../domain/report/change.ts';
import { type Period, periodBefore, periodOfYearBefore } from '../../../domain/report/period.ts';
import { type IndexTable, isTime } from '../../../domain/report/table.ts';
import type { Db } from '../../db/db.ts';
import { type IndexQuestion, readIndexTable } from '../reads.ts';

/** Compares a table with those of the period before and of the year before. By week or month nothing stands before. */
export async function readChanges(
	db: Db,
	now: IndexTable,
	question: IndexQuestion,
	period: Period
): Promise<ChangesOfTable> {
	if (isTime(question.by)) return { before: null, yearBefore: null };
	const since = async ({ from, to }: Period) => {
		const then = await readIndexTable(db, { ...question, from, to });
		return hasFigures(then) ? changesBetween(now, then) : null;
	};
	return { before: await since(periodBefore(period)), yearBefore: await since(periodOfYearBefore(period)) };
}
