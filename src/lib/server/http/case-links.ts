import type { RequestEvent } from '@sveltejs/kit';
import type { CaseActor } from '../../domain/casework/move-right.ts';
import { hasCaseRight } from '../../domain/casework/move-right.ts';
import type { LinkedCase } from '../../domain/casework/plan/link.ts';
import { localDay } from '../../domain/shared/time.ts';
import type { StoredCase } from '../casework/cases/reads.ts';
import { readLinkedCases, readTasksOfCase } from '../casework/plan/links/reads.ts';
import { readTasks } from '../casework/plan/reads.ts';
import type { Db } from '../db/db.ts';
import { actorOf } from './cases.ts';
import { hasRightToo, type Permitted } from './guard.ts';

/** The cases of each of these tasks that somebody may see. */
export async function seenCases(
	db: Db,
	organizationId: string,
	{ actor, taskIds }: { actor: CaseActor; taskIds: readonly string[] }
): Promise<Record<string, LinkedCase[]>> {
	const seen = (await readLinkedCases(db, organizationId, taskIds)).filter((row) =>
		hasCaseRight(actor, 'case:read', row)
	);
	const shown = [...Map.groupBy(seen, ({ taskId }) => taskId)].map(([taskId, own]) => [
		taskId,
		own.map(({ id, number, state, subject }) => ({ id, number, state, subject }))
	]);
	return Object.fromEntries(shown) as Record<string, LinkedCase[]>;
}

/** What a case has to do with the yearly plan; null for whoever may not read that. */
export async function tasksBeside(event: RequestEvent, permitted: Permitted, row: StoredCase) {
	if (!hasRightToo(event, permitted, 'plan:read')) return null;
	const { db } = event.locals.running;
	const { organizationId } = row;
	const tasks = await readTasksOfCase(db, organizationId, row.id);
	const year = Number(localDay(Date.now()).slice(0, 4));
	const standing = (await readTasks(db, organizationId, year)).filter(
		({ id, state }) => state === 'open' && tasks.every((linked) => linked.id !== id)
	);
	const mayLink = hasCaseRight(actorOf(event, permitted), 'case:open', row);
	const open = standing.map(({ id, content, criterion, state }) => ({ id, content, criterion, year, state }));
	return { base: permitted.base, tasks, open: mayLink ? open : null };
}
