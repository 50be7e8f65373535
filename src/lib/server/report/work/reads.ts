import { showCaseNumber } from '../../../domain/casework/case.ts';
import { countPromises } from '../../../domain/dialogue/promise.ts';
import type { WorkOfPeriod } from '../../../domain/report/report-work.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { readCaseFigures, readOpenCases } from '../../casework/due/reads.ts';
import { planStanding } from '../../casework/plan/reads.ts';
import type { Db } from '../../db/db.ts';
import { readLedger } from '../../dialogue/promises/reads.ts';
import { readImprovementsOf } from '../improvement/reads.ts';

/** What is to be done besides what the figures say, as it stands at `now`; of the whole organization. */
export async function readWork(
	db: Db,
	organizationId: string,
	{ from, to, now }: { from: string; to: string; now: number }
): Promise<WorkOfPeriod> {
	const today = localDay(now);
	const open = await readOpenCases(db, organizationId, now);
	const ledger = await readLedger(db, organizationId, today);
	return {
		cases: await readCaseFigures(db, organizationId, { from, to }, now),
		lateCases: open
			.filter(({ due, toHead }) => due.standing === 'late' && !toHead)
			.map(({ unit, due, ...number }) => ({ number: showCaseNumber(number), unit, dueDay: localDay(due.at!) })),
		promises: countPromises(ledger.map(({ standing }) => standing)),
		duePromises: ledger.filter(({ standing }) => standing === 'open' || standing === 'late'),
		plan: await planStanding(db, organizationId, now),
		improvements: await readImprovementsOf(db, organizationId, { from, to })
	};
}
