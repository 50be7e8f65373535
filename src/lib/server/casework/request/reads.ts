import { and, eq } from 'drizzle-orm';
import type { Db } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { citizenRequests } from '../../db/schema/survey.ts';

export type StoredRequest = typeof citizenRequests.$inferSelect;

/** Whom a request may be sent to: a ward that is at work. `open` is false for whoever answers none themselves. */
export async function readAddressee(db: Db, id: string): Promise<{ id: string; name: string; open: boolean } | null> {
	const [row] = await db.select().from(organizations).where(eq(organizations.id, id));
	return row ? { id, name: row.name, open: row.kind === 'ward' && row.archivedAt === null } : null;
}

export async function readRequest(db: Db, organizationId: string, id: string): Promise<StoredRequest | undefined> {
	const its = and(eq(citizenRequests.organizationId, organizationId), eq(citizenRequests.id, id));
	const [row] = await db.select().from(citizenRequests).where(its);
	return row;
}
