import type { Outcome } from '../../../../domain/shared/outcome.ts';
import { isPublic, type QuestionProblem } from '../../../../domain/dialogue/question.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { lock } from '../../../db/bulk.ts';
import { commit, type Db } from '../../../db/db.ts';
import { announce } from '../../../live/announce.ts';
import { readDialogue } from '../../reads.ts';
import { dialogueLock } from '../../votes/writes.ts';
import { leftOpen, readQuestion } from '../reads.ts';
import { grow, storeQuestion } from '../writes.ts';

export interface LaterAnswer {
	dialogueId: string;
	questionId: string;
	/** What is answered, as everybody may read it. */
	answer: string;
	/** The version of the question that was looked at. */
	expected: number;
	userId: string;
	now: number;
}

/**
 * Answers in writing what a dialogue left open, once it is over: the numbers of votes stay as they were, those of the questions are
 * counted anew wherever they are told. What nobody has read and let through is no question everybody can read an answer to.
 */
export function answerLater(
	db: Db,
	{ dialogueId, questionId, answer, expected, userId, now }: LaterAnswer
): Promise<Outcome<null, QuestionProblem | 'question-unknown'>> {
	return commit(db, async (tx, afterCommit) => {
		await lock(tx, [dialogueLock(dialogueId)]);
		const dialogue = await readDialogue(tx, dialogueId);
		const question = await readQuestion(tx, questionId);
		if (!dialogue || question?.dialogueId !== dialogueId) return { ok: false, reason: 'question-unknown' };
		if (question.version !== expected) return { ok: false, reason: 'stale' };
		const over = dialogue.state === 'counting' || dialogue.state === 'closed';
		const left = leftOpen([question]).length > 0 && isPublic(question.state);
		if (!over || !left) return { ok: false, reason: 'not-now' };
		const next = { ...question, state: 'answered' as const, reason: '', answer, version: question.version + 1 };
		await storeQuestion(tx, next, now);
		await grow(tx, dialogueId);
		const { organizationId } = dialogue;
		const line = { organizationId, actorId: userId, object: questionId, detail: answer.slice(0, 400), now };
		await writeAuditLine(tx, { ...line, action: 'question-answered-later' });
		afterCommit(() => announce(dialogueId));
		return { ok: true, value: null };
	});
}
