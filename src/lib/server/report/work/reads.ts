import { lastForgotten } from '../../../domain/casework/request.ts';
import { countPromises } from '../../../domain/dialogue/promise.ts';
import type { WorkOfPeriod } from '../../../domain/report/report-work.ts';
import { addDays, localDay, startOfLocalDay } from '../../../domain/shared/time.ts';
import { planStanding } from '../../casework/plan/reads.ts';
import { readRequestFigures } from '../../casework/request/reads.ts';
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
	const days = { from, to, since: startOfLocalDay(from), until: startOfLocalDay(addDays(to, 1)) };
	const { waiting, waitingSince, received, done } = await readRequestFigures(db, organizationId, days);
	const ledger = await readLedger(db, organizationId, today);
	return {
		waiting,
		waitingSince,
		moved: from > lastForgotten(today) ? { received, done } : null,
		promises: countPromises(ledger.map(({ standing }) => standing)),
		duePromises: ledger.filter(({ standing }) => standing === 'open' || standing === 'late'),
		plan: await planStanding(db, organizationId, now),
		improvements: await readImprovementsOf(db, organizationId, { from, to })
	};
}
