import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Side } from '../../../domain/report/margin.ts';
import { onEngine } from '../twin.ts';
import { figures } from './report.ts';

/** The released counts added up by one kind of place at a time, kept with them: a table reads its rows, not every cut there is. */
export const marginCounts = onEngine(
	sqliteTable(
		'margin_count',
		{
			organizationId: text('organization_id').notNull(),
			versionId: text('version_id').notNull(),
			span: text('span').$type<'day' | 'month'>().notNull(),
			side: text('side').$type<Side>().notNull(),
			/** A day or a month, as the span says. */
			period: text('period').notNull(),
			/** The site, counter, field or officer; '' where none is named, and of all. */
			place: text('place').notNull(),
			channel: text('channel').notNull(),
			itemId: text('item_id').notNull(),
			/** The officer whose sheets are all that is in it; '' of several, and of nobody's. */
			onlyOfficer: text('only_officer').notNull(),
			...figures()
		},
		(table) => [
			primaryKey({
				name: 'margin_count_key',
				columns: [
					table.organizationId,
					table.versionId,
					table.span,
					table.side,
					table.period,
					table.place,
					table.channel,
					table.itemId
				]
			})
		]
	)
);

/** How many sheets of a day wait for nothing: those released, and those taken out. The others are pending in the daily counts. */
export const settledSheets = onEngine(
	sqliteTable(
		'settled_sheet',
		{
			organizationId: text('organization_id').notNull(),
			versionId: text('version_id').notNull(),
			/** Their own, not that of the block they are in. */
			day: text('day').notNull(),
			channel: text('channel').notNull(),
			/** '' all of them, a flag those that have it. */
			itemId: text('item_id').notNull(),
			counted: integer('counted').notNull(),
			sheets: integer('sheets').notNull()
		},
		(table) => [
			primaryKey({
				name: 'settled_sheet_key',
				columns: [table.organizationId, table.versionId, table.day, table.channel, table.itemId, table.counted]
			})
		]
	)
);
