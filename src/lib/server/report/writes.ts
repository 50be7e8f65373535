import { and, eq } from 'drizzle-orm';
import type { Block } from '../../domain/report/margin.ts';
import { blockSize, splitIntoBlocks } from '../../domain/report/secrecy.ts';
import type { StoredSheet } from '../../domain/submission/intake.ts';
import { add, lock } from '../db/bulk.ts';
import { commit, type Db, type Tx } from '../db/db.ts';
import { dailyCounts } from '../db/schema/report.ts';
import { knowVersions } from '../survey/reads.ts';
import { isPending } from './pending/reads.ts';
import { addReleased, settle } from './released/writes.ts';
import { addSheet, countsSheets, FIGURES, RELEASED, rowsOf, type Counting } from '../../domain/submission/counting.ts';

type DailyRow = typeof dailyCounts.$inferSelect;

/** Keeps the daily counts in the transaction that stores or flags sheets; a null before is a new sheet. */
export async function countSheets(tx: Tx, changes: readonly { before: StoredSheet | null; after: StoredSheet }[]) {
	const counting: Counting = new Map();
	await knowVersions(
		tx,
		changes.map(({ after }) => after.versionId)
	);
	for (const { before, after } of changes) {
		if (before) addSheet(counting, before, -1);
		addSheet(counting, after, 1);
	}
	const moved = rowsOf(counting).filter((row) => FIGURES.some((figure) => row[figure] !== 0));
	await add(tx, dailyCounts, moved, FIGURES, ['pending'], 'itemId');
	await settle(
		tx,
		moved.filter(({ counted }) => counted === 0)
	);
}

/**
 * Moves pending counts to where people may look, in blocks that bring at least k people to one cut and item (10 where an officer is
 * named, else 5), each dated by the day that filled it. So any two looks at any cut differ by whole blocks, never by one citizen
 * (decision 0002). What does not fill a block stays pending. Returns how many counts were released.
 */
export async function releaseCounts(db: Db): Promise<number> {
	const waiting = await db
		.selectDistinct({ organizationId: dailyCounts.organizationId })
		.from(dailyCounts)
		.where(eq(dailyCounts.pending, 1));
	let released = 0;
	for (const { organizationId } of waiting) {
		released += await commit(db, (tx) => releaseOrganization(tx, organizationId));
	}
	return released;
}

async function releaseOrganization(tx: Tx, organizationId: string): Promise<number> {
	await lock(tx, [`release ${organizationId}`]);
	const pending = await tx.select().from(dailyCounts).where(isPending(organizationId)).orderBy(dailyCounts.day);
	const blocks: Block[] = [];
	const moved: DailyRow[] = [];
	for (const rows of Map.groupBy(pending, blockOf).values()) {
		const k = blockSize(rows[0].officerId !== '');
		const deltas = [...Map.groupBy(rows, ({ day }) => day)].map(([day, own]) => ({
			day,
			people: own.reduce((sum, row) => sum + newPeople(row), 0)
		}));
		for (const { day, days } of splitIntoBlocks(deltas, k)) {
			const inside = rows.filter((row) => days.includes(row.day)).map(releasedPart);
			moved.push(...inside);
			for (const own of Map.groupBy(inside, ({ itemId }) => itemId).values())
				blocks.push({ ...cutColumns(own[0]), day, ...figures(RELEASED.map((part) => total(own, part))) });
		}
	}
	await addReleased(tx, blocks);
	await add(tx, dailyCounts, moved, RELEASED);
	await settlePending(tx, organizationId);
	await settle(
		tx,
		moved.map(({ rSheets: sheets, ...row }) => ({ ...row, sheets }))
	);
	return blocks.length;
}

/**
 * What is released together: each item of a cut by itself, since not everybody is asked everything; but "not served",
 * reasons and doubts with the sheets they are on. In blocks of their own the moment one closes would say what the last citizen chose.
 */
const blockOf = (row: DailyRow) =>
	[row.channel, row.siteId, row.counterId, row.fieldId, row.officerId, row.versionId]
		.concat(countsSheets(row.itemId) ? '' : row.itemId)
		.join('|');

/** How many more people a cell would show: sheets, or answers 1..5. Who says "not applicable" is not in a score and hides nobody. */
function newPeople(row: DailyRow): number {
	if (row.itemId === '') return row.sheets - row.rSheets;
	return FIGURES.slice(0, 5).reduce((sum, figure, i) => sum + row[figure] - row[RELEASED[i]], 0);
}

const total = (rows: readonly DailyRow[], part: (typeof RELEASED)[number]) =>
	rows.reduce((sum, row) => sum + row[part], 0);

function cutColumns({ organizationId, versionId, channel, siteId, counterId, fieldId, officerId, itemId }: DailyRow) {
	return { organizationId, versionId, channel, siteId, counterId, fieldId, officerId, itemId };
}

function figures(values: readonly number[]) {
	return Object.fromEntries(FIGURES.map((figure, i) => [figure, values[i]])) as Record<
		(typeof FIGURES)[number],
		number
	>;
}

/** What is added to a daily row when all that it had is released. */
function releasedPart(row: DailyRow): DailyRow {
	const parts = RELEASED.map((released, i) => [released, row[FIGURES[i]] - row[released]]);
	return { ...row, ...figures([0, 0, 0, 0, 0, 0, 0]), ...Object.fromEntries(parts) };
}

/** The database compares, not we: another node may have added to a row since it was read. */
async function settlePending(tx: Tx, organizationId: string) {
	const same = FIGURES.map((figure, i) => eq(dailyCounts[figure], dailyCounts[RELEASED[i]]));
	await tx
		.update(dailyCounts)
		.set({ pending: 0 })
		.where(and(isPending(organizationId), ...same));
}
