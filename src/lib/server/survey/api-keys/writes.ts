import { randomBytes } from 'node:crypto';
import { and, eq, isNull, lte, or } from 'drizzle-orm';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { clean } from '../../../domain/shared/text.ts';
import { HOUR_MS } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { apiKeys } from '../../db/schema/survey.ts';
import type { Change } from '../../place/shelf/writes.ts';
import { apiKeyHash } from './reads.ts';

const KEY_BYTES = 32;
/** What a key begins with, for programs that look for secrets where none should be. */
const KEY_MARK = 'lnk_';
const SHOWN_CHARACTERS = KEY_MARK.length + 6;
const LONGEST_NAME = 80;

/** A key for a system that makes tickets. It is in the answer and nowhere else; the id comes with the form, so that a form sent twice makes one. */
export async function makeApiKey(
	db: Db,
	{ organizationId, changedBy, now, id, name }: Change & { id: string; name: string }
): Promise<Outcome<{ id: string; key: string }, 'name-missing' | 'name-too-long' | 'form-stale'>> {
	const said = clean(name);
	if (said === '') return { ok: false, reason: 'name-missing' };
	if (said.length > LONGEST_NAME) return { ok: false, reason: 'name-too-long' };
	const key = KEY_MARK + randomBytes(KEY_BYTES).toString('base64url');
	const shows = key.slice(0, SHOWN_CHARACTERS);
	return commit(db, async (tx) => {
		const row = { id, organizationId, name: said, keyHash: apiKeyHash(key), shows, createdAt: now };
		const [added] = await tx.insert(apiKeys).values(row).onConflictDoNothing().returning({ id: apiKeys.id });
		if (!added) return { ok: false, reason: 'form-stale' };
		const line = { action: 'api-key-made', object: id, detail: `${said} (${shows}…)` } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: { id, key } };
	});
}

/** Ends a key for good; what it made stays good. Asked for twice it happens once. */
export async function revokeApiKey(
	db: Db,
	{ organizationId, changedBy, now, id }: Change & { id: string }
): Promise<Outcome<{ name: string }, 'api-key-unknown'>> {
	return commit(db, async (tx) => {
		await lock(tx, [`api-key ${id}`]);
		const own = and(eq(apiKeys.id, id), eq(apiKeys.organizationId, organizationId));
		const [row] = await tx.select().from(apiKeys).where(own);
		if (!row) return { ok: false, reason: 'api-key-unknown' };
		const value = { name: row.name };
		if (row.revokedAt !== null) return { ok: true, value };
		await tx.update(apiKeys).set({ revokedAt: now }).where(own);
		const line = { action: 'api-key-revoked', object: id, detail: `${row.name} (${row.shows}…)` } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value };
	});
}

/** One step: that a key is in use, noted once an hour and by the hour: a finer time would say when its newest ticket was made. */
export async function noteKeyUse(tx: Tx, id: string, now: number) {
	const hour = now - (now % HOUR_MS);
	const older = or(isNull(apiKeys.usedAt), lte(apiKeys.usedAt, hour - HOUR_MS));
	await tx
		.update(apiKeys)
		.set({ usedAt: hour })
		.where(and(eq(apiKeys.id, id), older));
}
