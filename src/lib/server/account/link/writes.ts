import { and, eq, gt, isNull, lt, ne } from 'drizzle-orm';
import { linkLetter } from '../../../domain/account/letter.ts';
import { INVITATION_MS, RESET_MS, type LinkPurpose, type LinkState } from '../../../domain/account/password-link.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { DAY_MS } from '../../../domain/shared/time.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { passwordLinks, sessions, users } from '../../db/schema/account.ts';
import { organizations } from '../../db/schema/place.ts';
import { postLetter } from '../../mail/writes.ts';
import { writeAuditLine } from '../audit/writes.ts';
import { hashPassword } from '../password.ts';
import { tokenHash } from '../reads.ts';
import { endSessions, newToken } from '../writes.ts';
import { readPasswordLink } from './reads.ts';
import { isPasswordGood } from '../guessable.ts';

const LASTS: Record<LinkPurpose, number> = { invitation: INVITATION_MS, reset: RESET_MS };
const PAGES: Record<LinkPurpose, string> = { invitation: '/invitation', reset: '/sign-in/reset' };
const KEPT_MS = 30 * DAY_MS;

export interface MadeLink {
	/** From the configured ORIGIN, never from what a request says. */
	link: string;
	expiresAt: number;
	/** The address a letter with the link goes to; null: it is only shown. */
	mailedTo: string | null;
}

interface ForWhom {
	user: { id: string; name: string; login: string; email: string | null; passwordHash: string };
	organizationId: string;
	origin: string;
	byMail: boolean;
	now: number;
}

/**
 * One step of a use-case: a link for somebody to choose a password, an invitation until they have one. Older links end with it. The
 * token stands in the link and nowhere else.
 */
export async function makePasswordLink(
	tx: Tx,
	{ user, organizationId, origin, byMail, now }: ForWhom
): Promise<MadeLink> {
	const purpose: LinkPurpose = user.passwordHash === '' ? 'invitation' : 'reset';
	const token = newToken();
	const expiresAt = now + LASTS[purpose];
	await endPasswordLinks(tx, user.id, now);
	await tx.delete(passwordLinks).where(lt(passwordLinks.expiresAt, now - KEPT_MS));
	const row = { tokenHash: tokenHash(token), userId: user.id, purpose, createdAt: now, expiresAt };
	await tx.insert(passwordLinks).values(row);
	const link = `${origin}${PAGES[purpose]}/${token}`;
	const mailedTo = byMail ? user.email : null;
	if (mailedTo) {
		const [organization] = await tx.select().from(organizations).where(eq(organizations.id, organizationId));
		const { name, login } = user;
		const letter = linkLetter({ purpose, name, login, organization: organization?.name ?? '', link, expiresAt });
		await postLetter(tx, { organizationId, to: mailedTo, ...letter, now });
	}
	return { link, expiresAt, mailedTo };
}

/** What was sent before opens nothing any more. */
export async function endPasswordLinks(tx: Tx, userId: string, now: number) {
	const open = and(eq(passwordLinks.userId, userId), isNull(passwordLinks.usedAt), gt(passwordLinks.expiresAt, now));
	await tx.update(passwordLinks).set({ expiresAt: now }).where(open);
}

/**
 * Somebody says that they have forgotten their password. Nothing comes back: whether there is such a login, and an address, only the
 * letter tells. Whoever has not taken up an invitation, or is disabled, gets none: a reset would revive what has ended.
 */
export async function askForReset(
	db: Db,
	{ login, origin, now }: { login: string; origin: string; now: number }
): Promise<void> {
	await commit(db, async (tx) => {
		const [user] = await tx
			.select()
			.from(users)
			.where(and(eq(users.login, login), isNull(users.disabledAt), ne(users.passwordHash, '')));
		if (!user?.email) return;
		const { organizationId } = user;
		await makePasswordLink(tx, { user, organizationId, origin, byMail: true, now });
		const line = { action: 'password-reset-sent', object: user.id, detail: user.login } as const;
		await writeAuditLine(tx, { organizationId, actorId: user.id, ...line, now });
	});
}

/** The link is used up and the password set in one commit; every session of theirs ends with it. */
export async function choosePassword(
	db: Db,
	{ token, purpose, password, now }: { token: string; purpose: LinkPurpose; password: string; now: number }
): Promise<Outcome<{ login: string }, 'password-weak' | Exclude<LinkState, 'good'>>> {
	const known = await readPasswordLink(db, token, now);
	if (known?.purpose !== purpose) return { ok: false, reason: 'old' };
	if (known.state !== 'good') return { ok: false, reason: known.state };
	if (!isPasswordGood(password, known.user.login)) return { ok: false, reason: 'password-weak' };
	const passwordHash = await hashPassword(password);

	return commit(db, async (tx) => {
		const isOpen = and(isNull(passwordLinks.usedAt), gt(passwordLinks.expiresAt, now));
		const [used] = await tx
			.update(passwordLinks)
			.set({ usedAt: now })
			.where(and(eq(passwordLinks.tokenHash, tokenHash(token)), eq(passwordLinks.purpose, purpose), isOpen))
			.returning({ userId: passwordLinks.userId });
		if (!used) return { ok: false, reason: 'used' };
		const hasOne = purpose === 'invitation' ? eq(users.passwordHash, '') : ne(users.passwordHash, '');
		const [user] = await tx
			.update(users)
			.set({ passwordHash })
			.where(and(eq(users.id, used.userId), isNull(users.disabledAt), hasOne))
			.returning({ id: users.id, login: users.login, organizationId: users.organizationId });
		if (!user) return { ok: false, reason: 'old' };
		await endPasswordLinks(tx, user.id, now);
		await endSessions(tx, eq(sessions.userId, user.id));
		const { id, login, organizationId } = user;
		const line = { action: 'password-changed', object: id, detail: login } as const;
		await writeAuditLine(tx, { organizationId, actorId: id, ...line, now });
		return { ok: true, value: { login } };
	});
}
