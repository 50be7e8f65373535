import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { onEngine } from '../twin.ts';

/** Seat slips of a dialogue that were printed in one go, with or without a paper ballot; the codes are on the paper alone. */
export const slipRuns = onEngine(
	sqliteTable(
		'dialogue_slip_run',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			dialogueId: text('dialogue_id').notNull(),
			/** Index of the hall it was printed for. */
			hall: integer('hall').notNull(),
			first: integer('first').notNull(),
			count: integer('count').notNull(),
			ballots: integer('ballots', { mode: 'boolean' }).notNull(),
			createdAt: integer('created_at').notNull(),
			createdBy: text('created_by').notNull(),
			voidedAt: integer('voided_at')
		},
		(table) => [index('dialogue_slip_run_of').on(table.dialogueId)]
	)
);

/** A pile of paper ballots of one hall with its cover sheet, counted by hand before anybody keys it. */
export const paperBatches = onEngine(
	sqliteTable(
		'dialogue_batch',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			dialogueId: text('dialogue_id').notNull(),
			number: integer('number').notNull(),
			hall: integer('hall').notNull(),
			/** Sheets in the pile. */
			counted: integer('counted').notNull(),
			countedBy: text('counted_by').notNull(),
			/** Of them, sheets that cannot be keyed: no serial, a copy, void. Never silently lost: the result names them. */
			aside: integer('aside').notNull().default(0),
			asideReason: text('aside_reason').notNull().default(''),
			createdAt: integer('created_at').notNull(),
			closedAt: integer('closed_at'),
			/** As it was closed: ballots that stand, and by question answers on them that did not count because the same slip had voted by phone. */
			ballots: integer('ballots').notNull().default(0),
			conflicts: text('conflicts', { mode: 'json' }).$type<Record<string, number>>()
		},
		(table) => [uniqueIndex('dialogue_batch_number').on(table.dialogueId, table.number)]
	)
);

/** One of the two keyings of a batch, and whose it is. */
export const keyings = onEngine(
	sqliteTable(
		'dialogue_keying',
		{
			batchId: text('batch_id').notNull(),
			turn: integer('turn').notNull(),
			organizationId: text('organization_id').notNull(),
			userId: text('user_id').notNull(),
			/** SHA-256 of a file it was read from, '' where it was keyed by hand. */
			fileHash: text('file_hash').notNull().default(''),
			finishedAt: integer('finished_at')
		},
		(table) => [
			primaryKey({ name: 'dialogue_keying_key', columns: [table.batchId, table.turn] }),
			uniqueIndex('dialogue_keying_one_a_person').on(table.batchId, table.userId),
			check('dialogue_keying_turn_is_first_or_second', sql`${table.turn} in (1, 2)`)
		]
	)
);

/** A ballot in one keying. Deleted with the closing of the dialogue: it says what serial chose what. */
export const keyedBallots = onEngine(
	sqliteTable(
		'dialogue_keyed',
		{
			batchId: text('batch_id').notNull(),
			turn: integer('turn').notNull(),
			serial: integer('serial').notNull(),
			dialogueId: text('dialogue_id').notNull(),
			/** Made by the page before it sends, so that a retry is the same ballot and a second sheet of that serial is not. */
			entry: text('entry').notNull(),
			/** The how-manieth of its keying, for going back. */
			place: integer('place').notNull(),
			choices: text('choices', { mode: 'json' }).$type<Record<string, string>>().notNull()
		},
		(table) => [
			primaryKey({ name: 'dialogue_keyed_key', columns: [table.batchId, table.turn, table.serial] }),
			index('dialogue_keyed_serial').on(table.dialogueId, table.serial)
		]
	)
);

/** What a person decided about a serial of a batch: which of two keyings is right, or that the vote by phone stands. */
export const paperDecisions = onEngine(
	sqliteTable(
		'dialogue_paper_decision',
		{
			batchId: text('batch_id').notNull(),
			kind: text('kind', { enum: ['mismatch', 'conflict'] }).notNull(),
			serial: integer('serial').notNull(),
			/** What it was decided on; where that has changed it does not hold any more. */
			seen: text('seen').notNull(),
			/** Of a mismatch: what stands; null: there is no such ballot. */
			choices: text('choices', { mode: 'json' }).$type<Record<string, string>>(),
			reason: text('reason').notNull().default(''),
			userId: text('user_id').notNull(),
			decidedAt: integer('decided_at').notNull()
		},
		(table) => [primaryKey({ name: 'dialogue_paper_decision_key', columns: [table.batchId, table.kind, table.serial] })]
	)
);
