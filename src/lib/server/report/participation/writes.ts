import { and, eq } from 'drizzle-orm';
import type { ServedLine } from '../../../domain/report/served.ts';
import { formatDay, localDay } from '../../../domain/shared/time.ts';
import { isBelievable, type Begun } from '../../../domain/terminal/begun.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { find, insertNew, lock, put } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { duties } from '../../db/schema/place.ts';
import { begunCounts, servedCounts } from '../../db/schema/report.ts';

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

/**
 * How often somebody began at a tablet, by the day and the duty on its screen. A tablet tells its own running totals, again and late, so
 * the highest holds. Whose duty it was is decided when it is first told of.
 */
export async function keepBegun(
	tx: Tx,
	{ id: terminalId, organizationId, counterId }: { id: string; organizationId: string; counterId: string },
	told: readonly Begun[],
	now: number
): Promise<void> {
	const today = localDay(now);
	const lines = told
		.filter(({ day }) => isBelievable(day, today))
		.map(({ day, dutyId, times }) => ({ organizationId, day, terminalId, dutyId: dutyId ?? '', times }));
	if (lines.length === 0) return;
	const keyOf = ({ day, dutyId }: { day: string; dutyId: string }) => `${day} ${dutyId}`;
	const known = await find(tx, begunCounts, ['organizationId', 'day', 'terminalId', 'dutyId'], lines);
	const before = new Map(known.map((row) => [keyOf(row), row]));
	const named = [...new Set(lines.map(({ dutyId }) => dutyId))].map((id) => ({ id }));
	const own = (await find(tx, duties, ['id'], named)).filter((duty) => duty.organizationId === organizationId);
	const dutyOf = new Map(own.map((duty) => [duty.id, duty]));
	const rows = new Map<string, typeof begunCounts.$inferInsert>();
	for (const line of lines) {
		const duty = dutyOf.get(line.dutyId);
		const place = { counterId: duty?.counterId ?? counterId, officerId: duty?.officerId ?? '' };
		const standing = rows.get(keyOf(line)) ?? before.get(keyOf(line)) ?? { ...line, ...place, times: 0 };
		if (line.times > standing.times) rows.set(keyOf(line), { ...standing, times: line.times });
	}
	await put(tx, begunCounts, [...rows.values()]);
}
