import type { Outcome } from '../../../domain/shared/outcome.ts';
import { mayAccuse } from '../../../domain/submission/comment/allegation.ts';
import { commit, type Db } from '../../db/db.ts';
import { leftOpen, readQuestion } from '../../dialogue/questions/reads.ts';
import { readDialogue } from '../../dialogue/reads.ts';
import type { Secret } from '../../secret/secret.ts';
import type { StoredCase } from '../cases/reads.ts';
import { openCase } from '../cases/writes.ts';

/** A case's subject is a line of its list. */
const SUBJECT = 120;

/**
 * The case of a question that its dialogue left without an answer, in the words that were shown. Its clock begins when it is taken on: what
 * was owed until then, the dialogue owed. Opened twice it is one.
 */
export function openCaseFromQuestion(
	db: Db,
	secret: Secret,
	{ dialogueId, questionId }: { dialogueId: string; questionId: string },
	{ actorId, now }: { actorId: string; now: number }
): Promise<Outcome<StoredCase, 'question-unknown' | 'not-now'>> {
	return commit(db, async (tx) => {
		const dialogue = await readDialogue(tx, dialogueId);
		const question = await readQuestion(tx, questionId);
		if (!dialogue || question?.dialogueId !== dialogueId) return { ok: false, reason: 'question-unknown' };
		const over = dialogue.state === 'counting' || dialogue.state === 'closed';
		if (!over || dialogue.rehearsal || leftOpen([question]).length === 0) return { ok: false, reason: 'not-now' };
		const { text, fieldId } = question;
		const fresh = {
			...({ organizationId: dialogue.organizationId, source: 'question', sourceId: questionId } as const),
			...{ class: 'rules' as const, toHead: mayAccuse(text), fieldId, receivedAt: now },
			...{ subject: text.slice(0, SUBJECT), text }
		};
		return { ok: true, value: (await openCase(tx, secret, fresh, { actorId, now })).row };
	});
}
