import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Grant } from '../../domain/account/right.ts';
import { ROLES, type Role } from '../../domain/account/role.ts';
import { isSessionAlive, stageOf, type SessionStage } from '../../domain/account/session.ts';
import type { Db, Tx } from '../db/db.ts';
import { roleGrants, sessions, users } from '../db/schema/account.ts';
import { organizations } from '../db/schema/place.ts';

/** Somebody who is signed in, as a page may know them; the target is in hundredths of a percent. */
export interface SignedIn {
	user: { id: string; name: string; login: string; roles: readonly Role[]; officerId: string | null };
	grants: readonly Grant[];
	/** Where they belong. What a request is about may lie elsewhere: the guard says. */
	organization: KnownOrganization;
	sessionId: string;
	stage: SessionStage;
	/** When the session was last known to be used; milliseconds. */
	usedAt: number;
}

export interface KnownOrganization {
	id: string;
	name: string;
	kind: 'province' | 'ward';
	demonstration: boolean;
	target: number;
	versionId: string;
	hasStaffPin: boolean;
}

/** Read with every request and never kept, so that a disabled user or a withdrawn role is out at once on every node. */
export async function readSession(db: Db, token: string, now: number): Promise<SignedIn | null> {
	const [row] = await db
		.select({ session: sessions, user: users, organization: organizations })
		.from(sessions)
		.innerJoin(users, eq(users.id, sessions.userId))
		.innerJoin(organizations, eq(organizations.id, users.organizationId))
		.where(eq(sessions.tokenHash, tokenHash(token)));
	if (!row || row.user.disabledAt !== null) return null;
	const { session, user } = row;
	const grants = await readGrants(db, user.id);
	const roles = ROLES.filter((role) => grants.some((grant) => grant.role === role));
	if (!isSessionAlive(session, roles, now)) return null;
	const organization = known(row.organization);
	return {
		user: { id: user.id, name: user.name, login: user.login, roles, officerId: user.officerId },
		grants,
		organization,
		sessionId: session.id,
		stage: stageOf({
			hasFactor: user.totpConfirmedAt !== null,
			factorShown: session.secondFactorAt !== null,
			roles,
			demonstration: organization.demonstration
		}),
		usedAt: session.usedAt
	};
}

export async function readGrants(db: Db | Tx, userId: string): Promise<Grant[]> {
	return db
		.select({ role: roleGrants.role, organizationId: roleGrants.organizationId, siteId: roleGrants.siteId })
		.from(roleGrants)
		.where(eq(roleGrants.userId, userId));
}

export async function readKnownOrganization(db: Db, id: string): Promise<KnownOrganization | null> {
	const [row] = await db.select().from(organizations).where(eq(organizations.id, id));
	return row ? known(row) : null;
}

function known({
	id,
	name,
	kind,
	demonstration,
	target,
	versionId,
	staffPin
}: typeof organizations.$inferSelect): KnownOrganization {
	return { id, name, kind, demonstration, target, versionId, hasStaffPin: staffPin !== null };
}

/** SHA-256 of a session's token, base64url: all that the database knows of it. */
export function tokenHash(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}

export async function readUserByLogin(db: Db, login: string) {
	const [user] = await db.select().from(users).where(eq(users.login, login));
	return user;
}
