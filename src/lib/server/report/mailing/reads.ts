import { and, eq, isNull, lte } from 'drizzle-orm';
import { permits } from '../../../domain/account/right.ts';
import type { Db, Tx } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { organizations } from '../../db/schema/place.ts';
import { reportMailings, reportSubscriptions } from '../../db/schema/report.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import { readGrants } from '../../account/reads.ts';
import type { Mailing } from '../../../domain/report/mailing.ts';

/** Whether somebody gets the reports of an organization, and where to. */
export async function readSubscription(
	db: Db,
	organizationId: string,
	userId: string
): Promise<{ since: number | null; email: string | null }> {
	const { organizationId: organization, userId: user, createdAt } = reportSubscriptions;
	const own = and(eq(user, users.id), eq(organization, organizationId));
	const [row] = await db
		.select({ since: createdAt, email: users.email })
		.from(users)
		.leftJoin(reportSubscriptions, own)
		.where(eq(users.id, userId));
	return { since: row?.since ?? null, email: row?.email?.trim() || null };
}

/** Wards with subscribers from before the mailing was due, to which it has not gone out yet. */
export async function readWaiting(db: Db, { period, dueAt }: Mailing) {
	const gone = and(
		eq(reportMailings.organizationId, organizations.id),
		eq(reportMailings.preset, period.preset),
		eq(reportMailings.fromDay, period.from)
	);
	const rows = await db
		.select({ organization: organizations })
		.from(reportSubscriptions)
		.innerJoin(organizations, eq(organizations.id, reportSubscriptions.organizationId))
		.leftJoin(reportMailings, gone)
		.where(
			and(
				lte(reportSubscriptions.createdAt, dueAt),
				eq(organizations.kind, 'ward'),
				isNull(organizations.archivedAt),
				isNull(reportMailings.mailedAt)
			)
		);
	return [...new Map(rows.map(({ organization }) => [organization.id, organization])).values()];
}

/** Addresses of the subscribers who may still read the report: rights are asked when it goes out, not when somebody subscribed. */
export async function readRecipients(tx: Db | Tx, organizationId: string, dueAt: number): Promise<string[]> {
	const rows = await tx
		.select({ id: users.id, email: users.email })
		.from(reportSubscriptions)
		.innerJoin(users, eq(users.id, reportSubscriptions.userId))
		.where(
			and(
				eq(reportSubscriptions.organizationId, organizationId),
				lte(reportSubscriptions.createdAt, dueAt),
				isNull(users.disabledAt)
			)
		);
	const path = await readOrganizationPath(tx, organizationId);
	const addresses = new Set<string>();
	for (const { id, email } of rows) {
		const { allowed } = permits(await readGrants(tx, id), 'report:read', { path, siteId: null }, id);
		if (allowed && email?.trim()) addresses.add(email.trim());
	}
	return [...addresses].sort();
}
