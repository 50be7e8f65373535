import { and, eq } from 'drizzle-orm';
import { hourRelease } from '../../../domain/report/hours.ts';
import {
	addToHour,
	HOUR_FIGURES,
	type HourFigures,
	hourPlaceOf,
	isToldByHour,
	noHourFigures
} from '../../../domain/submission/hours.ts';
import type { StoredSheet } from '../../../domain/submission/intake.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import { add } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { hourCounts } from '../../db/schema/report.ts';
import { knowVersions } from '../../survey/reads.ts';
import { releasedHour, RELEASED_HOUR } from './reads.ts';

/** A sheet that a tablet brought, or one whose flags changed, and the local hour it was answered in. */
export interface HourChange {
	before: StoredSheet | null;
	after: StoredSheet;
	hour: number;
}

/** Keeps the counts by the hour in the transaction that stores or flags sheets; their versions are known. */
export async function countHours(tx: Tx, changes: readonly HourChange[]) {
	const rows = new Map<string, typeof hourCounts.$inferInsert>();
	const addTo = (sheet: StoredSheet | null, hour: number, times: 1 | -1) => {
		if (!sheet || !isToldByHour(sheet)) return;
		// Two Mondays of one month are one row, which PostgreSQL takes only once in a statement.
		const place = hourPlaceOf(sheet);
		const { organizationId, versionId, siteId, month, weekday } = place;
		const key = `${organizationId}|${versionId}|${siteId}|${month}|${weekday}|${hour}`;
		let row = rows.get(key);
		if (!row) rows.set(key, (row = { ...place, hour, ...noHourFigures(), pending: 1 }));
		addToHour(row, sheet, times);
	};
	for (const { before, after, hour } of changes) {
		addTo(before, hour, -1);
		addTo(after, hour, 1);
	}
	const moved = [...rows.values()].filter((row) => HOUR_FIGURES.some((figure) => row[figure] !== 0));
	await add(tx, hourCounts, moved, HOUR_FIGURES, ['pending']);
}

/** Shows what has moved by enough people. Returns in how many places something was shown. */
export async function releaseHours(db: Db): Promise<number> {
	const waiting = await db
		.selectDistinct({ organizationId: hourCounts.organizationId })
		.from(hourCounts)
		.where(eq(hourCounts.pending, 1));
	let released = 0;
	for (const { organizationId } of waiting)
		released += await commit(db, (tx) => releaseOrganization(tx, organizationId));
	return released;
}

async function releaseOrganization(tx: Tx, organizationId: string): Promise<number> {
	// Taken before they are looked at: what another node adds from here on waits for us, and is pending again.
	const rows = await tx
		.update(hourCounts)
		.set({ pending: 0 })
		.where(and(eq(hourCounts.organizationId, organizationId), eq(hourCounts.pending, 1)))
		.returning();
	await knowVersions(
		tx,
		rows.map(({ versionId }) => versionId)
	);
	const moved = rows.flatMap((row) => {
		const more = hourRelease(row, releasedHour(row), findVersion(row.versionId)!);
		if (HOUR_FIGURES.every((figure) => more[figure] === 0)) return [];
		return [{ ...row, ...noHourFigures(), ...asReleased(more) }];
	});
	await add(tx, hourCounts, moved, Object.values(RELEASED_HOUR));
	return moved.length;
}

const asReleased = (figures: HourFigures) =>
	Object.fromEntries(HOUR_FIGURES.map((figure) => [RELEASED_HOUR[figure], figures[figure]]));
