import { and, eq, isNull } from 'drizzle-orm';
import { sheetCaseOf, sheetClass, sheetSubject, type LowCell } from '../../../domain/casework/from-counts.ts';
import { counterLabel } from '../../../domain/place/counter.ts';
import { weekOf } from '../../../domain/report/week.ts';
import { addDays, localDay } from '../../../domain/shared/time.ts';
import { commit, type Db } from '../../db/db.ts';
import { caseSettings } from '../../db/schema/casework.ts';
import { organizations } from '../../db/schema/place.ts';
import { readCounters } from '../../place/reads.ts';
import type { Secret } from '../../secret/secret.ts';
import { openCase } from '../cases/writes.ts';
import { readLowCells } from './reads.ts';

/** A sheet from a tablet that was away comes within these weeks, and is released with its day. */
const WEEKS_BACK = 5;

/** Opens the cases of what has been released since, for every ward that has chosen so; how many it opened. */
export async function openCasesFromCounts(db: Db, secret: Secret, now: number): Promise<number> {
	const chosen = await db
		.select({ organization: organizations, since: caseSettings.fromSheetsSince })
		.from(caseSettings)
		.innerJoin(organizations, eq(organizations.id, caseSettings.organizationId))
		.where(and(eq(caseSettings.fromSheets, true), isNull(organizations.archivedAt)));
	let opened = 0;
	for (const { organization, since } of chosen) {
		for (const monday of weeksSince(since, now)) {
			const cells = await readLowCells(db, organization, monday);
			if (cells.length > 0)
				opened += await openThem(db, secret, { organizationId: organization.id, monday, cells, now });
		}
	}
	return opened;
}

/** The Mondays of the weeks that lie wholly after the choice was made, no more than can still change. */
function weeksSince(since: string, now: number): string[] {
	const last = weekOf(localDay(now));
	const mondays = Array.from({ length: WEEKS_BACK + 1 }, (_, i) => addDays(last, -7 * i));
	return mondays.filter((monday) => since !== '' && monday >= since);
}

async function openThem(
	db: Db,
	secret: Secret,
	{
		organizationId,
		monday,
		cells,
		now
	}: { organizationId: string; monday: string; cells: readonly LowCell[]; now: number }
): Promise<number> {
	const counterOf = new Map((await readCounters(db, organizationId)).map((counter) => [counter.id, counter]));
	return commit(db, async (tx) => {
		let opened = 0;
		for (const cell of cells) {
			const counter = counterOf.get(cell.counterId);
			if (!counter) continue;
			const fresh = {
				...({ organizationId, source: 'sheet', sourceId: sheetCaseOf(monday, cell), toHead: cell.toHead } as const),
				...{ class: sheetClass(cell.criterion), criterion: cell.criterion },
				...{ siteId: counter.siteId, counterId: counter.id, receivedAt: now },
				subject: sheetSubject(monday, counterLabel(counter), cell.criterion)
			};
			if ((await openCase(tx, secret, fresh, { actorId: 'system', now })).opened) opened++;
		}
		return opened;
	});
}
