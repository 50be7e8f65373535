import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Reach } from '../../../domain/casework/reminder.ts';
import type { Db } from '../../db/db.ts';
import { roleGrants, users } from '../../db/schema/account.ts';
import { cases } from '../../db/schema/casework.ts';
import type { StoredCase } from '../cases/reads.ts';

/** Organizations that have a case. */
export async function readWithCases(db: Db): Promise<string[]> {
	const rows = await db.selectDistinct({ id: cases.organizationId }).from(cases);
	return rows.map(({ id }) => id);
}

/**
 * Who is written to about a case: whoever is named for it, else the supervisors where it lies; one level up the leaders of the ward, and
 * above them those of the province. What is for the head alone goes to leaders only.
 */
export async function readReminded(
	db: Db,
	{ siteId, assigneeId, toHead }: Pick<StoredCase, 'siteId' | 'assigneeId' | 'toHead'>,
	[organizationId, ...above]: readonly string[],
	reach: Reach
): Promise<string[]> {
	const rows = await db
		.select({
			id: users.id,
			email: users.email,
			role: roleGrants.role,
			siteId: roleGrants.siteId,
			at: roleGrants.organizationId
		})
		.from(roleGrants)
		.innerJoin(users, eq(users.id, roleGrants.userId))
		.where(and(inArray(roleGrants.organizationId, [organizationId, ...above]), isNull(users.disabledAt)));
	const here = rows.filter(({ at }) => at === organizationId);
	const leaders = here.filter(({ role }) => role === 'leader');
	const named = here.filter(({ id }) => !toHead && id === assigneeId);
	const desk = here.filter(
		({ role, siteId: own }) => !toHead && role === 'supervisor' && (own === '' || own === siteId)
	);
	const nearest = named.length > 0 ? named : desk.length > 0 ? desk : leaders;
	const province = rows.filter(({ at, role }) => at !== organizationId && role === 'province-leader');
	const told = [...nearest, ...(reach === 'desk' ? [] : leaders), ...(reach === 'province' ? province : [])];
	return [...new Set(told.flatMap(({ email }) => email?.trim() || []))].sort();
}
