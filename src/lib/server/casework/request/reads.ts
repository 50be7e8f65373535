import { and, between, count, eq, gte, lt, min } from 'drizzle-orm';
import type { Db } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { citizenRequests } from '../../db/schema/survey.ts';

export type StoredRequest = typeof citizenRequests.$inferSelect;

/** Whom a request may be sent to: a ward that is at work. `open` is false for whoever answers none themselves. */
export async function readAddressee(db: Db, id: string): Promise<{ id: string; name: string; open: boolean } | null> {
	const [row] = await db.select().from(organizations).where(eq(organizations.id, id));
	return row ? { id, name: row.name, open: row.kind === 'ward' && row.archivedAt === null } : null;
}

/** How many wait, since which day the oldest does, and how many of those still kept came or were dealt with inside a period. */
export async function readRequestFigures(
	db: Db,
	organizationId: string,
	{ from, to, since, until }: { from: string; to: string; since: number; until: number }
) {
	const { day, state, doneAt } = citizenRequests;
	const ofThem = eq(citizenRequests.organizationId, organizationId);
	const [open] = await db
		.select({ waiting: count(), waitingSince: min(day) })
		.from(citizenRequests)
		.where(and(ofThem, eq(state, 'new')));
	const [came] = await db
		.select({ n: count() })
		.from(citizenRequests)
		.where(and(ofThem, between(day, from, to)));
	const [done] = await db
		.select({ n: count() })
		.from(citizenRequests)
		.where(and(ofThem, eq(state, 'done'), gte(doneAt, since), lt(doneAt, until)));
	return { ...open, received: came.n, done: done.n };
}

export async function readRequest(db: Db, organizationId: string, id: string): Promise<StoredRequest | undefined> {
	const its = and(eq(citizenRequests.organizationId, organizationId), eq(citizenRequests.id, id));
	const [row] = await db.select().from(citizenRequests).where(its);
	return row;
}
