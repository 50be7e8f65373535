import { and, eq } from 'drizzle-orm';
import type { ServedLine } from '../../../domain/report/served.ts';
import { formatDay } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { insertNew, lock } from '../../db/bulk.ts';
import { commit, type Db } from '../../db/db.ts';
import { servedCounts } from '../../db/schema/report.ts';

/**
 * Keeps how many were served. What the lines say of a counter and a day replaces all that stood there, so the same file twice changes
 * nothing and officers are never added to a counter's own number; other counters and days stay. One line in the log.
 */
export async function keepServed(
	db: Db,
	kept: { organizationId: string; lines: readonly ServedLine[]; changedBy: string; now: number }
): Promise<void> {
	const { organizationId, lines, changedBy, now } = kept;
	if (lines.length === 0) return;
	await commit(db, async (tx) => {
		await lock(tx, [`served ${organizationId}`]);
		const cells = Map.groupBy(lines, ({ day, counterId }) => `${day} ${counterId}`);
		for (const [{ day, counterId }] of cells.values()) {
			await tx
				.delete(servedCounts)
				.where(
					and(
						eq(servedCounts.organizationId, organizationId),
						eq(servedCounts.day, day),
						eq(servedCounts.counterId, counterId)
					)
				);
		}
		await insertNew(
			tx,
			servedCounts,
			lines.map((line) => ({ organizationId, ...line }))
		);
		const days = lines.map(({ day }) => day).toSorted();
		const span = [...new Set([days[0], days.at(-1)!])].map(formatDay).join('–');
		const sum = lines.reduce((before, { served }) => before + served, 0);
		const detail = `${span}: ${lines.length} dòng, ${sum} lượt`;
		const line = { action: 'served-changed', object: organizationId, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
	});
}
