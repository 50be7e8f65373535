import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, lt, type SQL } from 'drizzle-orm';
import { isLogin, normalizeLogin } from '../../domain/account/login.ts';
import { isRole, ROLE_NAMES, type Role } from '../../domain/account/role.ts';
import { SESSIONS_KEPT_MS } from '../../domain/account/session.ts';
import { shortId } from '../../domain/shared/id.ts';
import type { Outcome } from '../../domain/shared/outcome.ts';
import { clean } from '../../domain/shared/text.ts';
import { commit, type Db, type Tx } from '../db/db.ts';
import { roleGrants, sessions, users } from '../db/schema/account.ts';
import { writeAuditLine } from './audit/writes.ts';
import { hashPassword, isPassword } from './password.ts';
import { readUserByLogin, tokenHash } from './reads.ts';
import { isPasswordGood } from './guessable.ts';

interface NewUser {
	organizationId: string;
	login: string;
	name: string;
	role: Role;
	/** '' with `siteId` none: the whole organization. */
	siteId?: string;
	/** The officer they are themselves. */
	officerId?: string | null;
	password: string;
	now: number;
	/** Who adds them; the machine itself (`npm start`, the command line) is 'system'. */
	createdBy?: string;
}

/** Adds somebody who may sign in. The login is stored in lower case. */
export async function createUser(
	db: Db,
	{ organizationId, login, name, role, siteId = '', officerId = null, password, now, createdBy = 'system' }: NewUser
): Promise<
	Outcome<{ id: string; login: string }, 'login-malformed' | 'login-taken' | 'password-weak' | 'role-unknown'>
> {
	const normal = normalizeLogin(login);
	if (!isLogin(normal)) return { ok: false, reason: 'login-malformed' };
	if (!isRole(role)) return { ok: false, reason: 'role-unknown' };
	if (!isPasswordGood(password, normal)) return { ok: false, reason: 'password-weak' };
	const passwordHash = await hashPassword(password);
	const person = { id: newId(), organizationId, login: normal, name: clean(name), officerId };
	const row = { ...person, passwordHash, createdAt: now };
	return commit(db, async (tx) => {
		const [added] = await tx.insert(users).values(row).onConflictDoNothing().returning({ id: users.id });
		if (!added) return { ok: false, reason: 'login-taken' };
		await tx.insert(roleGrants).values({ organizationId, userId: row.id, role, siteId });
		const detail = `${normal} (${ROLE_NAMES[role].vi})`;
		await writeAuditLine(tx, { organizationId, actorId: createdBy, action: 'user-added', object: row.id, detail, now });
		return { ok: true, value: { id: row.id, login: normal } };
	});
}

interface SigningIn {
	login: string;
	password: string;
	/** The token that came with the request: it ends, so that nobody else's session is carried into this one. */
	previousToken?: string;
	/** The browser in a few words, for the list of sessions. */
	device?: string;
	now: number;
}

/**
 * A new session with a new token (256 bits, base64url), of which only the hash is stored. An unknown login, a wrong password and
 * a disabled user are one answer and cost the same time. Throws HashingBusy when too many sign in at once.
 */
export async function signIn(
	db: Db,
	{ login, password, previousToken, device = '', now }: SigningIn
): Promise<Outcome<{ token: string; userId: string; hasFactor: boolean }, 'wrong'>> {
	const user = await readUserByLogin(db, normalizeLogin(login));
	const right = await isPassword(password, user?.passwordHash || undefined);
	if (!user || !right || user.disabledAt !== null) return { ok: false, reason: 'wrong' };

	const token = newToken();
	return commit(db, async (tx) => {
		// The password may have been changed, or its owner disabled, while it was looked at.
		const same = and(eq(users.id, user.id), eq(users.passwordHash, user.passwordHash), isNull(users.disabledAt));
		if ((await tx.select({ id: users.id }).from(users).where(same)).length === 0) return { ok: false, reason: 'wrong' };
		await tx.delete(sessions).where(lt(sessions.usedAt, now - SESSIONS_KEPT_MS));
		if (previousToken) await endSessions(tx, eq(sessions.tokenHash, tokenHash(previousToken)));
		await tx.insert(sessions).values({
			tokenHash: tokenHash(token),
			id: newId(),
			userId: user.id,
			createdAt: now,
			usedAt: now,
			device
		});
		return { ok: true, value: { token, userId: user.id, hasFactor: user.totpConfirmedAt !== null } };
	});
}

export async function signOut(db: Db, token: string) {
	await commit(db, (tx) => endSessions(tx, eq(sessions.tokenHash, tokenHash(token))));
}

/** Keeps a session from going idle. Called at most once a minute a session, not with every request. */
export async function keepSession(db: Db, token: string, now: number) {
	await commit(db, (tx) =>
		tx
			.update(sessions)
			.set({ usedAt: now })
			.where(and(eq(sessions.tokenHash, tokenHash(token)), lt(sessions.usedAt, now)))
			.then(() => {})
	);
}

const ENDED = 0;

/** What is ended is as old as no session may be; its day stays for a while, for the list of people. */
export async function endSessions(tx: Tx, which: SQL | undefined) {
	await tx.update(sessions).set({ createdAt: ENDED }).where(which);
}

/** The session goes on under a new token, so that whoever knew the old one is out. false: it has ended meanwhile. */
export async function renewSession(
	tx: Tx,
	{ token, next, secondFactorAt }: { token: string; next: string; secondFactorAt?: number }
): Promise<boolean> {
	const renewed = await tx
		.update(sessions)
		.set({ tokenHash: tokenHash(next), ...(secondFactorAt !== undefined && { secondFactorAt }) })
		.where(and(eq(sessions.tokenHash, tokenHash(token)), gt(sessions.createdAt, ENDED)))
		.returning({ id: sessions.id });
	return renewed.length > 0;
}

/** 256 bits, base64url. */
export const newToken = () => randomBytes(32).toString('base64url');

/** A short random id, for rows that people may have to read out. */
export const newId = () => shortId(randomBytes(7));
