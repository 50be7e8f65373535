import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '../../db/db.ts';
import { officers } from '../../db/schema/place.ts';
import { objections } from '../../db/schema/publication.ts';

const { id, from, to, text, createdAt, state, answer, answeredAt } = objections;

/** An officer's own, by the first day of the week they are about. */
export async function readOwnObjections(db: Db, organizationId: string, officerId: string) {
	const rows = await db
		.select({ from, text, state, answer })
		.from(objections)
		.where(and(eq(objections.organizationId, organizationId), eq(objections.officerId, officerId)));
	return new Map(rows.map((row) => [row.from, row]));
}

/** For whoever answers them: what is open first, the newest first. */
export function readObjections(db: Db, organizationId: string) {
	return db
		.select({ id, from, to, text, createdAt, state, answer, answeredAt, officer: officers.name })
		.from(objections)
		.leftJoin(officers, eq(officers.id, objections.officerId))
		.where(eq(objections.organizationId, organizationId))
		.orderBy(sql`case when ${state} = 'open' then 0 else 1 end`, desc(createdAt), desc(id));
}
