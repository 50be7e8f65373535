import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { BALLOT_CHANNELS, DIALOGUE_STATES, HALL_PROOFS, LEVELS } from '../../../domain/dialogue/dialogue.ts';
import { OVERLAY_LAYOUTS } from '../../../domain/dialogue/overlay.ts';
import type { DelayMeasure } from '../../../domain/dialogue/stream-delay.ts';
import { ROUND_KINDS, ROUND_PHASES } from '../../../domain/dialogue/round.ts';
import type { DialogueOutcome, FrozenResult, RoundOutcome } from '../../../domain/dialogue/closing.ts';
import type { Criterion } from '../../../domain/survey/criterion.ts';
import { onEngine } from '../twin.ts';

/** A conference of leaders and citizens, with what its desk has set. */
export const dialogues = onEngine(
	sqliteTable(
		'dialogue',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			/** Six characters of Crockford's base 32, lower case; `/live/CODE`. */
			room: text('room').notNull(),
			title: text('title').notNull(),
			place: text('place').notNull().default(''),
			/** Its local day, and its time as people write it: '08:00'. */
			day: text('day').notNull(),
			time: text('time').notNull().default(''),
			streamUrl: text('stream_url').notNull().default(''),
			/** Names of the halls ("điểm cầu"), at least one. */
			halls: text('halls', { mode: 'json' }).$type<string[]>().notNull(),
			hallProof: text('hall_proof', { enum: HALL_PROOFS }).notNull(),
			/** Simulated phones vote in it; nothing of it ever reaches a report. */
			rehearsal: integer('rehearsal', { mode: 'boolean' }).notNull().default(false),
			state: text('state', { enum: DIALOGUE_STATES }).notNull(),
			version: integer('version').notNull().default(1),
			hidden: integer('hidden', { mode: 'boolean' }).notNull().default(false),
			/** The round that is shown; null: none yet. */
			roundId: text('round_id'),
			streamDelayMs: integer('stream_delay_ms').notNull().default(0),
			delayMeasure: text('delay_measure', { mode: 'json' }).$type<DelayMeasure>(),
			overlayLayout: text('overlay_layout', { enum: OVERLAY_LAYOUTS }).notNull().default('lower'),
			questionsOpen: integer('questions_open', { mode: 'boolean' }).notNull().default(false),
			questionsVersion: integer('questions_version').notNull().default(0),
			/** Sealed; marks voters. Destroyed with the closing, so that from then on nothing leads from a ballot to a slip or phone. */
			sealedSecret: text('sealed_secret'),
			createdAt: integer('created_at').notNull(),
			closedAt: integer('closed_at'),
			/** What of it went into the index; null before the closing. */
			outcome: text('outcome', { mode: 'json' }).$type<DialogueOutcome>()
		},
		(table) => [uniqueIndex('dialogue_room').on(table.room), index('dialogue_organization').on(table.organizationId)]
	)
);

/** One thing that is voted on, in the order of the agenda. */
export const rounds = onEngine(
	sqliteTable(
		'dialogue_round',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			dialogueId: text('dialogue_id').notNull(),
			position: integer('position').notNull(),
			kind: text('kind', { enum: ROUND_KINDS }).notNull(),
			text: text('text').notNull(),
			options: text('options', { mode: 'json' }).$type<string[]>().notNull(),
			most: integer('most').notNull().default(1),
			criterion: text('criterion').$type<Criterion>(),
			/** Of a questionnaire: its version. */
			versionId: text('version_id'),
			items: integer('items').notNull().default(0),
			changeable: integer('changeable', { mode: 'boolean' }).notNull().default(true),
			/** Whether it stands on the paper ballot too. */
			onPaper: integer('on_paper', { mode: 'boolean' }).notNull().default(true),
			phase: text('phase', { enum: ROUND_PHASES }).notNull(),
			openedAt: integer('opened_at'),
			closesAt: integer('closes_at'),
			streamClosesAt: integer('stream_closes_at'),
			revealed: integer('revealed', { mode: 'boolean' }).notNull().default(false),
			/** The recount of hall and stream with which it became final, and the SHA-256 over its ballots; null before. */
			result: text('result', { mode: 'json' }).$type<FrozenResult>(),
			/** Every channel, counted when the dialogue was closed; null before, and where nobody was asked. */
			outcome: text('outcome', { mode: 'json' }).$type<RoundOutcome>(),
			/** The final round whose fault this one mends, and what was wrong with it. */
			corrects: text('corrects'),
			correctsWhy: text('corrects_why').notNull().default('')
		},
		(table) => [index('dialogue_round_of').on(table.dialogueId)]
	)
);

/**
 * One ballot. A voter has one in a round, whatever way it came. WITHOUT ROWID under a random mark, and without a time: the order in
 * which people voted is nowhere.
 */
export const ballots = onEngine(
	sqliteTable(
		'dialogue_ballot',
		{
			organizationId: text('organization_id').notNull(),
			roundId: text('round_id').notNull(),
			voter: text('voter').notNull(),
			id: text('id').notNull(),
			turn: integer('turn').notNull(),
			channel: text('channel', { enum: BALLOT_CHANNELS }).notNull(),
			hall: integer('hall').notNull(),
			level: text('level', { enum: LEVELS }).notNull(),
			suspect: integer('suspect', { mode: 'boolean' }).notNull(),
			choice: text('choice').notNull(),
			/** '' unless it was keyed from this batch of paper, or came with this pack of a hall's machine. */
			batchId: text('batch_id').notNull()
		},
		(table) => [
			primaryKey({ name: 'dialogue_ballot_key', columns: [table.organizationId, table.roundId, table.voter] }),
			check('dialogue_ballot_choice_is_short', sql`length(${table.choice}) <= 100`)
		]
	)
);

/** A seat slip: a printed one-time code, and the serial that stands on its paper ballot too. Only a mark of the code is kept. */
export const slips = onEngine(
	sqliteTable(
		'dialogue_slip',
		{
			dialogueId: text('dialogue_id').notNull(),
			serial: integer('serial').notNull(),
			organizationId: text('organization_id').notNull(),
			mark: text('mark').notNull(),
			/** Index of the hall it was printed for. */
			hall: integer('hall').notNull().default(0)
		},
		(table) => [
			primaryKey({ name: 'dialogue_slip_key', columns: [table.dialogueId, table.serial] }),
			uniqueIndex('dialogue_slip_mark').on(table.mark)
		]
	)
);

/** A read-only, revocable address for a room's screen or a broadcast; only the SHA-256 of its token is kept. */
export const displays = onEngine(
	sqliteTable(
		'dialogue_display',
		{
			tokenHash: text('token_hash').primaryKey(),
			organizationId: text('organization_id').notNull(),
			dialogueId: text('dialogue_id').notNull(),
			kind: text('kind', { enum: ['screen', 'overlay'] }).notNull(),
			name: text('name').notNull(),
			hall: integer('hall').notNull().default(0),
			createdAt: integer('created_at').notNull(),
			revokedAt: integer('revoked_at')
		},
		(table) => [index('dialogue_display_of').on(table.dialogueId)]
	)
);
