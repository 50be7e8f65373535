import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { WorkingHours } from '../../../domain/place/calendar/hours.ts';
import { USUAL_QUIET } from '../../../domain/report/quiet.ts';
import { DEFAULT_TARGET } from '../../../domain/report/verdict.ts';
import { onEngine } from '../twin.ts';

/** A province or a ward; a tree. `demonstration` marks made-up data on every screen. */
export const organizations = onEngine(
	sqliteTable('organization', {
		id: text('id').primaryKey(),
		parentId: text('parent_id'),
		archivedAt: integer('archived_at'),
		kind: text('kind', { enum: ['province', 'ward'] }).notNull(),
		name: text('name').notNull(),
		demonstration: integer('demonstration', { mode: 'boolean' }).notNull().default(false),
		target: integer('target').notNull().default(DEFAULT_TARGET),
		versionId: text('version_id').notNull().default('SIPAS5-v1'),
		/** The units it was merged from, as published tables name them, and the decision that merged them; null: it was not. */
		predecessors: text('predecessors', { mode: 'json' }).$type<{ units: string[]; basis: string }>(),
		/** Between these local times, and on days without work, no alert is mailed; '18:00' to '07:00'. */
		quietFrom: text('quiet_from').notNull().default(USUAL_QUIET.from),
		quietUntil: text('quiet_until').notNull().default(USUAL_QUIET.until),
		/** The first month whose sheets are all counted by the hour; '' where that is so from the first sheet. */
		hoursSince: text('hours_since').notNull().default(''),
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
			kind: text('kind', { enum: ['main', 'satellite', 'home'] }).notNull(),
			address: text('address').notNull().default(''),
			/** null: the usual hours of an office. */
			hours: text('hours', { mode: 'json' }).$type<WorkingHours>(),
			archivedAt: integer('archived_at')
		},
		(table) => [
			index('site_organization').on(table.organizationId),
			uniqueIndex('site_name')
				.on(table.organizationId, table.name)
				.where(sql`archived_at is null`)
		]
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
		(table) => [
			index('counter_organization').on(table.organizationId),
			uniqueIndex('counter_number')
				.on(table.siteId, table.number)
				.where(sql`archived_at is null`)
		]
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
		(table) => [
			index('field_organization').on(table.organizationId),
			uniqueIndex('field_code')
				.on(table.organizationId, table.code)
				.where(sql`archived_at is null`)
		]
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
			/** The staff number, where the ward has them; '' where not. Tells two people of one name apart in a file. */
			code: text('code').notNull().default(''),
			/** Chức danh, as it stands on the name plate. */
			title: text('title').notNull().default(''),
			/** 'away': on leave or on a course, not to be put on duty. Whoever has left is archived. */
			state: text('state', { enum: ['active', 'away'] })
				.notNull()
				.default('active'),
			photoId: text('photo_id'),
			archivedAt: integer('archived_at')
		},
		(table) => [
			index('officer_organization').on(table.organizationId),
			uniqueIndex('officer_code')
				.on(table.organizationId, table.code)
				.where(sql`archived_at is null and code <> ''`)
		]
	)
);

/** An officer's picture, encoded anew by us: WebP, base64. A changed picture is a new row under a new id. */
export const photos = onEngine(
	sqliteTable('photo', {
		id: text('id').primaryKey(),
		organizationId: text('organization_id').notNull(),
		data: text('data').notNull(),
		createdAt: integer('created_at').notNull()
	})
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
			/** Where it was written: in the roster, on a tablet by staff, as a handover in the office, or afterwards as a correction. */
			source: text('source', { enum: ['roster', 'terminal', 'office', 'correction'] }).notNull()
		},
		(table) => [index('duty_counter_start').on(table.counterId, table.startsAt)]
	)
);

/**
 * "From then until then it was really she who sat there": re-attributes the sheets of that time at that counter, those that come late
 * too. Milliseconds, half-open; null officer: nobody.
 */
export const dutyCorrections = onEngine(
	sqliteTable(
		'duty_correction',
		{
			organizationId: text('organization_id').notNull(),
			id: text('id').notNull(),
			counterId: text('counter_id').notNull(),
			officerId: text('officer_id'),
			startsAt: integer('starts_at').notNull(),
			endsAt: integer('ends_at').notNull(),
			reason: text('reason').notNull(),
			correctedBy: text('corrected_by').notNull(),
			correctedAt: integer('corrected_at').notNull(),
			/** How many sheets it has moved so far. */
			moved: integer('moved').notNull().default(0)
		},
		(table) => [primaryKey({ name: 'duty_correction_key', columns: [table.organizationId, table.id] })]
	)
);

/** A day that differs from the national calendar, or from the one of the organization above. */
export const calendarDays = onEngine(
	sqliteTable(
		'calendar_day',
		{
			organizationId: text('organization_id').notNull(),
			day: text('day').notNull(),
			kind: text('kind', { enum: ['holiday', 'compensatory', 'swapped_off', 'makeup_workday', 'ordinary'] }).notNull(),
			name: text('name').notNull(),
			status: text('status', { enum: ['official', 'estimated'] }).notNull()
		},
		(table) => [primaryKey({ name: 'calendar_day_key', columns: [table.organizationId, table.day] })]
	)
);

/** A file somebody wants to import, word for word, between the look at it and the decision; forgotten after a day. */
export const importDrafts = onEngine(
	sqliteTable('import_draft', {
		id: text('id').primaryKey(),
		organizationId: text('organization_id').notNull(),
		userId: text('user_id').notNull(),
		kind: text('kind', { enum: ['officers', 'counters', 'roster'] }).notNull(),
		fileName: text('file_name').notNull(),
		content: text('content').notNull(),
		createdAt: integer('created_at').notNull(),
		appliedAt: integer('applied_at')
	})
);
