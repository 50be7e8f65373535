import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Role } from '../../../domain/account/role.ts';
import { onEngine } from '../twin.ts';

/** Somebody who may sign in. What they may do stands in `role_grant`. Nobody is deleted: what they did still names them. */
export const users = onEngine(
	sqliteTable(
		'user_account',
		{
			id: text('id').primaryKey(),
			/** Where they belong: the organization their pages open with. */
			organizationId: text('organization_id').notNull(),
			login: text('login').notNull(),
			name: text('name').notNull(),
			email: text('email'),
			/** The officer they are themselves, so that they see their own results and nobody decides about himself. */
			officerId: text('officer_id'),
			/** argon2id; '' until an invitation has been taken up. */
			passwordHash: text('password_hash').notNull(),
			disabledAt: integer('disabled_at'),
			createdAt: integer('created_at').notNull().default(0),
			/** RFC 6238, base32; becomes the second factor with `totp_confirmed_at`. */
			totpSecret: text('totp_secret'),
			totpConfirmedAt: integer('totp_confirmed_at'),
			/** The newest time step that was taken: a code is good once. */
			totpStep: integer('totp_step').notNull().default(0)
		},
		(table) => [
			uniqueIndex('user_account_login').on(table.login),
			index('user_account_organization').on(table.organizationId)
		]
	)
);

/** A role somebody holds at an organization and everything below it, or (`site_id` not '') at one of its sites only. */
export const roleGrants = onEngine(
	sqliteTable(
		'role_grant',
		{
			organizationId: text('organization_id').notNull(),
			userId: text('user_id').notNull(),
			role: text('role').$type<Role>().notNull(),
			siteId: text('site_id').notNull().default('')
		},
		(table) => [
			primaryKey({ name: 'role_grant_key', columns: [table.organizationId, table.userId, table.role, table.siteId] }),
			index('role_grant_user').on(table.userId)
		]
	)
);

/** Only the SHA-256 of a session's token is kept; the token itself is in the visitor's cookie. */
export const sessions = onEngine(
	sqliteTable(
		'session',
		{
			tokenHash: text('token_hash').primaryKey(),
			/** What its owner may name it by; no secret. */
			id: text('id').notNull().default(''),
			userId: text('user_id').notNull(),
			createdAt: integer('created_at').notNull(),
			usedAt: integer('used_at').notNull(),
			/** When the second factor was shown; null: only the password. */
			secondFactorAt: integer('second_factor_at'),
			/** The browser in a few words, so that its owner recognizes it. */
			device: text('device').notNull().default('')
		},
		(table) => [index('session_user').on(table.userId)]
	)
);

/** A link that lets its holder choose a password, once and for a while; only its SHA-256 is kept. */
export const passwordLinks = onEngine(
	sqliteTable(
		'password_link',
		{
			tokenHash: text('token_hash').primaryKey(),
			userId: text('user_id').notNull(),
			purpose: text('purpose', { enum: ['invitation', 'reset'] }).notNull(),
			createdAt: integer('created_at').notNull(),
			expiresAt: integer('expires_at').notNull(),
			usedAt: integer('used_at')
		},
		(table) => [index('password_link_user').on(table.userId)]
	)
);

/** Codes on paper for whoever lost the phone with the second factor; SHA-256, each good once. */
export const recoveryCodes = onEngine(
	sqliteTable(
		'recovery_code',
		{ userId: text('user_id').notNull(), codeHash: text('code_hash').notNull(), usedAt: integer('used_at') },
		(table) => [primaryKey({ name: 'recovery_code_key', columns: [table.userId, table.codeHash] })]
	)
);

/**
 * Who did what to what, one chain an organization: every line's hash covers the line before it, so that none can be changed, left
 * out or put in between without showing. Appended only; triggers refuse anything else.
 */
export const auditLines = onEngine(
	sqliteTable(
		'audit_entry',
		{
			organizationId: text('organization_id').notNull(),
			/** 1, 2, 3 … without gaps. */
			seq: integer('seq').notNull(),
			at: integer('at').notNull(),
			actorId: text('actor_id').notNull(),
			action: text('action').notNull(),
			object: text('object').notNull(),
			detail: text('detail').notNull(),
			reason: text('reason').notNull(),
			/** The hash of the line before, '' for the first; both are SHA-256, hex. */
			previous: text('previous').notNull(),
			hash: text('hash').notNull()
		},
		(table) => [
			primaryKey({ name: 'audit_entry_key', columns: [table.organizationId, table.seq] }),
			index('audit_entry_at').on(table.organizationId, table.at)
		]
	)
);

/** A letter on its way; it stays here until the transport has taken it. */
export const letters = onEngine(
	sqliteTable(
		'letter',
		{
			id: text('id').primaryKey(),
			organizationId: text('organization_id').notNull(),
			recipient: text('recipient').notNull(),
			subject: text('subject').notNull(),
			body: text('body').notNull(),
			/** A file that goes with it, base64; '' for none. It goes with the words when the letter has gone. */
			attachment: text('attachment').notNull().default(''),
			attachmentName: text('attachment_name').notNull().default(''),
			createdAt: integer('created_at').notNull(),
			sentAt: integer('sent_at'),
			attempts: integer('attempts').notNull().default(0),
			nextAt: integer('next_at').notNull()
		},
		(table) => [index('letter_next').on(table.sentAt, table.nextAt)]
	)
);

/** What belongs to the installation and to no organization, such as the hash of the code that opens the set-up. */
export const installation = onEngine(
	sqliteTable('installation', { key: text('key').primaryKey(), value: text('value').notNull() })
);
