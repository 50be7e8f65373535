import { lowCells, type LowCell, type WeekOfCounter } from '../../../domain/casework/from-counts.ts';
import { addDays } from '../../../domain/shared/time.ts';
import { REASON_ITEM } from '../../../domain/submission/counting.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import type { Db } from '../../db/db.ts';
import { readIndexTable } from '../../report/reads.ts';
import { readReleased } from '../../report/released/reads.ts';

/** Where a released week has a low rating, read by the one path that every table is read by. */
export async function readLowCells(
	db: Db,
	{ id: organizationId, versionId, target }: { id: string; versionId: string; target: number },
	monday: string
): Promise<LowCell[]> {
	const question = { organizationId, versionId, from: monday, to: addDays(monday, 6) };
	const table = await readIndexTable(db, { ...question, by: 'counter', target: target / 100 });
	const version = findVersion(versionId);
	if (!version) return [];
	const rows = await readReleased(db, { ...question, channels: table.channels }, ['counter']);
	const weeks = [...Map.groupBy(rows, ({ counter }) => counter)].map(([counterId, own]): WeekOfCounter => ({
		counterId,
		items: own.map(({ itemId, n1, n2, n3, n4, n5, notApplicable }) => ({
			itemId,
			n: [n1, n2, n3, n4, n5],
			notApplicable
		})),
		reasons: new Map(
			own
				.filter(({ itemId }) => itemId.startsWith(REASON_ITEM))
				.map(({ itemId, sheets }) => [itemId.slice(REASON_ITEM.length), sheets])
		)
	}));
	return lowCells(table, weeks, version);
}
