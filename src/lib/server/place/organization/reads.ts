import { and, count, eq, isNull, or } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { compareText } from '../../../domain/shared/text.ts';
import type { Db } from '../../db/db.ts';
import { counters, officers, organizations, sites } from '../../db/schema/place.ts';
import { terminals } from '../../db/schema/terminal.ts';

/** An organization and those right below it, by name, each with what it has at work. */
export async function readOrganizationTree(db: Db, organizationId: string) {
	const rows = await db
		.select({
			id: organizations.id,
			parentId: organizations.parentId,
			kind: organizations.kind,
			name: organizations.name,
			target: organizations.target,
			archivedAt: organizations.archivedAt
		})
		.from(organizations)
		.where(or(eq(organizations.id, organizationId), eq(organizations.parentId, organizationId)));
	const [siteCounts, counterCounts, officerCounts, tabletCounts] = await Promise.all([
		countAtWork(db, sites, sites.archivedAt),
		countAtWork(db, counters, counters.archivedAt),
		countAtWork(db, officers, officers.archivedAt),
		countAtWork(db, terminals, terminals.revokedAt)
	]);
	const known = rows.map((row) => ({
		...row,
		sites: siteCounts.get(row.id) ?? 0,
		counters: counterCounts.get(row.id) ?? 0,
		officers: officerCounts.get(row.id) ?? 0,
		tablets: tabletCounts.get(row.id) ?? 0
	}));
	const below = known.filter(({ id }) => id !== organizationId).sort((a, b) => compareText(a.name, b.name));
	return { top: known.find(({ id }) => id === organizationId)!, below };

	/** Below one organization there are few others; one grouped query beats one a ward. */
	async function countAtWork(
		at: Db,
		table: SQLiteTable & { organizationId: SQLiteColumn },
		ended: SQLiteColumn
	): Promise<Map<string, number>> {
		const found = await at
			.select({ id: table.organizationId, n: count() })
			.from(table)
			.innerJoin(organizations, eq(organizations.id, table.organizationId))
			.where(and(isNull(ended), or(eq(organizations.id, organizationId), eq(organizations.parentId, organizationId))))
			.groupBy(table.organizationId);
		return new Map(found.map(({ id, n }) => [String(id), Number(n)]));
	}
}
