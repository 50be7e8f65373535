import { randomBytes } from 'node:crypto';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { OnlineChannel } from '../../../domain/dialogue/dialogue.ts';
import {
	isPublic,
	judgeQuestion,
	MOST_QUESTIONS,
	type QuestionCommand,
	type QuestionProblem
} from '../../../domain/dialogue/question.ts';
import { shortId } from '../../../domain/shared/id.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { MINUTE_MS } from '../../../domain/shared/time.ts';
import { onlyMasks } from '../../../domain/submission/comment/masking.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { find, insertNew, lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { CommitGroup } from '../../db/group.ts';
import { dialogues } from '../../db/schema/dialogue.ts';
import { questions, questionSteps, upvotes } from '../../db/schema/dialogue-question.ts';
import { announce } from '../../live/announce.ts';
import { readDialogue } from '../reads.ts';
import { dialogueLock } from '../votes/writes.ts';
import { countAsked, readBefore, readFollowed, readQuestion, type StoredQuestion } from './reads.ts';

export interface NewQuestion {
	dialogueId: string;
	followMark: string;
	/** With everything masked that is sure to be personal. */
	text: string;
	textMark: string;
	fieldId: string;
	channel: OnlineChannel;
}

export type AskProblem = 'questions-closed' | 'questions-full' | 'question-other';

/** Keeps a question until somebody has read it. The same one sent again is the same question; another text under its number is refused. */
export function askQuestion(
	db: Db,
	asked: NewQuestion,
	now: number
): Promise<Outcome<{ question: StoredQuestion; fresh: boolean }, AskProblem>> {
	return commit(db, async (tx, afterCommit) => {
		await lock(tx, [dialogueLock(asked.dialogueId)]);
		const standing = await readFollowed(tx, asked.followMark);
		if (standing) {
			const same = standing.textMark === asked.textMark;
			return same ? { ok: true, value: { question: standing, fresh: false } } : no('question-other');
		}
		const dialogue = (await readDialogue(tx, asked.dialogueId))!;
		if (dialogue.state !== 'live' || !dialogue.questionsOpen) return no('questions-closed');
		if ((await countAsked(tx, dialogue.id)) >= MOST_QUESTIONS) return no('questions-full');
		const question: StoredQuestion = {
			...asked,
			...{ id: shortId(randomBytes(8)), organizationId: dialogue.organizationId },
			askedAt: Math.floor(now / MINUTE_MS) * MINUTE_MS,
			...({ state: 'waiting', reason: '', mergedInto: null, version: 1, answer: '' } as const)
		};
		await tx.insert(questions).values(question);
		await keepStep(tx, question, question.askedAt);
		await grow(tx, dialogue.id);
		afterCommit(() => announce(dialogue.id));
		return { ok: true, value: { question, fresh: true } };
	});
}

const no = <Reason extends string>(reason: Reason) => ({ ok: false, reason }) as const;

function keepStep(tx: Tx, { id, version, organizationId, state, reason, mergedInto }: StoredQuestion, at: number) {
	return tx.insert(questionSteps).values({ questionId: id, version, organizationId, state, reason, mergedInto, at });
}

/** Whoever keeps a copy of the list of questions learns by its number that it is old. */
export function grow(tx: Tx, dialogueId: string) {
	const questionsVersion = sql`${dialogues.questionsVersion} + 1`;
	return tx.update(dialogues).set({ questionsVersion }).where(eq(dialogues.id, dialogueId));
}

export interface Decided {
	dialogueId: string;
	questionId: string;
	command: QuestionCommand;
	/** The question with more of it masked; undefined: as it stands. */
	masked?: string;
	/** The version of the question that the moderator saw. */
	expected: number;
	userId: string;
	now: number;
}
export type DecisionProblem = QuestionProblem | 'question-unknown' | 'dialogue-over' | 'rewritten';

/** One decision of the desk about one question. Of two moderators at one version the second is told that it is stale. */
export function decideQuestion(db: Db, decided: Decided): Promise<Outcome<{ version: number }, DecisionProblem>> {
	const { dialogueId, questionId, command, masked, expected, userId, now } = decided;
	return commit(db, async (tx, afterCommit) => {
		await lock(tx, [dialogueLock(dialogueId)]);
		const dialogue = await readDialogue(tx, dialogueId);
		const question = await readQuestion(tx, questionId);
		if (!dialogue || question?.dialogueId !== dialogueId) return no('question-unknown');
		if (dialogue.state === 'closed') return no('dialogue-over');
		const into = command.do === 'merge' ? await readQuestion(tx, command.into) : undefined;
		const target = into?.dialogueId === dialogueId ? into : undefined;
		const before = command.do === 'undo' ? await readBefore(tx, question) : undefined;
		const judged = judgeQuestion(question, command, { expected, before, target });
		if (!judged.ok) return judged;
		const text = masked ?? question.text;
		if (!onlyMasks(question.text, text)) return no('rewritten');
		const next = { ...question, ...judged.value, text, answer: '' };
		// One question is on the screen: the one before it goes back into the list.
		if (next.state === 'answering') await takeOffScreen(tx, next, now);
		await storeQuestion(tx, next, now);
		await grow(tx, dialogueId);
		const { organizationId } = dialogue;
		const detail = [command.do, question.state, '→', next.state, next.reason].filter(Boolean).join(' ');
		await writeAuditLine(tx, {
			organizationId,
			actorId: userId,
			action: 'question-decided',
			object: questionId,
			detail,
			now
		});
		afterCommit(() => announce(dialogueId));
		return { ok: true, value: { version: next.version } };
	});
}

/** One step of a decision: how a question stands from now on, and since when. */
export async function storeQuestion(tx: Tx, question: StoredQuestion, now: number) {
	const { id, state, reason, mergedInto, version, text, answer } = question;
	await tx.update(questions).set({ state, reason, mergedInto, version, text, answer }).where(eq(questions.id, id));
	await keepStep(tx, question, now);
}

async function takeOffScreen(tx: Tx, { dialogueId, id }: StoredQuestion, now: number) {
	const others = await tx
		.select()
		.from(questions)
		.where(and(eq(questions.dialogueId, dialogueId), eq(questions.state, 'answering'), ne(questions.id, id)));
	for (const other of others) await storeQuestion(tx, { ...other, state: 'shown', version: other.version + 1 }, now);
}

export interface Upvote {
	organizationId: string;
	dialogueId: string;
	questionId: string;
	voter: string;
}
export type UpvoteStatus = 'counted' | 'already' | 'questions-closed' | 'question-unknown';

const UPVOTES_PER_COMMIT = 1000;
const groups = new WeakMap<Db, CommitGroup<Upvote, UpvoteStatus>>();

/** One voice for a question, once; answered after the commit, which those that arrive meanwhile share. */
export function upvote(db: Db, voice: Upvote): Promise<UpvoteStatus> {
	let group = groups.get(db);
	if (!group) {
		group = new CommitGroup(
			() => 1,
			(voices: Upvote[]) => storeUpvotes(db, voices),
			UPVOTES_PER_COMMIT
		);
		groups.set(db, group);
	}
	return group.submit(voice);
}

function storeUpvotes(db: Db, voices: readonly Upvote[]): Promise<UpvoteStatus[]> {
	return commit(db, async (tx, afterCommit) => {
		const rooms = [...new Set(voices.map(({ dialogueId }) => dialogueId))];
		await lock(tx, rooms.map(dialogueLock));
		const idsOf = (ids: readonly string[]) => [...new Set(ids)].map((id) => ({ id }));
		const open = (await find(tx, dialogues, ['id'], idsOf(rooms))).filter((d) => d.state === 'live' && d.questionsOpen);
		const known = await find(tx, questions, ['id'], idsOf(voices.map(({ questionId }) => questionId)));
		// A phone whose list is old may speak for one that was merged meanwhile: it counts where that one went.
		const votable = known.filter(({ state }) => state === 'merged' || (isPublic(state) && state !== 'deferred'));
		const standing = (voice: Upvote) =>
			votable.some(({ id, dialogueId }) => id === voice.questionId && dialogueId === voice.dialogueId);
		const openRoom = (voice: Upvote) => open.some(({ id }) => id === voice.dialogueId);
		const good = voices.filter((voice) => openRoom(voice) && standing(voice));
		const fresh = new Set(await insertNew(tx, upvotes, good as Upvote[]));
		for (const dialogueId of new Set([...fresh].map((voice) => (voice as Upvote).dialogueId))) {
			await grow(tx, dialogueId);
			afterCommit(() => announce(dialogueId));
		}
		return voices.map((voice) => {
			if (!openRoom(voice)) return 'questions-closed';
			if (!standing(voice)) return 'question-unknown';
			return fresh.has(voice) ? 'counted' : 'already';
		});
	});
}
