import { createHash } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { Role } from '../../domain/account/role.ts';
import { isSessionAlive } from '../../domain/account/session.ts';
import type { Db } from '../db/db.ts';
import { auditLines, sessions, users } from '../db/schema/account.ts';
import { organizations } from '../db/schema/place.ts';

/** Somebody who is signed in, as a page may know them; the target is in hundredths of a percent. */
export interface SignedIn {
	user: { id: string; name: string; login: string; role: Role };
	organization: {
		id: string;
		name: string;
		demonstration: boolean;
		target: number;
		versionId: string;
		hasStaffPin: boolean;
	};
	/** When the session was last known to be used; milliseconds. */
	usedAt: number;
}

/** Read with every request and never kept, so that a disabled user is out at once on every node. */
export async function readSession(db: Db, token: string, now: number): Promise<SignedIn | null> {
	const [row] = await db
		.select({ session: sessions, user: users, organization: organizations })
		.from(sessions)
		.innerJoin(users, eq(users.id, sessions.userId))
		.innerJoin(organizations, eq(organizations.id, users.organizationId))
		.where(eq(sessions.tokenHash, tokenHash(token)));
	if (!row || row.user.disabledAt !== null || !isSessionAlive(row.session, now)) return null;
	const { id, name, login, role } = row.user;
	const { id: organizationId, name: organizationName, demonstration, target, versionId, staffPin } = row.organization;
	const hasStaffPin = staffPin !== null;
	return {
		user: { id, name, login, role },
		organization: { id: organizationId, name: organizationName, demonstration, target, versionId, hasStaffPin },
		usedAt: row.session.usedAt
	};
}

/** SHA-256 of a session's token, base64url: all that the database knows of it. */
export function tokenHash(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}

export async function readUserByLogin(db: Db, login: string) {
	const [user] = await db.select().from(users).where(eq(users.login, login));
	return user;
}

/** The newest lines of the audit log with the name of who acted. */
export async function readAuditLines(db: Db, organizationId: string, atMost: number) {
	return db
		.select({
			id: auditLines.id,
			at: auditLines.at,
			action: auditLines.action,
			object: auditLines.object,
			detail: auditLines.detail,
			actorId: auditLines.actorId,
			actorName: users.name
		})
		.from(auditLines)
		.leftJoin(users, eq(users.id, auditLines.actorId))
		.where(eq(auditLines.organizationId, organizationId))
		.orderBy(desc(auditLines.at), desc(auditLines.id))
		.limit(atMost);
}
