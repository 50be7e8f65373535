import { and, eq, gte, lt, lte, notExists, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { blockSize, splitIntoBlocks } from '../../domain/report/secrecy.ts';
import { localDay, monthOf } from '../../domain/shared/time.ts';
import type { StoredSheet } from '../../domain/submission/intake.ts';
import { add, insertNew, lock } from '../db/bulk.ts';
import { commit, type Db, type Tx } from '../db/db.ts';
import { dailyCounts, foldedMonths, monthlyCounts, releasedCounts } from '../db/schema/report.ts';
import { knowVersions } from '../survey/reads.ts';
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
}

/**
 * Moves pending counts to where people may look, in blocks that bring at least k people to one cut and item (10 where an officer is
 * named, else 5), each dated by the day that filled it. So any two looks at any cut differ by whole blocks, never by one citizen
 * (decision 0002). What does not fill a block stays pending. Returns how many counts were released.
 */
export async function releaseCounts(db: Db, now: number): Promise<number> {
	const waiting = await db
		.selectDistinct({ organizationId: dailyCounts.organizationId })
		.from(dailyCounts)
		.where(eq(dailyCounts.pending, 1));
	let released = 0;
	for (const { organizationId } of waiting) {
		released += await commit(db, (tx) => releaseOrganization(tx, organizationId));
		await foldMonths(db, organizationId, now);
	}
	return released;
}

async function releaseOrganization(tx: Tx, organizationId: string): Promise<number> {
	await lock(tx, [`release ${organizationId}`]);
	const pending = await tx
		.select()
		.from(dailyCounts)
		.where(and(eq(dailyCounts.organizationId, organizationId), eq(dailyCounts.pending, 1)))
		.orderBy(dailyCounts.day);
	const blocks: (typeof releasedCounts.$inferInsert)[] = [];
	const moved: (typeof dailyCounts.$inferInsert)[] = [];
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
	await add(tx, releasedCounts, blocks, FIGURES);
	await add(tx, dailyCounts, moved, RELEASED);
	await settlePending(tx, organizationId);
	await unfold(tx, blocks);
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
		.where(and(eq(dailyCounts.organizationId, organizationId), eq(dailyCounts.pending, 1), ...same));
}

/** A late block in a folded month: the month is read day by day until it is folded anew. */
async function unfold(tx: Tx, blocks: readonly { organizationId: string; versionId: string; day: string }[]) {
	const months = new Map(blocks.map((block) => [`${block.versionId} ${monthOf(block.day)}`, block]));
	for (const { organizationId, versionId, day } of months.values()) {
		await tx
			.delete(foldedMonths)
			.where(
				and(
					eq(foldedMonths.organizationId, organizationId),
					eq(foldedMonths.versionId, versionId),
					eq(foldedMonths.month, monthOf(day))
				)
			);
	}
}

/** Adds up every closed month that is not folded yet, one commit a month, outside the intake. */
export async function foldMonths(db: Db, organizationId: string, now: number) {
	const month = sql<string>`substr(${releasedCounts.day}, 1, 7)`;
	const open = await db
		.selectDistinct({ versionId: releasedCounts.versionId, month: month.as('month') })
		.from(releasedCounts)
		.where(
			and(
				eq(releasedCounts.organizationId, organizationId),
				lt(releasedCounts.day, `${monthOf(localDay(now))}-01`),
				notExists(
					db
						.select({ one: sql`1` })
						.from(foldedMonths)
						.where(
							and(
								eq(foldedMonths.organizationId, organizationId),
								eq(foldedMonths.versionId, releasedCounts.versionId),
								eq(foldedMonths.month, month)
							)
						)
				)
			)
		);
	for (const { versionId, month } of open) {
		await commit(db, (tx) => foldMonth(tx, { organizationId, versionId, month }));
	}
}

async function foldMonth(tx: Tx, fold: { organizationId: string; versionId: string; month: string }) {
	const { organizationId, versionId, month } = fold;
	await lock(tx, [`release ${organizationId}`]);
	const ofMonth = {
		organizationId: monthlyCounts.organizationId,
		versionId: monthlyCounts.versionId,
		month: monthlyCounts.month
	};
	await tx
		.delete(monthlyCounts)
		.where(and(eq(ofMonth.organizationId, organizationId), eq(ofMonth.versionId, versionId), eq(ofMonth.month, month)));
	const cut = {
		channel: releasedCounts.channel,
		siteId: releasedCounts.siteId,
		counterId: releasedCounts.counterId,
		fieldId: releasedCounts.fieldId,
		officerId: releasedCounts.officerId,
		itemId: releasedCounts.itemId
	};
	const rows = await tx
		.select({ ...cut, ...summed() })
		.from(releasedCounts)
		.where(
			and(
				eq(releasedCounts.organizationId, organizationId),
				eq(releasedCounts.versionId, versionId),
				gte(releasedCounts.day, `${month}-01`),
				lte(releasedCounts.day, `${month}-31`)
			)
		)
		.groupBy(...Object.values(cut));
	await insertNew(
		tx,
		monthlyCounts,
		rows.map((row) => ({ ...fold, ...row }))
	);
	await insertNew(tx, foldedMonths, [fold]);
}

function summed() {
	const sum = (column: AnySQLiteColumn) => sql<number>`sum(${column})`.mapWith(Number);
	return {
		n1: sum(releasedCounts.n1),
		n2: sum(releasedCounts.n2),
		n3: sum(releasedCounts.n3),
		n4: sum(releasedCounts.n4),
		n5: sum(releasedCounts.n5),
		notApplicable: sum(releasedCounts.notApplicable),
		sheets: sum(releasedCounts.sheets)
	};
}
