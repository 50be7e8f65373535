import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { ATTACHMENT_TYPES } from '../../../domain/casework/attachment.ts';
import { CASE_CLASSES, CASE_DEEDS, CASE_SOURCES, CASE_STATES, REFUSAL_REASONS } from '../../../domain/casework/case.ts';
import type { Pause } from '../../../domain/casework/clock.ts';
import { CRITERIA } from '../../../domain/survey/criterion.ts';
import { onEngine } from '../twin.ts';

const refusals = Object.keys(REFUSAL_REASONS) as (keyof typeof REFUSAL_REASONS)[];

/**
 * A case: what it is about, who works on it, and every instant that its clock needs. Joined to no sheet, and to a request by its id
 * alone, which leaves when the request is forgotten; the number and the figures stay.
 */
export const cases = onEngine(
	sqliteTable(
		'citizen_case',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			/** Its number: 2026-0012. */
			year: integer('year').notNull(),
			seq: integer('seq').notNull(),
			source: text('source', { enum: CASE_SOURCES }).notNull(),
			/** The request, question or comment it was opened from; 'week|counter|criterion' of released counts; its own id by hand. */
			sourceId: text('source_id').notNull(),
			/** HMAC of the code to follow it by; nobody has the code of a case that has no sender. */
			followMark: text('follow_mark').notNull(),
			class: text('class', { enum: CASE_CLASSES }).notNull(),
			/** Only for the head: about money, harassment, or the desk it would go to. */
			toHead: integer('to_head', { mode: 'boolean' }).notNull(),
			/** What it is about; '' where it is about none. */
			criterion: text('criterion', { enum: ['', ...CRITERIA] }).notNull(),
			siteId: text('site_id').notNull(),
			counterId: text('counter_id').notNull(),
			fieldId: text('field_id').notNull(),
			/** For the list. Never words of a request, which are sealed with it. */
			subject: text('subject').notNull(),
			text: text('text').notNull(),
			state: text('state', { enum: CASE_STATES }).notNull(),
			/** Grows with everything that is done with it; who acts says which one they saw. */
			version: integer('version').notNull(),
			/** Who answers it: a unit by name, and a user where somebody is named. */
			unit: text('unit').notNull(),
			assigneeId: text('assignee_id').notNull(),
			/** The answer as its sender reads it, and as everybody does; '' before. */
			answer: text('answer').notNull(),
			publicQuestion: text('public_question').notNull(),
			publicAnswer: text('public_answer').notNull(),
			refusal: text('refusal', { enum: ['', ...refusals] }).notNull(),
			keptPrivate: integer('kept_private', { mode: 'boolean' }).notNull(),
			/** 1..5, of the answer that stands. */
			rating: integer('rating'),
			reopened: integer('reopened').notNull(),
			receivedAt: integer('received_at').notNull(),
			startedAt: integer('started_at').notNull(),
			forwardedAt: integer('forwarded_at'),
			answeredAt: integer('answered_at'),
			publishedAt: integer('published_at'),
			pauses: text('pauses', { mode: 'json' }).$type<Pause[]>().notNull(),
			/** The terms it was opened under. */
			forwardHours: integer('forward_hours').notNull(),
			answerDays: integer('answer_days').notNull(),
			limitDays: integer('limit_days').notNull(),
			publishDays: integer('publish_days').notNull(),
			/** For which step the last letter about its time went out: 'answer late'; '' where none did. */
			toldOf: text('told_of').notNull()
		},
		(table) => [
			uniqueIndex('citizen_case_number').on(table.organizationId, table.year, table.seq),
			uniqueIndex('citizen_case_of').on(table.organizationId, table.source, table.sourceId),
			uniqueIndex('citizen_case_follow').on(table.followMark),
			index('citizen_case_in').on(table.organizationId, table.state),
			index('citizen_case_by').on(table.assigneeId),
			check('citizen_case_text_is_short', sql`length(${table.text}) <= 4000`)
		]
	)
);

/** What was done with a case, and by whom; 'citizen' and 'system' besides users. */
export const caseSteps = onEngine(
	sqliteTable(
		'citizen_case_step',
		{
			caseId: text('case_id').notNull(),
			version: integer('version').notNull(),
			organizationId: text('organization_id').notNull(),
			deed: text('deed', { enum: CASE_DEEDS }).notNull(),
			state: text('state', { enum: CASE_STATES }).notNull(),
			actorId: text('actor_id').notNull(),
			text: text('text').notNull(),
			at: integer('at').notNull()
		},
		(table) => [primaryKey({ name: 'citizen_case_step_key', columns: [table.caseId, table.version] })]
	)
);

/** How an organization works on its cases; one that never chose has no row. */
export const caseSettings = onEngine(
	sqliteTable('case_setting', {
		organizationId: text('organization_id').primaryKey(),
		forwardHours: integer('forward_hours').notNull(),
		answerDays: integer('answer_days').notNull(),
		limitDays: integer('limit_days').notNull(),
		publishDays: integer('publish_days').notNull(),
		/** Whether released low ratings open cases. */
		fromSheets: integer('from_sheets', { mode: 'boolean' }).notNull(),
		/** Since which day they do: what was rated before opens none. */
		fromSheetsSince: text('from_sheets_since').notNull()
	})
);

/** An answer that is given again and again. */
export const answerTemplates = onEngine(
	sqliteTable(
		'answer_template',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			title: text('title').notNull(),
			text: text('text').notNull(),
			archivedAt: integer('archived_at')
		},
		(table) => [index('answer_template_of').on(table.organizationId)]
	)
);

/** A file that belongs to a case: kept in the database, so that one backup holds everything. */
export const caseFiles = onEngine(
	sqliteTable(
		'case_file',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			caseId: text('case_id').notNull(),
			/** Sealed, as what a file is called tells of somebody. */
			name: text('name').notNull(),
			type: text('type', { enum: ATTACHMENT_TYPES }).notNull(),
			bytes: integer('bytes').notNull(),
			/** Sealed. */
			content: text('content').notNull(),
			addedBy: text('added_by').notNull(),
			addedAt: integer('added_at').notNull()
		},
		(table) => [index('case_file_of').on(table.caseId)]
	)
);
