import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { showCaseNumber } from '../../../../domain/casework/case.ts';
import type { LinkedTask } from '../../../../domain/casework/plan/link.ts';
import type { Db } from '../../../db/db.ts';
import { cases } from '../../../db/schema/casework.ts';
import { planCases, planTasks } from '../../../db/schema/plan.ts';
import type { StoredCase } from '../../cases/reads.ts';

/** A case that belongs to a task, with what decides who may see it. */
export type StoredLink = Pick<StoredCase, 'id' | 'state' | 'toHead' | 'siteId' | 'assigneeId' | 'subject'> & {
	taskId: string;
	number: string;
};

/** The cases of these tasks, the oldest first. Who asks sees those that they may read. */
export async function readLinkedCases(
	db: Db,
	organizationId: string,
	taskIds: readonly string[]
): Promise<StoredLink[]> {
	if (taskIds.length === 0) return [];
	const { id, state, toHead, siteId, assigneeId, subject, year, seq } = cases;
	const rows = await db
		.select({ taskId: planCases.taskId, id, state, toHead, siteId, assigneeId, subject, year, seq })
		.from(planCases)
		.innerJoin(cases, and(eq(cases.id, planCases.caseId), eq(cases.organizationId, organizationId)))
		.where(and(eq(planCases.organizationId, organizationId), inArray(planCases.taskId, [...taskIds])))
		.orderBy(asc(year), asc(seq));
	return rows.map(({ year: of, seq: n, ...row }) => ({ ...row, number: showCaseNumber({ year: of, seq: n }) }));
}

/** The tasks of a case, the newest plan first. */
export async function readTasksOfCase(db: Db, organizationId: string, caseId: string): Promise<LinkedTask[]> {
	const { id, content, criterion, year, state } = planTasks;
	const its = and(eq(planTasks.id, planCases.taskId), eq(planTasks.organizationId, organizationId));
	return db
		.select({ id, content, criterion, year, state })
		.from(planCases)
		.innerJoin(planTasks, its)
		.where(and(eq(planCases.organizationId, organizationId), eq(planCases.caseId, caseId)))
		.orderBy(desc(year), asc(planTasks.position), asc(id));
}

/** The case that somebody names by its number. */
export async function readCaseByNumber(
	db: Db,
	organizationId: string,
	{ year, seq }: { year: number; seq: number }
): Promise<StoredCase | undefined> {
	const its = and(eq(cases.organizationId, organizationId), eq(cases.year, year), eq(cases.seq, seq));
	const [row] = await db.select().from(cases).where(its);
	return row;
}
