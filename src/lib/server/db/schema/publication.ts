import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { AUDIENCES } from '../../../domain/report/edition.ts';
import { CRITERIA } from '../../../domain/survey/criterion.ts';
import { onEngine } from '../twin.ts';

/** What officers and the public read: only ever added to, which a trigger holds. The highest revision of a period is the one in force. */
export const publications = onEngine(
	sqliteTable(
		'publication',
		{
			organizationId: text('organization_id').notNull(),
			audience: text('audience', { enum: AUDIENCES }).notNull(),
			/** Local days, both included. */
			from: text('first_day').notNull(),
			to: text('last_day').notNull(),
			/** 1, then one more each time that late sheets changed it. */
			revision: integer('revision').notNull(),
			publishedAt: integer('published_at').notNull(),
			/** JSON as text, so that not a byte of it depends on how an engine writes JSON. */
			content: text('content').notNull()
		},
		(table) => [
			primaryKey({
				name: 'publication_key',
				columns: [table.organizationId, table.audience, table.from, table.to, table.revision]
			})
		]
	)
);

/** What a leader says was changed thanks to answers; a withdrawn one is kept and shown to nobody but them. */
export const improvements = onEngine(
	sqliteTable(
		'improvement',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			criterion: text('criterion', { enum: CRITERIA }),
			text: text('text').notNull(),
			day: text('day').notNull(),
			createdAt: integer('created_at').notNull(),
			createdBy: text('created_by').notNull(),
			withdrawnAt: integer('withdrawn_at')
		},
		(table) => [index('improvement_organization').on(table.organizationId, table.createdAt)]
	)
);

/** An officer's objection to a published result of their own, and what the person responsible answered. One for a period. */
export const objections = onEngine(
	sqliteTable(
		'objection',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			officerId: text('officer_id').notNull(),
			/** The period of the publication it is about. */
			from: text('first_day').notNull(),
			to: text('last_day').notNull(),
			text: text('text').notNull(),
			createdAt: integer('created_at').notNull(),
			createdBy: text('created_by').notNull(),
			state: text('state', { enum: ['open', 'accepted', 'declined'] }).notNull(),
			answer: text('answer').notNull().default(''),
			answeredAt: integer('answered_at'),
			answeredBy: text('answered_by')
		},
		(table) => [
			index('objection_organization').on(table.organizationId, table.state),
			uniqueIndex('objection_period').on(table.organizationId, table.officerId, table.from, table.to)
		]
	)
);
