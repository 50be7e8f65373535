import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Role } from '../../../domain/account/role.ts';
import { onEngine } from '../twin.ts';

export const users = onEngine(
	sqliteTable(
		'user_account',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			login: text('login').notNull(),
			name: text('name').notNull(),
			role: text('role').$type<Role>().notNull(),
			passwordHash: text('password_hash').notNull(),
			disabledAt: integer('disabled_at')
		},
		(table) => [uniqueIndex('user_account_login').on(table.login)]
	)
);

/** Only the SHA-256 of a session's token is kept; the token itself is in the visitor's cookie. */
export const sessions = onEngine(
	sqliteTable(
		'session',
		{
			tokenHash: text('token_hash').primaryKey(),
			userId: text('user_id').notNull(),
			createdAt: integer('created_at').notNull(),
			usedAt: integer('used_at').notNull()
		},
		(table) => [index('session_user').on(table.userId)]
	)
);

/** Who did what to what; appended only. */
export const auditLines = onEngine(
	sqliteTable(
		'audit_line',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			at: integer('at').notNull(),
			actorId: text('actor_id').notNull(),
			action: text('action').notNull(),
			object: text('object').notNull(),
			detail: text('detail').notNull()
		},
		(table) => [index('audit_line_organization_at').on(table.organizationId, table.at)]
	)
);
