import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { ALERT_KINDS, type AlertDetail } from '../../../domain/report/alert.ts';
import type { Heartbeat } from '../../../domain/terminal/configuration.ts';
import type { Profile } from '../../../domain/terminal/profile.ts';
import { onEngine } from '../twin.ts';

/** A tablet and the public half of its own key. A new pairing is a new tablet; the old one is revoked, never deleted. */
export const terminals = onEngine(
	sqliteTable(
		'terminal',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			counterId: text('counter_id').notNull(),
			name: text('name').notNull(),
			publicKey: text('public_key', { mode: 'json' }).$type<JsonWebKey>().notNull(),
			profile: text('profile', { mode: 'json' }).$type<Profile>().notNull(),
			pairedAt: integer('paired_at').notNull(),
			revokedAt: integer('revoked_at'),
			/** The tablet whose place it took; their running numbers stay apart, their history is shown as one. */
			predecessorId: text('predecessor_id'),
			/** Until then a revoked tablet may hand its queue over, into quarantine only. */
			rescueUntil: integer('rescue_until'),
			lastSeenAt: integer('last_seen_at'),
			heartbeat: text('heartbeat', { mode: 'json' }).$type<Heartbeat>()
		},
		(table) => [index('terminal_organization').on(table.organizationId)]
	)
);

/** The running numbers received from a tablet, without the sheets they belong to: kept as long as gaps matter. */
export const terminalSequences = onEngine(
	sqliteTable('terminal_sequence', {
		terminalId: text('terminal_id').primaryKey(),
		organizationId: text('organization_id').notNull(),
		/** Merged ranges [[first,last],…]. */
		ranges: text('ranges', { mode: 'json' }).$type<[number, number][]>().notNull(),
		forkedAt: integer('forked_at'),
		quarantined: integer('quarantined').notNull().default(0)
	})
);

/** A tablet that asks to be let in: the code it shows, for ten minutes. */
export const pairings = onEngine(
	sqliteTable('pairing', {
		code: text('code').primaryKey(),
		publicKey: text('public_key', { mode: 'json' }).$type<JsonWebKey>().notNull(),
		requestedAt: integer('requested_at').notNull(),
		expiresAt: integer('expires_at').notNull(),
		terminalId: text('terminal_id')
	})
);

/** Something that needs somebody, such as a silent tablet or a bad spell: one open alarm an object and kind, closed when it is over or seen. */
export const alarms = onEngine(
	sqliteTable(
		'alarm',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			kind: text('kind', { enum: ['terminal-silent', ...ALERT_KINDS] }).notNull(),
			object: text('object').notNull(),
			openedAt: integer('opened_at').notNull(),
			closedAt: integer('closed_at'),
			/** Who has seen it; null where it closed by itself. */
			closedBy: text('closed_by'),
			/** Of an alert about answers: what may be said of it. */
			detail: text('detail', { mode: 'json' }).$type<AlertDetail>()
		},
		(table) => [
			uniqueIndex('alarm_open')
				.on(table.organizationId, table.kind, table.object)
				.where(sql`closed_at is null`)
		]
	)
);

/** A stretch of time that was looked at for alerts: whoever writes its line looks, once, so that no two looks differ by one citizen. */
export const alertLooks = onEngine(
	sqliteTable(
		'alert_look',
		{
			organizationId: text('organization_id').notNull(),
			kind: text('kind', { enum: ALERT_KINDS }).notNull(),
			/** When it began: a quarter of an hour, or a week. */
			slot: text('slot').notNull()
		},
		(table) => [primaryKey({ name: 'alert_look_key', columns: [table.organizationId, table.kind, table.slot] })]
	)
);
