import { and, eq, ne } from 'drizzle-orm';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { commit, type Db } from '../../db/db.ts';
import { sessions, users } from '../../db/schema/account.ts';
import { writeAuditLine } from '../audit/writes.ts';
import { endPasswordLinks } from '../link/writes.ts';
import { hashPassword, isPassword } from '../password.ts';
import { tokenHash } from '../reads.ts';
import { endSessions, newToken, renewSession } from '../writes.ts';
import { isPasswordGood } from '../guessable.ts';

/** Whether whoever sits here knows the password: asked again before anything that would lock its owner out. */
export async function knowsPassword(db: Db, userId: string, password: string): Promise<boolean> {
	const [user] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, userId));
	return isPassword(password, user?.hash || undefined);
}

interface Change {
	userId: string;
	/** Of the session that asks; it goes on under the new one that comes back, all others end. */
	token: string;
	password: string;
	next: string;
	now: number;
}

export async function changeOwnPassword(
	db: Db,
	{ userId, token, password, next, now }: Change
): Promise<Outcome<{ token: string }, 'wrong' | 'password-weak'>> {
	const [own] = await db.select({ login: users.login }).from(users).where(eq(users.id, userId));
	if (!isPasswordGood(next, own?.login)) return { ok: false, reason: 'password-weak' };
	if (!(await knowsPassword(db, userId, password))) return { ok: false, reason: 'wrong' };
	const passwordHash = await hashPassword(next);
	const renewed = newToken();
	return commit(db, async (tx) => {
		if (!(await renewSession(tx, { token, next: renewed }))) return { ok: false, reason: 'wrong' };
		const [user] = await tx.update(users).set({ passwordHash }).where(eq(users.id, userId)).returning();
		await endSessions(tx, and(eq(sessions.userId, userId), ne(sessions.tokenHash, tokenHash(renewed))));
		await endPasswordLinks(tx, userId, now);
		const line = { action: 'password-changed', object: userId, detail: user.login } as const;
		await writeAuditLine(tx, { organizationId: user.organizationId, actorId: userId, ...line, now });
		return { ok: true, value: { token: renewed } };
	});
}

/** Where a forgotten password's letter would go, so the password is asked for; a letter to the old address opens nothing any more. */
export async function changeOwnEmail(
	db: Db,
	{ userId, password, email, now }: { userId: string; password: string; email: string | null; now: number }
): Promise<Outcome<null, 'wrong'>> {
	if (!(await knowsPassword(db, userId, password))) return { ok: false, reason: 'wrong' };
	return commit(db, async (tx) => {
		const [user] = await tx.update(users).set({ email }).where(eq(users.id, userId)).returning();
		await endPasswordLinks(tx, userId, now);
		const line = { action: 'user-changed', object: userId, detail: user.login } as const;
		await writeAuditLine(tx, { organizationId: user.organizationId, actorId: userId, ...line, now });
		return { ok: true, value: null };
	});
}

/** One session of one's own, or all but the one that asks. */
export async function endOwnSessions(
	db: Db,
	{ userId, which, now }: { userId: string; which: { id: string } | { allBut: string }; now: number }
) {
	await commit(db, async (tx) => {
		const chosen = 'id' in which ? eq(sessions.id, which.id) : ne(sessions.id, which.allBut);
		await endSessions(tx, and(eq(sessions.userId, userId), chosen));
		const [user] = await tx.select().from(users).where(eq(users.id, userId));
		const line = { action: 'session-ended', object: userId, detail: user.login } as const;
		await writeAuditLine(tx, { organizationId: user.organizationId, actorId: userId, ...line, now });
	});
}
