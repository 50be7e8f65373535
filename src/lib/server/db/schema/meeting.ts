import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { DECISION_STATES } from '../../../domain/casework/meeting/decision.ts';
import { onEngine } from '../twin.ts';

/** What a weekly meeting of an organization decided. */
export const meetingDecisions = onEngine(
	sqliteTable(
		'meeting_decision',
		{
			organizationId: text('organization_id').notNull(),
			id: text('id').notNull(),
			/** The Friday of the week it was decided in. */
			friday: text('friday').notNull(),
			text: text('text').notNull(),
			unit: text('unit').notNull(),
			dueDay: text('due_day').notNull(),
			state: text('state', { enum: DECISION_STATES }).notNull(),
			/** The day it was done or withdrawn on, and what came of it or why; '' before. */
			doneDay: text('done_day').notNull(),
			result: text('result').notNull(),
			version: integer('version').notNull(),
			createdAt: integer('created_at').notNull()
		},
		(table) => [
			primaryKey({ name: 'meeting_decision_key', columns: [table.organizationId, table.id] }),
			index('meeting_decision_week').on(table.organizationId, table.friday)
		]
	)
);
