import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { COMMENT_AUDIENCES } from '../../../domain/submission/comment/batch.ts';
import { COMMENT_STATES } from '../../../domain/submission/comment/decision.ts';
import type { Channel } from '../../../domain/submission/channel.ts';
import { EXCLUSION_STATES } from '../../../domain/submission/exclusion.ts';
import type { Flag } from '../../../domain/submission/flag.ts';
import type { Shift } from '../../../domain/shared/time.ts';
import { onEngine } from '../twin.ts';

/**
 * One answer sheet, as every report may know it: its local day and shift, never its time or tablet. The key
 * is random and the table is WITHOUT ROWID, so that the order of arrival is nowhere. Never updated but for its flags, and for its
 * officer by a correction.
 */
export const sheets = onEngine(
	sqliteTable(
		'sheet',
		{
			organizationId: text('organization_id').notNull(),
			/** The v4 UUID in base64url without its dashes: 22 characters instead of 36. */
			id: text('id').notNull(),
			day: text('day').notNull(),
			shift: text('shift', { enum: ['morning', 'afternoon', 'evening'] }).notNull(),
			channel: text('channel').notNull(),
			siteId: text('site_id').notNull(),
			counterId: text('counter_id').notNull(),
			/** '' where unknown: unattributed, counted and shown. So are field and officer in every count. */
			fieldId: text('field_id').notNull(),
			officerId: text('officer_id').notNull(),
			versionId: text('version_id').notNull(),
			locale: text('locale').notNull(),
			/** One character an item in the version's order: 1..5, 0 not applicable, - not asked. */
			answers: text('answers').notNull(),
			/** Reason codes, comma-separated. */
			reasons: text('reasons').notNull(),
			/** SHA-256 over the content as sent, first 96 bits, base64url: tells a duplicate from another content. */
			digest: text('digest').notNull(),
			/** Why the sheet is doubted, comma-separated; an excluding flag takes it out of the counts, reversibly. */
			flags: text('flags').notNull().$type<string>()
		},
		(table) => [
			primaryKey({ name: 'sheet_key', columns: [table.organizationId, table.id] }),
			check('sheet_day_is_a_day', sql`length(${table.day}) = 10`)
		]
	)
);

/** Comments wait apart from the scores; nobody reads them beside the sheet. */
export const sheetComments = onEngine(
	sqliteTable(
		'sheet_comment',
		{
			organizationId: text('organization_id').notNull(),
			sheetId: text('sheet_id').notNull(),
			comment: text('comment').notNull()
		},
		(table) => [primaryKey({ name: 'sheet_comment_key', columns: [table.organizationId, table.sheetId] })]
	)
);

/**
 * Which tablet sent a sheet, under which running number and when: kept seven days for corrections and for finding repeats and
 * forks, shown to nobody. The key makes a second sheet under the same number a conflict.
 */
export const ledger = onEngine(
	sqliteTable(
		'intake_ledger',
		{
			organizationId: text('organization_id').notNull(),
			terminalId: text('terminal_id').notNull(),
			sequence: integer('sequence').notNull(),
			sheetId: text('sheet_id').notNull(),
			replaces: text('replaces'),
			answeredAt: integer('answered_at').notNull(),
			receivedAt: integer('received_at').notNull()
		},
		(table) => [
			primaryKey({ name: 'intake_ledger_key', columns: [table.organizationId, table.terminalId, table.sequence] })
		]
	)
);

/** What could not be stored as a sheet, word for word, with the code that says why. Nothing leaves it but by a person's hand. */
export const quarantine = onEngine(
	sqliteTable(
		'quarantine',
		{
			organizationId: text('organization_id').notNull(),
			/** SHA-256 of tablet, code and body, so that a retry is the same line. */
			id: text('id').notNull(),
			terminalId: text('terminal_id').notNull(),
			code: text('code').notNull(),
			body: text('body').notNull(),
			receivedAt: integer('received_at').notNull(),
			/** One person proposes to take it in, another decides; whoever keeps it out may do so alone, and it can be taken up again. */
			state: text('state', { enum: ['waiting', 'proposed', 'accepted', 'kept-out'] })
				.notNull()
				.default('waiting'),
			proposedBy: text('proposed_by'),
			proposedAt: integer('proposed_at'),
			reason: text('reason').notNull().default(''),
			decidedBy: text('decided_by'),
			decidedAt: integer('decided_at')
		},
		(table) => [
			primaryKey({ name: 'quarantine_key', columns: [table.organizationId, table.id] }),
			index('quarantine_state').on(table.organizationId, table.state),
			index('quarantine_terminal').on(table.organizationId, table.terminalId)
		]
	)
);

/**
 * What two people take out of the index, and may put back: all sheets of a place, days, and perhaps a shift or a doubt. One proposes,
 * another decides; no sheet is named.
 */
export const exclusions = onEngine(
	sqliteTable(
		'exclusion',
		{
			organizationId: text('organization_id').notNull(),
			id: text('id').notNull(),
			siteId: text('site_id').notNull(),
			counterId: text('counter_id').notNull(),
			channel: text('channel').$type<Channel>().notNull(),
			from: text('from_day').notNull(),
			until: text('until_day').notNull(),
			shift: text('shift').$type<Shift | ''>().notNull(),
			flag: text('flag').$type<Flag | ''>().notNull(),
			reason: text('reason').notNull(),
			state: text('state', { enum: EXCLUSION_STATES }).notNull(),
			proposedBy: text('proposed_by').notNull(),
			proposedAt: integer('proposed_at').notNull(),
			decidedBy: text('decided_by'),
			decidedAt: integer('decided_at'),
			/** Why it was declined, or put back. */
			answer: text('answer').notNull().default(''),
			/** Put back by this person. */
			liftedBy: text('lifted_by'),
			liftedAt: integer('lifted_at'),
			/** How many sheets it took out, with those that came later. */
			moved: integer('moved').notNull().default(0),
			/** How many sheets lay inside when it was last looked at, counted or not: more than these may have to go. */
			seen: integer('seen').notNull().default(0)
		},
		(table) => [
			primaryKey({ name: 'exclusion_key', columns: [table.organizationId, table.id] }),
			index('exclusion_state').on(table.state)
		]
	)
);

/**
 * A comment on its way to its readers, under a random id of its own: taken in once a week with all others of that week, so that neither
 * order nor moment tells who wrote it. The sheet is named for its place alone, and forgotten with what was written.
 */
export const comments = onEngine(
	sqliteTable(
		'comment',
		{
			organizationId: text('organization_id').notNull(),
			id: text('id').notNull(),
			/** null once what was written is deleted. */
			sheetId: text('sheet_id'),
			/** The Monday on which it was taken in. */
			takenIn: text('taken_in').notNull(),
			state: text('state', { enum: COMMENT_STATES }).notNull(),
			/** What may be read of it: what was written with its personal data masked. */
			text: text('text').notNull(),
			/** A criterion or the code of a reason; '' for none. */
			topic: text('topic').notNull(),
			/** It accuses somebody of taking money or of harassment: for the head, never for that officer's desk. */
			toHead: integer('to_head', { mode: 'boolean' }).notNull(),
			/** Why it is withheld. */
			reason: text('reason').notNull(),
			/** Through how many releases it has waited since it was ready. */
			waited: integer('waited').notNull(),
			decidedBy: text('decided_by'),
			decidedAt: integer('decided_at'),
			/** The batches it came out with; '' before. */
			leadersBatch: text('leaders_batch').notNull(),
			officersBatch: text('officers_batch').notNull()
		},
		(table) => [
			primaryKey({ name: 'comment_key', columns: [table.organizationId, table.id] }),
			uniqueIndex('comment_sheet').on(table.organizationId, table.sheetId)
		]
	)
);

/** Weeks whose comments were taken in and released, so that it happens once. */
export const commentWeeks = onEngine(
	sqliteTable(
		'comment_week',
		{ organizationId: text('organization_id').notNull(), week: text('week').notNull() },
		(table) => [primaryKey({ name: 'comment_week_key', columns: [table.organizationId, table.week] })]
	)
);

/** Comments that came out together, with what is true of all of them; never changed, which a trigger holds. */
export const commentBatches = onEngine(
	sqliteTable(
		'comment_batch',
		{
			organizationId: text('organization_id').notNull(),
			id: text('id').notNull(),
			audience: text('audience', { enum: COMMENT_AUDIENCES }).notNull(),
			/** The Monday on which it came out. */
			week: text('week').notNull(),
			siteId: text('site_id').notNull(),
			counterId: text('counter_id').notNull(),
			fieldId: text('field_id').notNull(),
			officerId: text('officer_id').notNull()
		},
		(table) => [
			primaryKey({ name: 'comment_batch_key', columns: [table.organizationId, table.id] }),
			index('comment_batch_week').on(table.organizationId, table.audience, table.week)
		]
	)
);

/** What is read: only ever added to, and emptied when it is taken down or too old, which a trigger holds. */
export const releasedComments = onEngine(
	sqliteTable(
		'released_comment',
		{
			organizationId: text('organization_id').notNull(),
			batchId: text('batch_id').notNull(),
			id: text('id').notNull(),
			text: text('text').notNull(),
			topic: text('topic').notNull(),
			toHead: integer('to_head', { mode: 'boolean' }).notNull(),
			takenDownAt: integer('taken_down_at')
		},
		(table) => [primaryKey({ name: 'released_comment_key', columns: [table.organizationId, table.batchId, table.id] })]
	)
);
