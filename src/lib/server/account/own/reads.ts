import { desc, eq } from 'drizzle-orm';
import type { Role } from '../../../domain/account/role.ts';
import { isSessionAlive } from '../../../domain/account/session.ts';
import type { Db } from '../../db/db.ts';
import { roleGrants, sessions, users } from '../../db/schema/account.ts';
import { organizations, sites } from '../../db/schema/place.ts';

export async function readEmail(db: Db, userId: string): Promise<string | null> {
	const [user] = await db.select({ email: users.email }).from(users).where(eq(users.id, userId));
	return user?.email ?? null;
}

/** What is open under somebody's name, the newest first. */
export async function readAliveSessions(db: Db, userId: string, roles: readonly Role[], now: number) {
	const all = await db.select().from(sessions).where(eq(sessions.userId, userId)).orderBy(desc(sessions.usedAt));
	return all
		.filter((session) => isSessionAlive(session, roles, now))
		.map(({ id, device, createdAt, usedAt }) => ({ id, device, createdAt, usedAt }));
}

/** Somebody's roles with the names of their places. */
export async function readRolesInWords(db: Db, userId: string) {
	return db
		.select({
			role: roleGrants.role,
			organizationId: roleGrants.organizationId,
			siteId: roleGrants.siteId,
			organization: organizations.name,
			site: sites.name
		})
		.from(roleGrants)
		.innerJoin(organizations, eq(organizations.id, roleGrants.organizationId))
		.leftJoin(sites, eq(sites.id, roleGrants.siteId))
		.where(eq(roleGrants.userId, userId));
}
