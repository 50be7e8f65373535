import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/db.ts';
import { roleGrants, users } from '../../db/schema/account.ts';
import { organizations } from '../../db/schema/place.ts';

/** The administrators of the organizations that stand above all others here, and where they are. */
export async function readKeepers(tx: Tx): Promise<{ organizationId: string; email: string }[]> {
	const rows = await tx
		.select({ organizationId: organizations.id, email: users.email })
		.from(organizations)
		.innerJoin(roleGrants, eq(roleGrants.organizationId, organizations.id))
		.innerJoin(users, eq(users.id, roleGrants.userId))
		.where(
			and(
				isNull(organizations.parentId),
				eq(roleGrants.role, 'administrator'),
				eq(roleGrants.siteId, ''),
				isNull(users.disabledAt)
			)
		);
	const written = rows.flatMap(({ organizationId, email }) =>
		email?.trim() ? [{ organizationId, email: email.trim() }] : []
	);
	return [...new Map(written.map((each) => [each.email, each])).values()];
}
