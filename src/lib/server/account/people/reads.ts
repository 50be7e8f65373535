import { and, eq, inArray, isNull, max } from 'drizzle-orm';
import type { PlacedRole } from '../../../domain/account/giving.ts';
import type { PersonState } from '../../../domain/account/person.ts';
import { compareText, sortByPerson } from '../../../domain/shared/text.ts';
import type { Db, Tx } from '../../db/db.ts';
import { roleGrants, sessions, users } from '../../db/schema/account.ts';
import { officers, organizations, sites } from '../../db/schema/place.ts';
import { readOrganizationPath } from '../extent/reads.ts';
import { readAliveSessions, readRolesInWords } from '../own/reads.ts';
import { readSecondFactor } from '../second-factor/reads.ts';

/** Everybody who belongs to an organization, by name, with what a list shows of them. */
export async function readPeople(db: Db, organizationId: string) {
	const all = await db.select().from(users).where(eq(users.organizationId, organizationId));
	const ids = all.map(({ id }) => id);
	const [grants, lastSeen] = await Promise.all([readGrantsOf(db, ids), readLastSeen(db, ids)]);
	const people = all.map((user) => ({
		id: user.id,
		name: user.name,
		login: user.login,
		email: user.email,
		state: stateOf(user),
		hasFactor: user.totpConfirmedAt !== null,
		lastSeenAt: lastSeen.get(user.id) ?? null,
		roles: grants
			.filter(({ userId }) => userId === user.id)
			.map(({ role, siteId, site }) => ({ role, siteId, site: siteId ? site : null }))
	}));
	return sortByPerson(people, ({ name }) => name);
}

async function readGrantsOf(db: Db, userIds: string[]) {
	return db
		.select({ userId: roleGrants.userId, role: roleGrants.role, siteId: roleGrants.siteId, site: sites.name })
		.from(roleGrants)
		.leftJoin(sites, eq(sites.id, roleGrants.siteId))
		.where(inArray(roleGrants.userId, userIds));
}

async function readLastSeen(db: Db, userIds: string[]) {
	const rows = await db
		.select({ userId: sessions.userId, at: max(sessions.usedAt) })
		.from(sessions)
		.where(inArray(sessions.userId, userIds))
		.groupBy(sessions.userId);
	return new Map(rows.map(({ userId, at }) => [userId, Number(at)]));
}

/** One person with everything their page shows; null where there is none in this organization. */
export async function readPerson(db: Db, organizationId: string, userId: string, now: number) {
	const [user] = await db
		.select()
		.from(users)
		.where(and(eq(users.id, userId), eq(users.organizationId, organizationId)));
	if (!user) return null;
	const roles = await readRolesInWords(db, userId);
	const held = roles.map(({ role }) => role);
	const [alive, factor] = await Promise.all([readAliveSessions(db, userId, held, now), readSecondFactor(db, userId)]);
	const { id, name, login, email, officerId, createdAt } = user;
	return { id, name, login, email, officerId, createdAt, state: stateOf(user), roles, sessions: alive, factor };
}

/** What somebody holds, each with where: the organization first. */
export async function readPlacedRoles(db: Db | Tx, userId: string): Promise<PlacedRole[]> {
	const held = await db.select().from(roleGrants).where(eq(roleGrants.userId, userId));
	const placed: PlacedRole[] = [];
	for (const { role, organizationId } of held) {
		placed.push({ role, path: await readOrganizationPath(db, organizationId) });
	}
	return placed;
}

/** Where a role may be given, and whom an account may belong to. */
export async function readRolePlaces(db: Db, organizationId: string) {
	const [allSites, allOfficers, linked] = await Promise.all([
		db
			.select({ id: sites.id, name: sites.name })
			.from(sites)
			.where(and(eq(sites.organizationId, organizationId), isNull(sites.archivedAt))),
		db
			.select({ id: officers.id, name: officers.name })
			.from(officers)
			.where(and(eq(officers.organizationId, organizationId), isNull(officers.archivedAt))),
		db.select({ officerId: users.officerId }).from(users).where(eq(users.organizationId, organizationId))
	]);
	const taken = new Set(linked.map(({ officerId }) => officerId));
	return {
		sites: allSites.sort((a, b) => compareText(a.name, b.name)),
		officers: sortByPerson(allOfficers, ({ name }) => name).map((one) => ({ ...one, isLinked: taken.has(one.id) }))
	};
}

/** Whether somebody else can still administer this organization: here or above, enabled, and with a password. */
export async function readIsAdministeredWithout(tx: Tx, organizationId: string, userId: string): Promise<boolean> {
	const path = await readOrganizationPath(tx, organizationId);
	const administrators = await tx
		.select({ id: users.id, passwordHash: users.passwordHash })
		.from(roleGrants)
		.innerJoin(users, eq(users.id, roleGrants.userId))
		.where(
			and(
				inArray(roleGrants.organizationId, path),
				eq(roleGrants.role, 'administrator'),
				eq(roleGrants.siteId, ''),
				isNull(users.disabledAt)
			)
		);
	return administrators.some(({ id, passwordHash }) => id !== userId && passwordHash !== '');
}

export async function readOrganizationKind(tx: Tx, organizationId: string) {
	const [row] = await tx
		.select({ kind: organizations.kind })
		.from(organizations)
		.where(eq(organizations.id, organizationId));
	return row?.kind ?? 'ward';
}

function stateOf(user: { disabledAt: number | null; passwordHash: string }): PersonState {
	if (user.disabledAt !== null) return 'disabled';
	return user.passwordHash === '' ? 'invited' : 'active';
}
