import { and, eq, isNull, ne } from 'drizzle-orm';
import { areExclusive, fits, mayGive, mayManage } from '../../../domain/account/giving.ts';
import { isLogin, normalizeLogin } from '../../../domain/account/login.ts';
import type { Grant } from '../../../domain/account/right.ts';
import { ROLE_NAMES, type Role } from '../../../domain/account/role.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { clean } from '../../../domain/shared/text.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { roleGrants, sessions, users } from '../../db/schema/account.ts';
import { officers, sites } from '../../db/schema/place.ts';
import { writeAuditLine } from '../audit/writes.ts';
import { readOrganizationPath } from '../extent/reads.ts';
import { endPasswordLinks, makePasswordLink, type MadeLink } from '../link/writes.ts';
import { hashPassword } from '../password.ts';
import { readGrants } from '../reads.ts';
import { dropSecondFactor } from '../second-factor/writes.ts';
import { endSessions } from '../writes.ts';
import { readIsAdministeredWithout, readOrganizationKind, readPlacedRoles } from './reads.ts';
import { isPasswordGood } from '../guessable.ts';

type User = typeof users.$inferSelect;

/** A change of somebody's account: the guard has let `changedBy` in, what they may do to this person is looked up here. */
interface Change {
	organizationId: string;
	userId: string;
	/** A user, or 'system' for the command line. */
	changedBy: string;
	now: number;
}

export type ChangeRefusal = 'user-unknown' | 'user-self' | 'user-above';
export type RoleRefusal = 'role-above' | 'role-unfit' | 'site-unknown' | 'roles-exclusive';
type PlaceRefusal = 'officer-unknown' | 'officer-taken';

/**
 * Every change of people in turn, so that two of them together can not do what neither may: each sees what the one before has left.
 * Nobody changes his own account here, nor that of somebody who stands above.
 */
async function changePerson<Value, Reason extends string>(
	db: Db,
	{ organizationId, userId, changedBy }: Change,
	work: (tx: Tx, user: User, giver: readonly Grant[] | 'system') => Promise<Outcome<Value, Reason>>
): Promise<Outcome<Value, Reason | ChangeRefusal>> {
	if (userId === changedBy) return { ok: false, reason: 'user-self' };
	return commit(db, async (tx) => {
		await lock(tx, ['people']);
		const own = and(eq(users.id, userId), eq(users.organizationId, organizationId));
		const [user] = await tx.select().from(users).where(own);
		if (!user) return { ok: false, reason: 'user-unknown' };
		const giver = await readGiver(tx, changedBy);
		if (giver !== 'system' && !mayManage(giver, await readPlacedRoles(tx, userId))) {
			return { ok: false, reason: 'user-above' };
		}
		return work(tx, user, giver);
	});
}

/** The grants somebody holds at this moment; whoever has just been disabled holds none. */
async function readGiver(tx: Tx, changedBy: string): Promise<readonly Grant[] | 'system'> {
	if (changedBy === 'system') return 'system';
	const enabled = and(eq(users.id, changedBy), isNull(users.disabledAt));
	const [user] = await tx.select({ id: users.id }).from(users).where(enabled);
	return user ? readGrants(tx, changedBy) : [];
}

interface Invitation {
	/** Made with the page, so that a form sent twice invites once. */
	id: string;
	organizationId: string;
	login: string;
	name: string;
	email: string | null;
	role: Role;
	siteId: string;
	officerId: string | null;
	invitedBy: string;
	origin: string;
	now: number;
}

/** Adds somebody without a password and makes the link by which they choose one; it goes by mail where there is an address. */
export async function invitePerson(
	db: Db,
	{ id, organizationId, login, name, email, role, siteId, officerId, invitedBy, origin, now }: Invitation
): Promise<
	Outcome<MadeLink, 'login-malformed' | 'login-taken' | 'already-invited' | ChangeRefusal | RoleRefusal | PlaceRefusal>
> {
	const normal = normalizeLogin(login);
	if (!isLogin(normal)) return { ok: false, reason: 'login-malformed' };
	const user = { id, organizationId, login: normal, name: clean(name), email, officerId, passwordHash: '' };
	return commit(db, async (tx) => {
		await lock(tx, ['people']);
		const [known] = await tx.select().from(users).where(eq(users.id, id));
		if (known) return { ok: false, reason: 'already-invited' };
		const giver = await readGiver(tx, invitedBy);
		const grant = { organizationId, userId: id, role, siteId };
		const refused = (await refuseRole(tx, giver, grant)) ?? (await refuseOfficer(tx, user));
		if (refused) return { ok: false, reason: refused };
		const added = await tx
			.insert(users)
			.values({ ...user, createdAt: now })
			.onConflictDoNothing()
			.returning();
		if (added.length === 0) return { ok: false, reason: 'login-taken' };
		await tx.insert(roleGrants).values(grant);
		const detail = `${normal} (${ROLE_NAMES[role].vi})`;
		await writeAuditLine(tx, { organizationId, actorId: invitedBy, action: 'user-invited', object: id, detail, now });
		return { ok: true, value: await makePasswordLink(tx, { user, organizationId, origin, byMail: true, now }) };
	});
}

/** Name, address, and which officer they are: the last decides whose results they see, so nobody sets his own. */
export async function changeDetails(
	db: Db,
	change: Change & { name: string; email: string | null; officerId: string | null }
): Promise<Outcome<null, ChangeRefusal | PlaceRefusal>> {
	return changePerson(db, change, async (tx, user) => {
		const { name, email, officerId, now } = change;
		const refused = await refuseOfficer(tx, { ...user, officerId });
		if (refused) return { ok: false, reason: refused };
		await tx
			.update(users)
			.set({ name: clean(name), email, officerId })
			.where(eq(users.id, user.id));
		// A link that is on its way to an address which was wrong must not open anything.
		if (email !== user.email) await endPasswordLinks(tx, user.id, now);
		await note(tx, change, 'user-changed', user);
		return { ok: true, value: null };
	});
}

/** A role at the person's organization or at one of its sites; their sessions end, so that the next one knows it. */
export async function giveRole(
	db: Db,
	change: Change & { role: Role; siteId: string }
): Promise<Outcome<null, ChangeRefusal | RoleRefusal>> {
	return changePerson(db, change, async (tx, user, giver) => {
		const { organizationId, role, siteId } = change;
		const grant = { organizationId, userId: user.id, role, siteId };
		const refused = await refuseRole(tx, giver, grant);
		if (refused) return { ok: false, reason: refused };
		const [given] = await tx.insert(roleGrants).values(grant).onConflictDoNothing().returning();
		if (!given) return { ok: true, value: null };
		await endSessions(tx, eq(sessions.userId, user.id));
		await note(tx, change, 'role-given', user, role);
		return { ok: true, value: null };
	});
}

export async function withdrawRole(
	db: Db,
	change: Change & { role: Role; roleAt: string; siteId: string }
): Promise<Outcome<null, ChangeRefusal | 'last-administrator'>> {
	return changePerson(db, change, async (tx, user) => {
		const { role, roleAt, siteId } = change;
		if (role === 'administrator' && !(await readIsAdministeredWithout(tx, roleAt, user.id))) {
			return { ok: false, reason: 'last-administrator' };
		}
		const [withdrawn] = await tx
			.delete(roleGrants)
			.where(
				and(
					eq(roleGrants.userId, user.id),
					eq(roleGrants.role, role),
					eq(roleGrants.organizationId, roleAt),
					eq(roleGrants.siteId, siteId)
				)
			)
			.returning();
		if (!withdrawn) return { ok: true, value: null };
		await endSessions(tx, eq(sessions.userId, user.id));
		await note(tx, change, 'role-withdrawn', user, role);
		return { ok: true, value: null };
	});
}

/** Nobody is deleted: what they did still names them. Sessions and links end in the same transaction. */
export async function disablePerson(
	db: Db,
	change: Change
): Promise<Outcome<null, ChangeRefusal | 'last-administrator'>> {
	return changePerson(db, change, async (tx, user) => {
		if (user.disabledAt !== null) return { ok: true, value: null };
		for (const { role, organizationId } of await readGrants(tx, user.id)) {
			if (role !== 'administrator' || (await readIsAdministeredWithout(tx, organizationId, user.id))) continue;
			return { ok: false, reason: 'last-administrator' };
		}
		await tx.update(users).set({ disabledAt: change.now }).where(eq(users.id, user.id));
		await endSessions(tx, eq(sessions.userId, user.id));
		await endPasswordLinks(tx, user.id, change.now);
		await note(tx, change, 'user-disabled', user);
		return { ok: true, value: null };
	});
}

export async function enablePerson(db: Db, change: Change): Promise<Outcome<null, ChangeRefusal>> {
	return changePerson(db, change, async (tx, user) => {
		if (user.disabledAt === null) return { ok: true, value: null };
		await tx.update(users).set({ disabledAt: null }).where(eq(users.id, user.id));
		await note(tx, change, 'user-enabled', user);
		return { ok: true, value: null };
	});
}

/** A link to choose a password: by mail, or only shown to whoever asked, who hands it over. */
export async function sendPasswordLink(
	db: Db,
	change: Change & { origin: string; byMail: boolean }
): Promise<Outcome<MadeLink & { user: { name: string; login: string } }, ChangeRefusal | 'user-disabled'>> {
	return changePerson(db, change, async (tx, user) => {
		if (user.disabledAt !== null) return { ok: false, reason: 'user-disabled' };
		const { organizationId, origin, byMail, now } = change;
		const made = await makePasswordLink(tx, { user, organizationId, origin, byMail, now });
		await note(tx, change, user.passwordHash === '' ? 'user-invited' : 'password-reset-sent', user);
		return { ok: true, value: { ...made, user: { name: user.name, login: user.login } } };
	});
}

/** Sets somebody's password outright; only the command line does, for whoever has nobody left to ask. */
export async function setPassword(
	db: Db,
	change: Change & { password: string }
): Promise<Outcome<null, ChangeRefusal | 'password-weak'>> {
	if (!isPasswordGood(change.password)) return { ok: false, reason: 'password-weak' };
	const passwordHash = await hashPassword(change.password);
	return changePerson(db, change, async (tx, user) => {
		await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id));
		await endSessions(tx, eq(sessions.userId, user.id));
		await endPasswordLinks(tx, user.id, change.now);
		await note(tx, change, 'password-changed', user);
		return { ok: true, value: null };
	});
}

/** The phone is lost: the password alone signs in, and whose role needs a second factor sets a new one at once. */
export async function removeSecondFactor(db: Db, change: Change): Promise<Outcome<null, ChangeRefusal>> {
	return changePerson(db, change, async (tx, user) => {
		await dropSecondFactor(tx, user.id);
		await endSessions(tx, eq(sessions.userId, user.id));
		await note(tx, change, 'second-factor-removed', user);
		return { ok: true, value: null };
	});
}

export async function endSessionOf(
	db: Db,
	change: Change & { sessionId: string }
): Promise<Outcome<null, ChangeRefusal>> {
	return changePerson(db, change, async (tx, user) => {
		await endSessions(tx, and(eq(sessions.userId, user.id), eq(sessions.id, change.sessionId)));
		await note(tx, change, 'session-ended', user);
		return { ok: true, value: null };
	});
}

interface PlacedGrant extends Grant {
	userId: string;
}

async function refuseRole(
	tx: Tx,
	giver: readonly Grant[] | 'system',
	{ organizationId, userId, role, siteId }: PlacedGrant
): Promise<RoleRefusal | null> {
	const path = await readOrganizationPath(tx, organizationId);
	if (giver !== 'system' && !mayGive(giver, { role, path })) return 'role-above';
	if (!fits(role, { kind: await readOrganizationKind(tx, organizationId), siteId })) return 'role-unfit';
	if (siteId !== '') {
		const here = and(eq(sites.id, siteId), eq(sites.organizationId, organizationId), isNull(sites.archivedAt));
		if ((await tx.select({ id: sites.id }).from(sites).where(here)).length === 0) return 'site-unknown';
	}
	const held = await readGrants(tx, userId);
	return areExclusive([...held.map((grant) => grant.role), role]) ? 'roles-exclusive' : null;
}

/** An officer is one person: only one account sees their results. */
async function refuseOfficer(
	tx: Tx,
	{ id, organizationId, officerId }: Pick<User, 'id' | 'organizationId' | 'officerId'>
): Promise<PlaceRefusal | null> {
	if (officerId === null) return null;
	const here = and(eq(officers.id, officerId), eq(officers.organizationId, organizationId));
	if ((await tx.select({ id: officers.id }).from(officers).where(here)).length === 0) return 'officer-unknown';
	const other = and(eq(users.officerId, officerId), ne(users.id, id));
	return (await tx.select({ id: users.id }).from(users).where(other)).length > 0 ? 'officer-taken' : null;
}

async function note(
	tx: Tx,
	{ organizationId, changedBy, now }: Change,
	action: Parameters<typeof writeAuditLine>[1]['action'],
	user: Pick<User, 'id' | 'login'>,
	role?: Role
) {
	const detail = role ? `${user.login} (${ROLE_NAMES[role].vi})` : user.login;
	await writeAuditLine(tx, { organizationId, actorId: changedBy, action, object: user.id, detail, now });
}
