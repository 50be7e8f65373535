import { and, asc, desc, eq } from 'drizzle-orm';
import { TARGET_COLUMNS, type TargetColumn, type Targets } from '../../../domain/report/targets.ts';
import { toPercent } from '../../../domain/shared/number.ts';
import type { Queries } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { criterionTargets } from '../../db/schema/report.ts';

/** The targets that were set for a year, as they hold now; percent. What is missing is the organization's usual target. */
export async function readTargets(db: Queries, organizationId: string, year: number): Promise<Partial<Targets>> {
	const rows = await db
		.select({ criterion: criterionTargets.criterion, value: criterionTargets.value })
		.from(criterionTargets)
		.where(and(eq(criterionTargets.organizationId, organizationId), eq(criterionTargets.year, year)))
		.orderBy(asc(criterionTargets.number));
	// In the order they were set: the last of each holds, and null is the usual one again.
	const last = new Map(rows.map(({ criterion, value }) => [criterion, value]));
	return Object.fromEntries(
		TARGET_COLUMNS.flatMap((column) => {
			const value = last.get(column) ?? null;
			return value === null ? [] : [[column, toPercent(value)]];
		})
	);
}

/** One change of a target; value in percent, null: the usual one again. */
export interface TargetChange {
	number: number;
	year: number;
	criterion: TargetColumn;
	value: number | null;
	setBy: string;
	setAt: number;
}

/** Who set what, the newest first. */
export async function readTargetHistory(db: Queries, organizationId: string, most: number): Promise<TargetChange[]> {
	const rows = await db
		.select({ change: criterionTargets, name: users.name })
		.from(criterionTargets)
		.leftJoin(users, eq(users.id, criterionTargets.setBy))
		.where(eq(criterionTargets.organizationId, organizationId))
		.orderBy(desc(criterionTargets.number))
		.limit(most);
	return rows.map(({ change: { number, year, criterion, value, setBy, setAt }, name }) => ({
		...{ number, year, setAt, setBy: name ?? setBy },
		criterion: criterion as TargetColumn,
		value: value === null ? null : toPercent(value)
	}));
}
