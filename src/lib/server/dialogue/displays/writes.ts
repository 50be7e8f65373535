import { hash, randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { displays } from '../../db/schema/dialogue.ts';

export interface DisplayChange {
	dialogueId: string;
	organizationId: string;
	userId: string;
	now: number;
}

const TOKEN_BYTES = 18;

/** A read-only address for a room's screen or a broadcast. The token is shown once and only its hash is kept. */
export async function addDisplay(
	db: Db,
	{ dialogueId, organizationId, userId, now }: DisplayChange,
	{ kind, name, hall }: { kind: 'screen' | 'overlay'; name: string; hall: number }
): Promise<{ token: string }> {
	const token = randomBytes(TOKEN_BYTES).toString('base64url');
	await commit(db, async (tx) => {
		const tokenHash = hash('sha256', token, 'base64url');
		await tx.insert(displays).values({ tokenHash, organizationId, dialogueId, kind, name, hall, createdAt: now });
		const line = { organizationId, actorId: userId, object: dialogueId, detail: name, now };
		await writeAuditLine(tx, { ...line, action: 'display-added' });
	});
	return { token };
}

/** From now on the address opens nothing; whoever has it open is cut off by `Hub.revoke`. False: there is no such display. */
export function revokeDisplay(
	db: Db,
	{ dialogueId, organizationId, userId, now }: DisplayChange,
	tokenHash: string
): Promise<boolean> {
	return commit(db, async (tx) => {
		const own = and(eq(displays.tokenHash, tokenHash), eq(displays.dialogueId, dialogueId), isNull(displays.revokedAt));
		const [gone] = await tx.update(displays).set({ revokedAt: now }).where(own).returning({ name: displays.name });
		if (!gone) return false;
		const line = { organizationId, actorId: userId, object: dialogueId, detail: gone.name, now };
		await writeAuditLine(tx, { ...line, action: 'display-revoked' });
		return true;
	});
}
