import { and, eq } from 'drizzle-orm';
import { sheetClass } from '../../../domain/casework/from-counts.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { CRITERIA, type Criterion } from '../../../domain/survey/criterion.ts';
import { commit, type Db } from '../../db/db.ts';
import { commentBatches, releasedComments } from '../../db/schema/submission.ts';
import type { Secret } from '../../secret/secret.ts';
import { openCase } from '../cases/writes.ts';
import type { StoredCase } from '../cases/reads.ts';

/**
 * The case of a released comment: its words as they were released, and of its place what is true of its whole batch. What was marked for
 * the head stays with the head. Opened twice it is one.
 */
export function openCaseFromComment(
	db: Db,
	secret: Secret,
	{ id, criterion: asked }: { id: string; criterion: string },
	{ organizationId, actorId, now }: { organizationId: string; actorId: string; now: number }
): Promise<Outcome<StoredCase, 'comment-unknown'>> {
	return commit(db, async (tx) => {
		const [found] = await tx
			.select({ comment: releasedComments, batch: commentBatches })
			.from(releasedComments)
			.innerJoin(commentBatches, eq(commentBatches.id, releasedComments.batchId))
			.where(
				and(
					eq(releasedComments.organizationId, organizationId),
					eq(commentBatches.organizationId, organizationId),
					eq(commentBatches.audience, 'leaders'),
					eq(releasedComments.id, id)
				)
			);
		// One that was taken down, or whose words are kept no more, is no case.
		if (!found || found.comment.text === '') return { ok: false, reason: 'comment-unknown' };
		const { comment, batch } = found;
		const criterion: Criterion | '' = CRITERIA.find((known) => known === asked) ?? '';
		const fresh = {
			...({ organizationId, source: 'comment', sourceId: comment.id, toHead: comment.toHead } as const),
			...{ class: criterion ? sheetClass(criterion) : ('rules' as const), criterion, receivedAt: now },
			...{ siteId: batch.siteId, counterId: batch.counterId, fieldId: batch.fieldId },
			...{ subject: comment.text.split('\n')[0]!.slice(0, 120), text: comment.text }
		};
		const { row } = await openCase(tx, secret, fresh, { actorId, now });
		return { ok: true, value: row };
	});
}
