import { addDays } from '../../src/lib/domain/shared/time.ts';
import { insertNew } from '../../src/lib/server/db/bulk.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { releasedCounts } from '../../src/lib/server/db/schema/report.ts';

/** Lines that `releaseDays` makes of a day: two counters, each with and without an officer, three items. */
export const LINES_A_DAY = 12;

/** So many days of counts of ward w1, released as they are. */
export async function releaseDays(db: Db, from: string, count: number) {
	const days = Array.from({ length: count }, (_, i) => addDays(from, i));
	await commit(db, (tx) => insertNew(tx, releasedCounts, days.flatMap(linesOf)));
}

const linesOf = (day: string) =>
	['q1', 'q2'].flatMap((counterId) =>
		['', 'o1'].flatMap((officerId) =>
			['', 'TC', 'PV'].map((itemId) => ({
				...{ organizationId: 'w1', versionId: 'SIPAS5-v1', day, channel: 'terminal', siteId: 's1', counterId },
				...{ fieldId: '', officerId, itemId, n1: 0, n2: 0, n3: 0, n4: 0, n5: 12, notApplicable: 0, sheets: 12 }
			}))
		)
	);
