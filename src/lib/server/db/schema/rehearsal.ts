import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { RehearsalResult } from '../../../domain/dialogue/rehearsal.ts';
import { onEngine } from '../twin.ts';

/** A trial run of a dialogue on this machine. What it voted in is gone when it ends; its result stays. */
export const rehearsals = onEngine(
	sqliteTable(
		'dialogue_rehearsal',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			/** What is rehearsed, and the dialogue of its simulated phones. */
			dialogueId: text('dialogue_id').notNull(),
			trialDialogueId: text('trial_dialogue_id').notNull(),
			phones: integer('phones').notNull(),
			state: text('state', { enum: ['running', 'done', 'cancelled', 'failed'] }).notNull(),
			/** How far it is: a word of domain/dialogue/rehearsal.ts. */
			step: text('step').notNull(),
			startedAt: integer('started_at').notNull(),
			/** The last word from it: one that has been silent for long has died with its server. */
			heardAt: integer('heard_at').notNull(),
			endedAt: integer('ended_at'),
			result: text('result', { mode: 'json' }).$type<RehearsalResult>()
		},
		(table) => [index('dialogue_rehearsal_of').on(table.dialogueId)]
	)
);
