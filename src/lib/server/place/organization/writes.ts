import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { organizations, sites } from '../../db/schema/place.ts';
import { renaming, type Change } from '../shelf/writes.ts';

export interface OrganizationValues {
	name: string;
	/** What is aimed at, in hundredths of a percent. */
	target: number;
}

/**
 * A ward below a province; `organizationId` is the province, whose log says so too. It asks the same questionnaire, and is made-up
 * data where the province is.
 */
export async function addWard(
	db: Db,
	{ organizationId, changedBy, now, id, name, target }: Change & OrganizationValues & { id: string }
): Promise<Outcome<null, 'not-a-province' | 'name-taken' | 'form-stale'>> {
	return commit(db, async (tx) => {
		await lock(tx, [`organizations ${organizationId}`]);
		const province = await organization(tx, organizationId);
		if (!province || province.kind !== 'province' || province.archivedAt !== null)
			return { ok: false, reason: 'not-a-province' };
		const same = await organization(tx, id);
		if (same) return same.parentId === organizationId ? { ok: true, value: null } : { ok: false, reason: 'form-stale' };
		if (await isTaken(tx, organizationId, id, name)) return { ok: false, reason: 'name-taken' };
		const { demonstration, versionId } = province;
		const row = { id, parentId: organizationId, kind: 'ward', name, target, demonstration, versionId } as const;
		const [added] = await tx
			.insert(organizations)
			.values(row)
			.onConflictDoNothing()
			.returning({ id: organizations.id });
		if (!added) return { ok: false, reason: 'form-stale' };
		const line = { actorId: changedBy, action: 'organization-added', object: id, detail: name, now } as const;
		for (const chain of [organizationId, id]) await writeAuditLine(tx, { organizationId: chain, ...line });
		return { ok: true, value: null };
	});
}

/** `organizationId` is the one that changes. */
export async function changeOrganization(
	db: Db,
	{ organizationId, changedBy, now, name, target }: Change & OrganizationValues
): Promise<Outcome<null, 'organization-unknown' | 'name-taken'>> {
	return commit(db, async (tx) => {
		const before = await lockedOrganization(tx, organizationId);
		if (!before || before.archivedAt !== null) return { ok: false, reason: 'organization-unknown' };
		if (before.parentId && (await isTaken(tx, before.parentId, organizationId, name)))
			return { ok: false, reason: 'name-taken' };
		if (before.name === name && before.target === target) return { ok: true, value: null };
		await tx.update(organizations).set({ name, target }).where(eq(organizations.id, organizationId));
		const aim = before.target === target ? '' : `, mục tiêu ${before.target / 100} → ${target / 100}`;
		const detail = `${renaming(before.name, name)}${aim}`;
		const line = { action: 'organization-changed', object: organizationId, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** Refused while there is something at work in it, and for the organization of whoever asks: nobody shuts themselves out. */
export async function archiveOrganization(
	db: Db,
	{ organizationId, changedBy, now }: Change
): Promise<Outcome<null, 'organization-unknown' | 'own-organization' | 'sites-standing' | 'wards-standing'>> {
	return commit(db, async (tx) => {
		const before = await lockedOrganization(tx, organizationId);
		if (!before) return { ok: false, reason: 'organization-unknown' };
		const [asker] = await tx.select().from(users).where(eq(users.id, changedBy));
		if (asker?.organizationId === organizationId || before.parentId === null)
			return { ok: false, reason: 'own-organization' };
		if (before.archivedAt !== null) return { ok: true, value: null };
		const open = and(eq(sites.organizationId, organizationId), isNull(sites.archivedAt));
		const [site] = await tx.select({ id: sites.id }).from(sites).where(open).limit(1);
		if (site) return { ok: false, reason: 'sites-standing' };
		const below = and(eq(organizations.parentId, organizationId), isNull(organizations.archivedAt));
		const [ward] = await tx.select({ id: organizations.id }).from(organizations).where(below).limit(1);
		if (ward) return { ok: false, reason: 'wards-standing' };
		await shelveOrganization(tx, before, { changedBy, now, archivedAt: now });
		return { ok: true, value: null };
	});
}

export async function restoreOrganization(
	db: Db,
	{ organizationId, changedBy, now }: Change
): Promise<Outcome<null, 'organization-unknown' | 'name-taken'>> {
	return commit(db, async (tx) => {
		const before = await lockedOrganization(tx, organizationId);
		if (!before) return { ok: false, reason: 'organization-unknown' };
		if (before.archivedAt === null) return { ok: true, value: null };
		if (before.parentId && (await isTaken(tx, before.parentId, organizationId, before.name)))
			return { ok: false, reason: 'name-taken' };
		await shelveOrganization(tx, before, { changedBy, now, archivedAt: null });
		return { ok: true, value: null };
	});
}

type Organization = typeof organizations.$inferSelect;

/** It stands in both chains: the ward's own, and that of the province it belongs to. */
async function shelveOrganization(
	tx: Tx,
	{ id, parentId, name }: Organization,
	{ changedBy, now, archivedAt }: { changedBy: string; now: number; archivedAt: number | null }
) {
	await tx.update(organizations).set({ archivedAt }).where(eq(organizations.id, id));
	const action = archivedAt === null ? 'restored' : 'archived';
	const line = { actorId: changedBy, action, object: id, detail: name, now } as const;
	for (const organizationId of [parentId, id])
		if (organizationId) await writeAuditLine(tx, { organizationId, ...line });
}

async function organization(tx: Tx, id: string): Promise<Organization | undefined> {
	const [row] = await tx.select().from(organizations).where(eq(organizations.id, id));
	return row;
}

/** Under the locks of its neighbours' names and of its own places, read after they are held. */
async function lockedOrganization(tx: Tx, id: string): Promise<Organization | undefined> {
	const row = await organization(tx, id);
	if (!row) return undefined;
	await lock(tx, [`organizations ${row.parentId ?? id}`, `organizations ${id}`, `places ${id}`]);
	return organization(tx, id);
}

async function isTaken(tx: Tx, parentId: string, id: string, name: string): Promise<boolean> {
	const other = and(
		eq(organizations.parentId, parentId),
		eq(organizations.name, name),
		isNull(organizations.archivedAt),
		ne(organizations.id, id)
	);
	return (await tx.select({ id: organizations.id }).from(organizations).where(other)).length > 0;
}
