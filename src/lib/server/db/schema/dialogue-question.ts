import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { OnlineChannel } from '../../../domain/dialogue/dialogue.ts';
import { PROMISE_STATES } from '../../../domain/dialogue/promise.ts';
import { QUESTION_STATES } from '../../../domain/dialogue/question.ts';
import { onEngine } from '../twin.ts';

/**
 * A question from the hall, with what is sure to be personal masked before it is stored. WITHOUT ROWID under a random id, by the minute
 * and without a mark of who asked; whoever asked finds it again by a code of which only an HMAC is kept.
 */
export const questions = onEngine(
	sqliteTable(
		'dialogue_question',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			dialogueId: text('dialogue_id').notNull(),
			followMark: text('follow_mark').notNull(),
			text: text('text').notNull(),
			/** Of the text as it was sent, so that one form sent twice is one question, and another text under its number is refused. */
			textMark: text('text_mark').notNull(),
			/** What it is about; '' where nobody said. */
			fieldId: text('field_id').notNull(),
			channel: text('channel').$type<OnlineChannel>().notNull(),
			askedAt: integer('asked_at').notNull(),
			state: text('state', { enum: QUESTION_STATES }).notNull(),
			reason: text('reason').notNull(),
			mergedInto: text('merged_into'),
			version: integer('version').notNull(),
			/** What was answered in writing after the dialogue; '' where nothing was. */
			answer: text('answer').notNull().default('')
		},
		(table) => [
			uniqueIndex('dialogue_question_follow').on(table.followMark),
			index('dialogue_question_of').on(table.dialogueId, table.state),
			check('dialogue_question_text_is_short', sql`length(${table.text}) <= 2000`)
		]
	)
);

/** What was decided about a question, and when: what its asker can follow. Who decided stands in the audit log. */
export const questionSteps = onEngine(
	sqliteTable(
		'dialogue_question_step',
		{
			questionId: text('question_id').notNull(),
			version: integer('version').notNull(),
			organizationId: text('organization_id').notNull(),
			state: text('state', { enum: QUESTION_STATES }).notNull(),
			reason: text('reason').notNull(),
			mergedInto: text('merged_into'),
			at: integer('at').notNull()
		},
		(table) => [primaryKey({ name: 'dialogue_question_step_key', columns: [table.questionId, table.version] })]
	)
);

/** One voice for a question, once. WITHOUT ROWID under a mark of the voter that is another than the one on ballots. */
export const upvotes = onEngine(
	sqliteTable(
		'dialogue_upvote',
		{
			organizationId: text('organization_id').notNull(),
			dialogueId: text('dialogue_id').notNull(),
			questionId: text('question_id').notNull(),
			voter: text('voter').notNull()
		},
		(table) => [
			primaryKey({
				name: 'dialogue_upvote_key',
				columns: [table.organizationId, table.dialogueId, table.questionId, table.voter]
			})
		]
	)
);

/** What was promised in a dialogue, in answer to a question or without one. */
export const promises = onEngine(
	sqliteTable(
		'dialogue_promise',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			dialogueId: text('dialogue_id').notNull(),
			questionId: text('question_id'),
			text: text('text').notNull(),
			unit: text('unit').notNull(),
			dueDay: text('due_day').notNull(),
			state: text('state', { enum: PROMISE_STATES }).notNull(),
			/** '' before it is done. */
			doneDay: text('done_day').notNull(),
			evidence: text('evidence').notNull(),
			/** Why it was withdrawn; ''. */
			reason: text('reason').notNull(),
			version: integer('version').notNull(),
			createdAt: integer('created_at').notNull()
		},
		(table) => [
			index('dialogue_promise_of').on(table.organizationId, table.state),
			index('dialogue_promise_in').on(table.dialogueId)
		]
	)
);
