import { desc, eq } from 'drizzle-orm';
import { TARGET_COLUMNS, type TargetColumn } from '../../../domain/report/targets.ts';
import { formatHundredths, type Hundredths, toHundredths } from '../../../domain/shared/number.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db } from '../../db/db.ts';
import { criterionTargets } from '../../db/schema/report.ts';
import type { Change } from '../../place/shelf/writes.ts';
import { readTargets } from './reads.ts';

/**
 * Sets the targets of a year; null: the organization's usual one. Nothing is overwritten: what held before stands in the history, and to
 * undo is to set it again. What is as it was leaves no line. Returns how many changed.
 */
export async function setTargets(
	db: Db,
	{
		organizationId,
		changedBy,
		now,
		year,
		values
	}: Change & { year: number; values: Readonly<Record<TargetColumn, Hundredths | null>> }
): Promise<number> {
	return commit(db, async (tx) => {
		await lock(tx, [`targets ${organizationId}`]);
		const before = await readTargets(tx, organizationId, year);
		const standing = (column: TargetColumn) => {
			const set = before[column];
			return set === undefined ? null : toHundredths(set);
		};
		const changed = TARGET_COLUMNS.filter((column) => values[column] !== standing(column));
		if (changed.length === 0) return 0;
		const [last] = await tx
			.select({ number: criterionTargets.number })
			.from(criterionTargets)
			.where(eq(criterionTargets.organizationId, organizationId))
			.orderBy(desc(criterionTargets.number))
			.limit(1);
		const first = (last?.number ?? 0) + 1;
		await tx.insert(criterionTargets).values(
			changed.map((criterion, i) => ({
				...{ organizationId, number: first + i, year, criterion },
				...{ value: values[criterion], setBy: changedBy, setAt: now }
			}))
		);
		const say = (value: Hundredths | null) => (value === null ? 'chung' : formatHundredths(value));
		const moves = changed.map((column) => `${column} ${say(standing(column))} → ${say(values[column])}`);
		const detail = `năm ${year}: ${moves.join(', ')}`;
		await writeAuditLine(tx, {
			organizationId,
			actorId: changedBy,
			action: 'targets-set',
			object: organizationId,
			detail,
			now
		});
		return changed.length;
	});
}
