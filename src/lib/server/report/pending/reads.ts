import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db/db.ts';
import { dailyCounts } from '../../db/schema/report.ts';

const { organizationId, day, channel, siteId, counterId, fieldId, officerId, versionId, itemId, counted, pending } =
	dailyCounts;
const KEY = [organizationId, day, channel, siteId, counterId, fieldId, officerId, versionId, itemId, counted];

/**
 * The daily counts of an organization that are pending. Asked for plainly, SQLite goes through every row that the organization has
 * ever had; so their keys are taken from the index that holds nothing else, and each is looked up.
 */
export function isPending(organization: string, items?: readonly string[]): SQL {
	const key = sql.join(KEY, sql`, `);
	// Written out, for the index is of use only where SQLite can see the 1.
	const own = and(eq(organizationId, organization), sql`${pending} = 1`, items && inArray(itemId, [...items]));
	return sql`(${key}) in (select ${key} from ${dailyCounts} where ${own})`;
}

/** Sheets of all organizations that count and are not released yet. The row of no item counts sheets, all others answers. */
export async function countWithheld(db: Db): Promise<number> {
	const { sheets, rSheets } = dailyCounts;
	const [{ withheld }] = await db
		.select({ withheld: sql<string | number | null>`sum(${sheets} - ${rSheets})` })
		.from(dailyCounts)
		// Written out for the same reason.
		.where(sql`${pending} = 1 and ${counted} = 1 and ${itemId} = ''`);
	return Number(withheld ?? 0);
}
