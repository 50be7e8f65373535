import { newId } from '../../../src/lib/server/account/writes.ts';
import type { Tx } from '../../../src/lib/server/db/db.ts';
import { planCases, planNotes, planTasks } from '../../../src/lib/server/db/schema/plan.ts';
import { localDay } from '../../../src/lib/domain/shared/time.ts';
import { aTask } from '../../factories/plan.ts';

/** A task that says all payloads in everything it says, with a note of each. */
export async function aHostilePlan(
	tx: Tx,
	{
		organizationId,
		task,
		case: caseId,
		payloads,
		now
	}: { organizationId: string; task: string; case: string; payloads: readonly string[]; now: number }
) {
	const text = payloads.join(' ');
	const says = { content: text, responsibility: text, lead: text, support: text, dueText: text, expected: text };
	await tx.insert(planTasks).values({ ...aTask(organizationId, task, now), ...says });
	await tx.insert(planCases).values({ organizationId, taskId: task, caseId, linkedAt: now, linkedBy: 'nobody' });
	await tx.insert(planNotes).values(
		payloads.map((payload) => ({
			...{ organizationId, id: newId(), taskId: task, text: payload, evidence: payload },
			...{ day: localDay(now), createdAt: now, createdBy: 'nobody' }
		}))
	);
}
