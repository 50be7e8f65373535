import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { SurveyAnswers } from '../../../domain/survey/answers.ts';
import type { QuestionnaireContent } from '../../../domain/survey/questionnaire.ts';
import { onEngine } from '../twin.ts';

/**
 * A questionnaire's versions: a draft may change, a published version never does (triggers refuse it), a retired one is offered to
 * nobody new and still counts for whoever has it on the screen. A province's versions serve its wards too.
 */
export const questionnaireVersions = onEngine(
	sqliteTable(
		'questionnaire_version',
		{
			/** What answers name; unique over all organizations, like the built-in 'SIPAS19-v1'. */
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			/** The line of versions it belongs to: the id of the first of them. */
			questionnaireId: text('questionnaire_id').notNull(),
			/** 1, 2, 3 … within its line. */
			number: integer('number').notNull(),
			state: text('state', { enum: ['draft', 'published', 'retired'] }).notNull(),
			/** What it is called among the staff; citizens read the title in `content`. */
			name: text('name').notNull(),
			content: text('content', { mode: 'json' }).$type<QuestionnaireContent>().notNull(),
			/** Whether its answers continue the line of the version before it, or begin a new one in every trend. */
			continuesTrend: integer('continues_trend', { mode: 'boolean' }).notNull().default(false),
			createdAt: integer('created_at').notNull(),
			/** Of a draft: who saves over a newer state is told instead. */
			changedAt: integer('changed_at').notNull(),
			publishedAt: integer('published_at'),
			retiredAt: integer('retired_at')
		},
		(table) => [
			uniqueIndex('questionnaire_version_number').on(table.organizationId, table.questionnaireId, table.number)
		]
	)
);

/** A poster or table card: an open way to answer, for whoever scans its code. What it is about is '' where it names none. */
export const collectors = onEngine(
	sqliteTable(
		'collector',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			/** Eight characters of Crockford's base 32, lower case, without dashes; `/s/CODE`. */
			code: text('code').notNull(),
			name: text('name').notNull(),
			siteId: text('site_id').notNull().default(''),
			counterId: text('counter_id').notNull().default(''),
			fieldId: text('field_id').notNull().default(''),
			officerId: text('officer_id').notNull().default(''),
			/** null: whatever version the organization uses at the time. */
			versionId: text('version_id'),
			createdAt: integer('created_at').notNull(),
			/** A closed poster says so to whoever scans it; it can be opened again. */
			closedAt: integer('closed_at')
		},
		(table) => [uniqueIndex('collector_code').on(table.code), index('collector_organization').on(table.organizationId)]
	)
);

/** Tickets that were made together: printed as sheets, for a visit at somebody's home, or one by one through the API (one batch a key and day). */
export const ticketBatches = onEngine(
	sqliteTable(
		'ticket_batch',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			kind: text('kind', { enum: ['sheet', 'visit', 'api'] }).notNull(),
			name: text('name').notNull(),
			made: integer('made').notNull(),
			counterId: text('counter_id').notNull(),
			fieldId: text('field_id').notNull().default(''),
			officerId: text('officer_id').notNull().default(''),
			versionId: text('version_id').notNull(),
			/** The last local day on which its tickets are good. */
			expiresOn: text('expires_on').notNull(),
			createdAt: integer('created_at').notNull(),
			createdBy: text('created_by').notNull(),
			voidedAt: integer('voided_at')
		},
		(table) => [index('ticket_batch_organization').on(table.organizationId)]
	)
);

/**
 * A one-time code on a receipt. Only an HMAC of it is kept, under a key outside the database; a used ticket forgets what it was for,
 * so that nothing leads from it to a sheet. WITHOUT ROWID: the order of printing is nowhere.
 */
export const tickets = onEngine(
	sqliteTable(
		'ticket',
		{
			hash: text('hash').primaryKey(),
			organizationId: text('organization_id').notNull(),
			batchId: text('batch_id').notNull(),
			state: text('state', { enum: ['open', 'used', 'void'] }).notNull(),
			siteId: text('site_id').notNull(),
			counterId: text('counter_id').notNull(),
			fieldId: text('field_id').notNull(),
			officerId: text('officer_id').notNull(),
			versionId: text('version_id').notNull(),
			/** The local day and shift it was issued; '' where it was printed ahead: then those of the answer. */
			day: text('day').notNull(),
			shift: text('shift').notNull(),
			expiresOn: text('expires_on').notNull(),
			/** Why its sheet will be doubted, like a sheet's own flags. */
			flags: text('flags').notNull().default('')
		},
		(table) => [index('ticket_batch_of').on(table.batchId, table.state), index('ticket_expiry').on(table.expiresOn)]
	)
);

/** A one-stop-shop system that may make tickets; only the SHA-256 of its key is kept. */
export const apiKeys = onEngine(
	sqliteTable(
		'api_key',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			name: text('name').notNull(),
			keyHash: text('key_hash').notNull(),
			/** The first characters, so that somebody can tell two keys apart. */
			shows: text('shows').notNull(),
			createdAt: integer('created_at').notNull(),
			usedAt: integer('used_at'),
			revokedAt: integer('revoked_at')
		},
		(table) => [uniqueIndex('api_key_hash').on(table.keyHash), index('api_key_organization').on(table.organizationId)]
	)
);

/** Answers under way on a questionnaire of several pages, by the SHA-256 of a random token in the address; forgotten after a day. */
export const surveyDrafts = onEngine(
	sqliteTable(
		'survey_draft',
		{
			tokenHash: text('token_hash').primaryKey(),
			answers: text('answers', { mode: 'json' }).$type<SurveyAnswers>().notNull(),
			changedAt: integer('changed_at').notNull()
		},
		(table) => [index('survey_draft_changed').on(table.changedAt)]
	)
);

/** Age, gender and the like in bands, where a questionnaire asks for them; waits apart from the scores, like comments. */
export const sheetBands = onEngine(
	sqliteTable(
		'sheet_band',
		{
			organizationId: text('organization_id').notNull(),
			sheetId: text('sheet_id').notNull(),
			/** 'age=3,gender=1': places in the lists of domain/survey/demographics.ts. */
			bands: text('bands').notNull()
		},
		(table) => [primaryKey({ name: 'sheet_band_key', columns: [table.organizationId, table.sheetId] })]
	)
);

/** What somebody asks the centre to do, with how to reach them: sealed under the key outside the database, joined to no sheet. */
export const citizenRequests = onEngine(
	sqliteTable(
		'citizen_request',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			/** AES-256-GCM over name, address, phone and text, base64url. */
			sealed: text('sealed').notNull(),
			day: text('day').notNull(),
			state: text('state', { enum: ['new', 'done'] }).notNull(),
			doneAt: integer('done_at')
		},
		(table) => [
			index('citizen_request_open')
				.on(table.organizationId)
				.where(sql`state = 'new'`)
		]
	)
);

/** A file of answers from elsewhere, word for word, between the look at it and the decision; forgotten after a day. */
export const answerFiles = onEngine(
	sqliteTable('answer_file', {
		id: text('id').primaryKey(),
		organizationId: text('organization_id').notNull(),
		userId: text('user_id').notNull(),
		fileName: text('file_name').notNull(),
		content: text('content').notNull(),
		/** Which column is what, as JSON; '' before somebody has said so. */
		mapping: text('mapping').notNull().default(''),
		createdAt: integer('created_at').notNull(),
		appliedAt: integer('applied_at')
	})
);
