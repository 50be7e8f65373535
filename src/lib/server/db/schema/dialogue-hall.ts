import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { MergedRound } from '../../../domain/dialogue/hall-merge.ts';
import { onEngine } from '../twin.ts';

/** A dialogue that went to a machine in a hall: known in the ward as lent, and on that machine, under the same id, as held. */
export const hallPacks = onEngine(
	sqliteTable(
		'dialogue_hall_pack',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			dialogueId: text('dialogue_id').notNull(),
			side: text('side', { enum: ['lent', 'held'] }).notNull(),
			/** Index of the hall the machine is for. */
			hall: integer('hall').notNull(),
			/** The rounds that went with it: what was final here by then can be voted on there no more. */
			roundIds: text('round_ids', { mode: 'json' }).$type<string[]>().notNull(),
			createdAt: integer('created_at').notNull(),
			createdBy: text('created_by').notNull(),
			mergedAt: integer('merged_at'),
			/** What the last merge found. */
			merged: text('merged', { mode: 'json' }).$type<MergedRound[]>(),
			/** Nothing is waited for any more, and why. */
			droppedAt: integer('dropped_at'),
			droppedWhy: text('dropped_why').notNull().default('')
		},
		(table) => [index('dialogue_hall_pack_of').on(table.dialogueId)]
	)
);
