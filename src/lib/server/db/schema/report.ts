import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { onEngine } from '../twin.ts';

const cut = () => ({
	channel: text('channel').notNull(),
	siteId: text('site_id').notNull(),
	counterId: text('counter_id').notNull(),
	fieldId: text('field_id').notNull(),
	officerId: text('officer_id').notNull(),
	versionId: text('version_id').notNull(),
	/** '' counts the sheets themselves (in `sheets`), an outcome code the sheets that ended so. */
	itemId: text('item_id').notNull()
});
export const figures = () => ({
	n1: integer('n1').notNull(),
	n2: integer('n2').notNull(),
	n3: integer('n3').notNull(),
	n4: integer('n4').notNull(),
	n5: integer('n5').notNull(),
	notApplicable: integer('not_applicable').notNull(),
	sheets: integer('sheets').notNull()
});

/** The truth: kept in the transaction that stores the sheets, recomputed by `lang-nghe verify`. */
export const dailyCounts = onEngine(
	sqliteTable(
		'daily_count',
		{
			organizationId: text('organization_id').notNull(),
			day: text('day').notNull(),
			...cut(),
			/** 1 counted, 0 excluded: totals with and without are both shown. */
			counted: integer('counted').notNull(),
			...figures(),
			/** How much of each figure has been released already; the rest is pending. */
			r1: integer('r1').notNull().default(0),
			r2: integer('r2').notNull().default(0),
			r3: integer('r3').notNull().default(0),
			r4: integer('r4').notNull().default(0),
			r5: integer('r5').notNull().default(0),
			rNotApplicable: integer('r_not_applicable').notNull().default(0),
			rSheets: integer('r_sheets').notNull().default(0),
			/** 1 while figures and released figures differ: the release job looks at nothing else. */
			pending: integer('pending').notNull().default(0)
		},
		(table) => [
			primaryKey({
				name: 'daily_count_key',
				columns: [
					table.organizationId,
					table.day,
					table.channel,
					table.siteId,
					table.counterId,
					table.fieldId,
					table.officerId,
					table.versionId,
					table.itemId,
					table.counted
				]
			}),
			index('daily_count_pending')
				.on(table.organizationId)
				.where(sql`pending = 1`)
		]
	)
);

/** What people may look at: moved here from the daily counts in blocks of at least k people; nothing else is ever read. */
export const releasedCounts = onEngine(
	sqliteTable(
		'released_count',
		{
			organizationId: text('organization_id').notNull(),
			versionId: text('version_id').notNull(),
			day: text('day').notNull(),
			...without(cut()),
			...figures()
		},
		(table) => [
			primaryKey({
				name: 'released_count_key',
				columns: [
					table.organizationId,
					table.versionId,
					table.day,
					table.channel,
					table.siteId,
					table.counterId,
					table.fieldId,
					table.officerId,
					table.itemId
				]
			})
		]
	)
);

/** The released counts by month, kept with them: a year is read from twelve rows a cut instead of 250. */
export const monthlyCounts = onEngine(
	sqliteTable(
		'monthly_count',
		{
			organizationId: text('organization_id').notNull(),
			versionId: text('version_id').notNull(),
			month: text('month').notNull(),
			...without(cut()),
			...figures()
		},
		(table) => [
			primaryKey({
				name: 'monthly_count_key',
				columns: [
					table.organizationId,
					table.versionId,
					table.month,
					table.channel,
					table.siteId,
					table.counterId,
					table.fieldId,
					table.officerId,
					table.itemId
				]
			})
		]
	)
);

/** Who gets the reports of an organization by mail; nobody unless they asked. */
export const reportSubscriptions = onEngine(
	sqliteTable(
		'report_subscription',
		{
			organizationId: text('organization_id').notNull(),
			userId: text('user_id').notNull(),
			createdAt: integer('created_at').notNull()
		},
		(table) => [primaryKey({ name: 'report_subscription_key', columns: [table.organizationId, table.userId] })]
	)
);

/** Which reports have gone out: written with their letters, so that each goes out once from however many nodes. */
export const reportMailings = onEngine(
	sqliteTable(
		'report_mailing',
		{
			organizationId: text('organization_id').notNull(),
			preset: text('preset').notNull(),
			fromDay: text('from_day').notNull(),
			mailedAt: integer('mailed_at').notNull()
		},
		(table) => [
			primaryKey({ name: 'report_mailing_key', columns: [table.organizationId, table.preset, table.fromDay] })
		]
	)
);

/** How many citizens a counter served on a day, as the one-stop shop says; officer '' where it does not say who. Not an answer. */
export const servedCounts = onEngine(
	sqliteTable(
		'served_count',
		{
			organizationId: text('organization_id').notNull(),
			day: text('day').notNull(),
			counterId: text('counter_id').notNull(),
			officerId: text('officer_id').notNull(),
			served: integer('served').notNull()
		},
		(table) => [
			primaryKey({
				name: 'served_count_key',
				columns: [table.organizationId, table.day, table.counterId, table.officerId]
			})
		]
	)
);

/** How often somebody began at a tablet on a local day, by the duty on its screen, as the tablet tells. Not an answer; shown in whole days of k. */
export const begunCounts = onEngine(
	sqliteTable(
		'begun_count',
		{
			organizationId: text('organization_id').notNull(),
			day: text('day').notNull(),
			terminalId: text('terminal_id').notNull(),
			/** '' where nobody was known to be there. */
			dutyId: text('duty_id').notNull(),
			counterId: text('counter_id').notNull(),
			officerId: text('officer_id').notNull(),
			times: integer('times').notNull()
		},
		(table) => [
			primaryKey({
				name: 'begun_count_key',
				columns: [table.organizationId, table.day, table.terminalId, table.dutyId]
			})
		]
	)
);

function without<T extends { versionId: unknown }>({ versionId: _, ...rest }: T) {
	return rest;
}

/** A table of figures that somebody else published, with who says so and how it was reckoned; removed ones can be brought back. */
export const publishedSeries = onEngine(
	sqliteTable(
		'published_series',
		{
			organizationId: text('organization_id').notNull(),
			id: text('id').notNull(),
			year: integer('year').notNull(),
			/** The year that its changes are counted from; null: it has none. */
			changeSince: integer('change_since'),
			method: text('method').notNull(),
			source: text('source').notNull(),
			importedBy: text('imported_by').notNull(),
			importedAt: integer('imported_at').notNull(),
			removedAt: integer('removed_at')
		},
		(table) => [primaryKey({ name: 'published_series_key', columns: [table.organizationId, table.id] })]
	)
);

/** One figure of such a table: a unit, a criterion or SIPAS; hundredths of a percent and of a point. How many answered is not known. */
export const publishedFigures = onEngine(
	sqliteTable(
		'published_figure',
		{
			organizationId: text('organization_id').notNull(),
			seriesId: text('series_id').notNull(),
			/** Where the unit stands in the table. */
			place: integer('place').notNull(),
			criterion: text('criterion').notNull(),
			unit: text('unit').notNull(),
			value: integer('value').notNull(),
			/** As published, never reckoned here. */
			change: integer('change')
		},
		(table) => [
			primaryKey({
				name: 'published_figure_key',
				columns: [table.organizationId, table.seriesId, table.place, table.criterion]
			})
		]
	)
);

/** Every target that was set for a criterion or the index and a year, in the order they were set: the last holds, null is the usual one. */
export const criterionTargets = onEngine(
	sqliteTable(
		'criterion_target',
		{
			organizationId: text('organization_id').notNull(),
			number: integer('number').notNull(),
			year: integer('year').notNull(),
			criterion: text('criterion').notNull(),
			/** Hundredths of a percent. */
			value: integer('value'),
			setBy: text('set_by').notNull(),
			setAt: integer('set_at').notNull()
		},
		(table) => [primaryKey({ name: 'criterion_target_key', columns: [table.organizationId, table.number] })]
	)
);

/**
 * Sheets by hour of the day and day of the week, kept in the intake's transaction, for only it knows the hour. Reports read what is
 * released of it (`r…`), which moves by ten people at a time.
 */
export const hourCounts = onEngine(
	sqliteTable(
		'hour_count',
		{
			organizationId: text('organization_id').notNull(),
			versionId: text('version_id').notNull(),
			month: text('month').notNull(),
			siteId: text('site_id').notNull(),
			/** 1 Monday to 7 Sunday. */
			weekday: integer('weekday').notNull(),
			/** 0 to 23, local. */
			hour: integer('hour').notNull(),
			sheets: integer('sheets').notNull(),
			tcAnswers: integer('tc_answers').notNull(),
			tcSatisfied: integer('tc_satisfied').notNull(),
			hcAnswers: integer('hc_answers').notNull(),
			hcSatisfied: integer('hc_satisfied').notNull(),
			pvAnswers: integer('pv_answers').notNull(),
			pvSatisfied: integer('pv_satisfied').notNull(),
			kqAnswers: integer('kq_answers').notNull(),
			kqSatisfied: integer('kq_satisfied').notNull(),
			ttAnswers: integer('tt_answers').notNull(),
			ttSatisfied: integer('tt_satisfied').notNull(),
			rSheets: integer('r_sheets').notNull().default(0),
			rTcAnswers: integer('r_tc_answers').notNull().default(0),
			rTcSatisfied: integer('r_tc_satisfied').notNull().default(0),
			rHcAnswers: integer('r_hc_answers').notNull().default(0),
			rHcSatisfied: integer('r_hc_satisfied').notNull().default(0),
			rPvAnswers: integer('r_pv_answers').notNull().default(0),
			rPvSatisfied: integer('r_pv_satisfied').notNull().default(0),
			rKqAnswers: integer('r_kq_answers').notNull().default(0),
			rKqSatisfied: integer('r_kq_satisfied').notNull().default(0),
			rTtAnswers: integer('r_tt_answers').notNull().default(0),
			rTtSatisfied: integer('r_tt_satisfied').notNull().default(0),
			/** 1 where something came since the release looked at it. */
			pending: integer('pending').notNull().default(0)
		},
		(table) => [
			primaryKey({
				name: 'hour_count_key',
				columns: [table.organizationId, table.versionId, table.month, table.siteId, table.weekday, table.hour]
			}),
			index('hour_count_pending')
				.on(table.organizationId)
				.where(sql`pending = 1`)
		]
	)
);
