import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
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
