import { and, count, countDistinct, desc, eq, inArray, lt } from 'drizzle-orm';
import {
	countQuestions,
	isOpen,
	isPublic,
	rootOf,
	type QuestionCounts,
	type QuestionState
} from '../../../domain/dialogue/question.ts';
import type { Db, Tx } from '../../db/db.ts';
import { questions, questionSteps, upvotes } from '../../db/schema/dialogue-question.ts';
import { ticketCode } from '../../../domain/survey/code.ts';
import type { Secret } from '../../secret/secret.ts';

export type StoredQuestion = typeof questions.$inferSelect;

/** A question with how many people stand behind it: the distinct voters of it and of all that were merged into it. */
export interface CountedQuestion {
	id: string;
	text: string;
	fieldId: string;
	channel: StoredQuestion['channel'];
	askedAt: number;
	state: QuestionState;
	reason: string;
	mergedInto: string | null;
	version: number;
	/** What was answered in writing; '' where nothing was. */
	answer: string;
	votes: number;
	/** How many questions were merged into it. */
	merged: number;
}

/**
 * The code to follow a question by, made of the number its asker's phone gave it: the same question asked again gets the same code, and
 * the store keeps only a mark of it (decision 0028).
 */
export const followCode = (secret: Secret, dialogueId: string, askId: string) =>
	ticketCode(Buffer.from(secret.mark('live-question', `code ${dialogueId} ${askId}`), 'base64url'));
export const followMark = (secret: Secret, code: string) => secret.mark('live-question', `follow ${code}`);

export async function readQuestion(db: Db | Tx, id: string): Promise<StoredQuestion | undefined> {
	const [question] = await db.select().from(questions).where(eq(questions.id, id));
	return question;
}

export async function readFollowed(db: Db | Tx, mark: string): Promise<StoredQuestion | undefined> {
	const [question] = await db.select().from(questions).where(eq(questions.followMark, mark));
	return question;
}

export async function countAsked(db: Tx, dialogueId: string): Promise<number> {
	const [{ n }] = await db.select({ n: count() }).from(questions).where(eq(questions.dialogueId, dialogueId));
	return n;
}

/** All questions of a dialogue in the order in which they came, to the minute. */
export async function readQuestions(
	db: Db | Tx,
	{ organizationId, id: dialogueId }: { organizationId: string; id: string }
): Promise<CountedQuestion[]> {
	const rows = await db.select().from(questions).where(eq(questions.dialogueId, dialogueId));
	const own = and(eq(upvotes.organizationId, organizationId), eq(upvotes.dialogueId, dialogueId));
	const counted = await db
		.select({ id: upvotes.questionId, votes: count() })
		.from(upvotes)
		.where(own)
		.groupBy(upvotes.questionId);
	const votes = new Map(counted.map(({ id, votes: n }) => [id, n]));
	const families = familiesOf(rows);
	for (const [root, members] of families) {
		const [{ voters }] = await db
			.select({ voters: countDistinct(upvotes.voter) })
			.from(upvotes)
			.where(and(own, inArray(upvotes.questionId, members)));
		votes.set(root, voters);
	}
	return rows
		.map(({ id, text, fieldId, channel, askedAt, state, reason, mergedInto, version, answer }) => ({
			...{ id, text, fieldId, channel, askedAt, state, reason, mergedInto, version, answer },
			votes: votes.get(id) ?? 0,
			merged: (families.get(id)?.length ?? 1) - 1
		}))
		.sort((a, b) => a.askedAt - b.askedAt || (a.id < b.id ? -1 : 1));
}

/** The questions that others were merged into, each with itself and all of those. */
function familiesOf(rows: readonly Pick<StoredQuestion, 'id' | 'mergedInto'>[]): Map<string, string[]> {
	const parents = new Map(rows.map(({ id, mergedInto }) => [id, mergedInto]));
	const families = Map.groupBy(rows, ({ id }) => rootOf(id, parents));
	return new Map(
		[...families].filter(([, own]) => own.length > 1).map(([root, own]) => [root, own.map(({ id }) => id)])
	);
}

/** How a question stood before its last decision; undefined where there was none. */
export async function readBefore(db: Tx, { id, version }: Pick<StoredQuestion, 'id' | 'version'>) {
	const [step] = await db
		.select({ state: questionSteps.state, reason: questionSteps.reason, mergedInto: questionSteps.mergedInto })
		.from(questionSteps)
		.where(and(eq(questionSteps.questionId, id), lt(questionSteps.version, version)))
		.orderBy(desc(questionSteps.version))
		.limit(1);
	return step;
}

/** What became of a question, the oldest first; of one that was merged, what became of the one it went into too. */
export async function readFollowing(db: Db, question: StoredQuestion) {
	const chain = [question];
	for (let next = question.mergedInto; next; next = chain.at(-1)!.mergedInto) {
		const into = await readQuestion(db, next);
		if (!into) break;
		chain.push(into);
	}
	const steps = await db
		.select()
		.from(questionSteps)
		.where(
			inArray(
				questionSteps.questionId,
				chain.map(({ id }) => id)
			)
		);
	const own = steps.filter(({ questionId }) => questionId === question.id).sort((a, b) => a.version - b.version);
	const mergedAt = own.at(-1)!.at;
	const root = chain.at(-1)!;
	const after = steps
		.filter(({ questionId, at }) => chain.length > 1 && questionId === root.id && at >= mergedAt)
		.sort((a, b) => a.version - b.version);
	return {
		/** Its own, or that of the one it was merged into. */
		rootId: root.id,
		text: question.text,
		state: root.state,
		/** What it was merged into, where everybody may read that. */
		into: chain.length > 1 && isPublic(root.state) ? root.text : null,
		answer: root.answer,
		steps: [...own, ...after].map(({ state, reason, at }) => ({ state, reason, at }))
	};
}

/** What is left of a dialogue: the questions that got no answer in the room, for whoever takes them further. */
export const leftOpen = <Each extends { state: QuestionState }>(all: readonly Each[]) =>
	all.filter(({ state }) => isOpen(state) || state === 'deferred');

/** The figures of a dialogue's questions, for its result sheet too. */
export async function readQuestionCounts(db: Db | Tx, dialogueId: string): Promise<QuestionCounts> {
	const rows = await db
		.select({ state: questions.state, reason: questions.reason })
		.from(questions)
		.where(eq(questions.dialogueId, dialogueId));
	return countQuestions(rows);
}
