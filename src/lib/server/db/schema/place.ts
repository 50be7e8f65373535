import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { DEFAULT_TARGET } from '../../../domain/report/verdict.ts';
import { onEngine } from '../twin.ts';

/** A province or a ward; a tree. `demonstration` marks made-up data on every screen. */
export const organizations = onEngine(
	sqliteTable('organization', {
		id: text('id').primaryKey(),
		parentId: text('parent_id'),
		kind: text('kind', { enum: ['province', 'ward'] }).notNull(),
		name: text('name').notNull(),
		demonstration: integer('demonstration', { mode: 'boolean' }).notNull().default(false),
		target: integer('target').notNull().default(DEFAULT_TARGET),
		versionId: text('version_id').notNull().default('SIPAS5-v1'),
		staffPin: text('staff_pin', { mode: 'json' }).$type<{ salt: string; iterations: number; hash: string }>()
	})
);

export const sites = onEngine(
	sqliteTable(
		'site',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			name: text('name').notNull(),
			kind: text('kind', { enum: ['main', 'satellite'] }).notNull(),
			archivedAt: integer('archived_at')
		},
		(table) => [index('site_organization').on(table.organizationId)]
	)
);

export const counters = onEngine(
	sqliteTable(
		'counter',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			siteId: text('site_id').notNull(),
			number: text('number').notNull(),
			name: text('name').notNull(),
			archivedAt: integer('archived_at')
		},
		(table) => [index('counter_organization').on(table.organizationId)]
	)
);

export const fields = onEngine(
	sqliteTable(
		'field',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			code: text('code').notNull(),
			name: text('name').notNull(),
			nameEn: text('name_en').notNull(),
			archivedAt: integer('archived_at')
		},
		(table) => [index('field_organization').on(table.organizationId)]
	)
);

export const counterFields = onEngine(
	sqliteTable(
		'counter_field',
		{ counterId: text('counter_id').notNull(), fieldId: text('field_id').notNull() },
		(table) => [primaryKey({ name: 'counter_field_key', columns: [table.counterId, table.fieldId] })]
	)
);

export const officers = onEngine(
	sqliteTable(
		'officer',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			name: text('name').notNull(),
			archivedAt: integer('archived_at')
		},
		(table) => [index('officer_organization').on(table.organizationId)]
	)
);

/** An officer at a counter for a half-open interval; null officer: the counter stands without one from then on. */
export const duties = onEngine(
	sqliteTable(
		'duty',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			counterId: text('counter_id').notNull(),
			officerId: text('officer_id'),
			startsAt: integer('starts_at').notNull(),
			endsAt: integer('ends_at'),
			/** Where it was written: in the roster, or on a tablet by staff. */
			source: text('source', { enum: ['roster', 'terminal'] }).notNull()
		},
		(table) => [index('duty_counter_start').on(table.counterId, table.startsAt)]
	)
);
