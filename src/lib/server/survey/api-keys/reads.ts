import { createHash } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { Db } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { apiKeys } from '../../db/schema/survey.ts';

export type ApiKey = typeof apiKeys.$inferSelect;

/** SHA-256, base64url: a key is 256 random bits, so nothing slower is needed to keep it from being guessed. */
export const apiKeyHash = (key: string) => createHash('sha256').update(key).digest('base64url');

/** Whose key this is, revoked ones too: they are told so. `closed`: its organization is archived. */
export async function readApiKey(db: Db, key: string): Promise<(ApiKey & { closed: boolean }) | undefined> {
	const [found] = await db
		.select({ key: apiKeys, archivedAt: organizations.archivedAt })
		.from(apiKeys)
		.innerJoin(organizations, eq(organizations.id, apiKeys.organizationId))
		.where(eq(apiKeys.keyHash, apiKeyHash(key)));
	return found && { ...found.key, closed: found.archivedAt !== null };
}

/** An organization's keys, the newest first; none of them can be shown again. */
export function readApiKeys(db: Db, organizationId: string) {
	const { id, name, shows, createdAt, usedAt, revokedAt } = apiKeys;
	return db
		.select({ id, name, shows, createdAt, usedAt, revokedAt })
		.from(apiKeys)
		.where(eq(apiKeys.organizationId, organizationId))
		.orderBy(desc(createdAt), id);
}
