import { type Block, MARGIN_KEY, marginKey, marginsOf, onlyOfficerOf } from '../../../domain/report/margin.ts';
import { monthOf } from '../../../domain/shared/time.ts';
import { FIGURES } from '../../../domain/submission/counting.ts';
import { isTotalled } from '../../../domain/report/totals.ts';
import { add, find } from '../../db/bulk.ts';
import type { Tx } from '../../db/db.ts';
import { marginCounts, settledSheets } from '../../db/schema/margin.ts';
import { monthlyCounts, releasedCounts } from '../../db/schema/report.ts';

/** The one way in for what people may look at: to its day, to its month, and to the sums by one side of each. */
export async function addReleased(tx: Tx, blocks: readonly Block[]) {
	await add(tx, releasedCounts, [...blocks], FIGURES);
	await add(tx, monthlyCounts, monthsOf(blocks), FIGURES);
	const margins = marginsOf(blocks);
	const standing = new Map(
		(await find(tx, marginCounts, MARGIN_KEY, margins)).map((row) => [marginKey(row), row.onlyOfficer])
	);
	const added = margins.map((margin) => ({
		...margin,
		onlyOfficer: onlyOfficerOf(margin.onlyOfficer, standing.get(marginKey(margin)) ?? margin.onlyOfficer)
	}));
	await add(tx, marginCounts, added, FIGURES, ['onlyOfficer']);
}

/** The same blocks by month, for the months that hold them: a late one is added to the month it is dated in. */
function monthsOf(blocks: readonly Block[]) {
	const months = new Map<string, typeof monthlyCounts.$inferInsert>();
	for (const { day, ...block } of blocks) {
		const row = { ...block, month: monthOf(day) };
		const { channel, siteId, counterId, fieldId, officerId, versionId, itemId } = row;
		const key = [row.month, channel, siteId, counterId, fieldId, officerId, versionId, itemId].join('|');
		const known = months.get(key);
		if (!known) months.set(key, row);
		else for (const figure of FIGURES) known[figure] += row[figure];
	}
	return [...months.values()];
}

type Settled = typeof settledSheets.$inferInsert;

/** Sheets that from now on wait for nothing: just released, or taken out. Of what else is in these rows nothing is kept. */
export async function settle(tx: Tx, rows: readonly Settled[]) {
	const sums = new Map<string, Settled>();
	for (const { organizationId, versionId, day, channel, itemId, counted, sheets } of rows) {
		if (!isTotalled(itemId) || sheets === 0) continue;
		const key = [versionId, day, channel, itemId, counted, organizationId].join('|');
		const known = sums.get(key);
		if (known) known.sheets += sheets;
		else sums.set(key, { organizationId, versionId, day, channel, itemId, counted, sheets });
	}
	await add(tx, settledSheets, [...sums.values()], ['sheets']);
}
