import { and, eq } from 'drizzle-orm';
import { showCaseNumber } from '../../../../domain/casework/case.ts';
import type { Outcome } from '../../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { commit, type Db } from '../../../db/db.ts';
import { planCases } from '../../../db/schema/plan.ts';
import { readCase } from '../../cases/reads.ts';
import { readTask } from '../reads.ts';
import type { By } from '../writes.ts';

interface Pair {
	taskId: string;
	caseId: string;
}

/** Says that a case and a task are about the same thing; said twice it is said once. */
export function linkCase(
	db: Db,
	by: By,
	{ taskId, caseId }: Pair
): Promise<Outcome<null, 'task-unknown' | 'case-unknown' | 'not-now'>> {
	return commit(db, async (tx) => {
		const { organizationId, actorId, now } = by;
		const task = await readTask(tx, organizationId, taskId);
		if (!task) return { ok: false, reason: 'task-unknown' };
		if (task.state === 'retired') return { ok: false, reason: 'not-now' };
		const row = await readCase(tx, caseId);
		if (row?.organizationId !== organizationId) return { ok: false, reason: 'case-unknown' };
		const link = { organizationId, taskId, caseId, linkedAt: now, linkedBy: actorId };
		const [fresh] = await tx.insert(planCases).values(link).onConflictDoNothing().returning();
		const line = { ...by, action: 'plan-case-linked', object: taskId, detail: showCaseNumber(row) } as const;
		if (fresh) await writeAuditLine(tx, line);
		return { ok: true, value: null };
	});
}

export function unlinkCase(db: Db, by: By, { taskId, caseId }: Pair): Promise<Outcome<null, 'case-unknown'>> {
	return commit(db, async (tx) => {
		const { organizationId } = by;
		const row = await readCase(tx, caseId);
		const its = and(eq(planCases.taskId, taskId), eq(planCases.caseId, caseId));
		const [gone] = await tx
			.delete(planCases)
			.where(and(eq(planCases.organizationId, organizationId), its))
			.returning();
		if (!row || !gone) return { ok: false, reason: 'case-unknown' };
		const line = { ...by, action: 'plan-case-unlinked', object: taskId, detail: showCaseNumber(row) } as const;
		await writeAuditLine(tx, line);
		return { ok: true, value: null };
	});
}
