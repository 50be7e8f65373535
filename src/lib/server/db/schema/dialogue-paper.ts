import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
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
