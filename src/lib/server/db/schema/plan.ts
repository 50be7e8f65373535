import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { DUE_KINDS, TASK_STATES } from '../../../domain/casework/plan/due.ts';
import { CRITERIA } from '../../../domain/survey/criterion.ts';
import { onEngine } from '../twin.ts';

/** A task of an organization's plan of a year. Nothing is deleted: what is dropped is retired, with a reason. */
export const planTasks = onEngine(
	sqliteTable(
		'plan_task',
		{
			organizationId: text('organization_id').notNull(),
			id: text('id').notNull(),
			year: integer('year').notNull(),
			criterion: text('criterion', { enum: CRITERIA }).notNull(),
			/** Its place within its criterion. */
			position: integer('position').notNull(),
			content: text('content').notNull(),
			responsibility: text('responsibility').notNull(),
			lead: text('lead').notNull(),
			support: text('support').notNull(),
			dueText: text('due_text').notNull(),
			dueKind: text('due_kind', { enum: DUE_KINDS }).notNull(),
			/** '' where it is not due by a day. */
			dueDay: text('due_day').notNull(),
			/** Monday is 1; 0 where it is not weekly. */
			weekday: integer('weekday').notNull(),
			expected: text('expected').notNull(),
			/** Codes with a comma between; '' for none. */
			reasons: text('reasons').notNull(),
			items: text('items').notNull(),
			siteId: text('site_id').notNull(),
			state: text('state', { enum: TASK_STATES }).notNull(),
			doneDay: text('done_day').notNull(),
			evidence: text('evidence').notNull(),
			/** Why it was retired. */
			reason: text('reason').notNull(),
			/** The day it was planned on: nothing is asked of it for days before. */
			sinceDay: text('since_day').notNull(),
			version: integer('version').notNull(),
			createdAt: integer('created_at').notNull()
		},
		(table) => [
			primaryKey({ name: 'plan_task_key', columns: [table.organizationId, table.id] }),
			index('plan_task_year').on(table.organizationId, table.year)
		]
	)
);

/** What was done for a task, with what shows it; a withdrawn one is kept. */
export const planNotes = onEngine(
	sqliteTable(
		'plan_note',
		{
			organizationId: text('organization_id').notNull(),
			id: text('id').notNull(),
			taskId: text('task_id').notNull(),
			text: text('text').notNull(),
			evidence: text('evidence').notNull(),
			day: text('day').notNull(),
			createdAt: integer('created_at').notNull(),
			createdBy: text('created_by').notNull(),
			withdrawnAt: integer('withdrawn_at')
		},
		(table) => [
			primaryKey({ name: 'plan_note_key', columns: [table.organizationId, table.id] }),
			index('plan_note_task').on(table.organizationId, table.taskId)
		]
	)
);

/** A week of a weekly task that was ticked; `doneDay` '' where the tick was taken back. */
export const planChecks = onEngine(
	sqliteTable(
		'plan_check',
		{
			organizationId: text('organization_id').notNull(),
			taskId: text('task_id').notNull(),
			/** The day of the week that the task is due on. */
			week: text('week').notNull(),
			doneDay: text('done_day').notNull(),
			checkedAt: integer('checked_at').notNull(),
			checkedBy: text('checked_by').notNull()
		},
		(table) => [primaryKey({ name: 'plan_check_key', columns: [table.organizationId, table.taskId, table.week] })]
	)
);

/** A case and a task that are about the same thing. */
export const planCases = onEngine(
	sqliteTable(
		'plan_case',
		{
			organizationId: text('organization_id').notNull(),
			taskId: text('task_id').notNull(),
			caseId: text('case_id').notNull(),
			linkedAt: integer('linked_at').notNull(),
			linkedBy: text('linked_by').notNull()
		},
		(table) => [
			primaryKey({ name: 'plan_case_key', columns: [table.organizationId, table.taskId, table.caseId] }),
			index('plan_case_of').on(table.organizationId, table.caseId)
		]
	)
);
