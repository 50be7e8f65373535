import { createHash, randomBytes } from 'node:crypto';
import { and, eq, isNotNull, isNull, lt, ne } from 'drizzle-orm';
import {
	normalizeRecoveryCode,
	recoveryCode,
	RECOVERY_BYTES,
	RECOVERY_CODES
} from '../../../domain/account/recovery-code.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { recoveryCodes, sessions, users } from '../../db/schema/account.ts';
import { writeAuditLine } from '../audit/writes.ts';
import { tokenHash } from '../reads.ts';
import { secretOf, totpStep } from '../totp.ts';
import { endSessions, newToken, renewSession } from '../writes.ts';

interface Shown {
	userId: string;
	/** Of the session in which the code is shown. */
	token: string;
	/** Of the phone, or one on paper. */
	code: string;
	now: number;
}

/** The session goes on, complete, under a new token. A code of the phone is good once, and so is one on paper. */
export async function showSecondFactor(
	db: Db,
	{ userId, token, code, now }: Shown
): Promise<Outcome<{ token: string; onPaper: boolean }, 'wrong'>> {
	const onPaper = normalizeRecoveryCode(code);
	const next = newToken();
	return commit(db, async (tx) => {
		const taken = onPaper ? await takeOnPaper(tx, userId, onPaper, now) : await takeOfPhone(tx, userId, code, now);
		if (!taken) return { ok: false, reason: 'wrong' };
		if (!(await renewSession(tx, { token, next, secondFactorAt: now }))) return { ok: false, reason: 'wrong' };
		return { ok: true, value: { token: next, onPaper: onPaper !== null } };
	});
}

async function takeOfPhone(tx: Tx, userId: string, code: string, now: number): Promise<boolean> {
	const [user] = await tx.select({ secret: users.totpSecret }).from(users).where(eq(users.id, userId));
	const step = user?.secret ? totpStep(user.secret, code, now) : null;
	if (step === null) return false;
	const taken = await tx
		.update(users)
		.set({ totpStep: step })
		.where(and(eq(users.id, userId), isNotNull(users.totpConfirmedAt), lt(users.totpStep, step)))
		.returning({ id: users.id });
	return taken.length > 0;
}

async function takeOnPaper(tx: Tx, userId: string, code: string, now: number): Promise<boolean> {
	const own = and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash(code)));
	const [used] = await tx
		.update(recoveryCodes)
		.set({ usedAt: now })
		.where(and(own, isNull(recoveryCodes.usedAt)))
		.returning({ userId: recoveryCodes.userId });
	if (!used) return false;
	const [user] = await tx.select().from(users).where(eq(users.id, userId));
	const line = { action: 'recovery-code-used', object: userId, detail: user.login } as const;
	await writeAuditLine(tx, { organizationId: user.organizationId, actorId: userId, ...line, now });
	return true;
}

/**
 * Makes the secret of this session the second factor, once the phone has shown that it knows it. Other sessions end; what was on paper
 * before is worth nothing. The new codes are shown once.
 */
export async function setSecondFactor(
	db: Db,
	{ userId, token, code, now }: Shown
): Promise<Outcome<{ token: string; codes: string[] }, 'wrong'>> {
	const secret = secretOf(token);
	const step = totpStep(secret, code, now);
	if (step === null) return { ok: false, reason: 'wrong' };
	const next = newToken();
	return commit(db, async (tx) => {
		if (!(await renewSession(tx, { token, next, secondFactorAt: now }))) return { ok: false, reason: 'wrong' };
		const [user] = await tx
			.update(users)
			.set({ totpSecret: secret, totpConfirmedAt: now, totpStep: step })
			.where(eq(users.id, userId))
			.returning({ login: users.login, organizationId: users.organizationId });
		const others = and(eq(sessions.userId, userId), ne(sessions.tokenHash, tokenHash(next)));
		await endSessions(tx, others);
		const line = { action: 'second-factor-set', object: userId, detail: user.login } as const;
		await writeAuditLine(tx, { organizationId: user.organizationId, actorId: userId, ...line, now });
		return { ok: true, value: { token: next, codes: await writeCodes(tx, userId) } };
	});
}

/** Ten new codes in place of the old ones; only their hashes stay. */
export async function renewRecoveryCodes(db: Db, { userId, now }: { userId: string; now: number }): Promise<string[]> {
	return commit(db, async (tx) => {
		const [user] = await tx.select().from(users).where(eq(users.id, userId));
		const line = { action: 'recovery-codes-made', object: userId, detail: user.login } as const;
		await writeAuditLine(tx, { organizationId: user.organizationId, actorId: userId, ...line, now });
		return writeCodes(tx, userId);
	});
}

/** One step of a use-case: the phone is lost, or its owner wants another. */
export async function dropSecondFactor(tx: Tx, userId: string) {
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
	await tx.update(users).set({ totpSecret: null, totpConfirmedAt: null, totpStep: 0 }).where(eq(users.id, userId));
}

async function writeCodes(tx: Tx, userId: string): Promise<string[]> {
	const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode(randomBytes(RECOVERY_BYTES)));
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
	await tx.insert(recoveryCodes).values(codes.map((code) => ({ userId, codeHash: codeHash(code) })));
	return codes;
}

const codeHash = (code: string) => createHash('sha256').update(code).digest('base64url');
