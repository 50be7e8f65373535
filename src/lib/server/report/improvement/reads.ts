import { and, between, desc, eq, isNull } from 'drizzle-orm';
import type { Improvement } from '../../../domain/report/improvement.ts';
import type { Db } from '../../db/db.ts';
import { improvements } from '../../db/schema/publication.ts';

const { id, criterion, text, day, withdrawnAt } = improvements;
const newestFirst = [desc(improvements.createdAt), desc(id)];

/** What citizens read, newest first. */
export function readImprovements(db: Db, organizationId: string, limit: number): Promise<Improvement[]> {
	return db
		.select({ id, criterion, text, day })
		.from(improvements)
		.where(and(eq(improvements.organizationId, organizationId), isNull(withdrawnAt)))
		.orderBy(...newestFirst)
		.limit(limit);
}

/** What citizens were told inside a period, the newest first. */
export function readImprovementsOf(
	db: Db,
	organizationId: string,
	{ from, to }: { from: string; to: string }
): Promise<Improvement[]> {
	return db
		.select({ id, criterion, text, day })
		.from(improvements)
		.where(and(eq(improvements.organizationId, organizationId), isNull(withdrawnAt), between(day, from, to)))
		.orderBy(...newestFirst);
}

/** All of them, for whoever writes them. */
export function readAllImprovements(db: Db, organizationId: string) {
	return db
		.select({ id, criterion, text, day, withdrawnAt })
		.from(improvements)
		.where(eq(improvements.organizationId, organizationId))
		.orderBy(...newestFirst);
}
