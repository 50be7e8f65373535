import { and, eq, isNull, ne } from 'drizzle-orm';
import { areWorkingHours, type WorkingHours } from '../../../domain/place/calendar/hours.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters, sites } from '../../db/schema/place.ts';
import { lockPlaces, ownRow, renaming, shelve, whyNotAdded, type Change } from '../shelf/writes.ts';

export interface SiteValues {
	name: string;
	kind: 'main' | 'satellite' | 'home';
	address: string;
}

/** The id comes with the form, so that a form sent twice adds one site. */
export async function addSite(
	db: Db,
	{ organizationId, changedBy, now, id, ...values }: Change & SiteValues & { id: string }
): Promise<Outcome<null, 'name-taken' | 'form-stale'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const row = { id, organizationId, ...values };
		const [added] = await tx.insert(sites).values(row).onConflictDoNothing().returning({ id: sites.id });
		if (!added) return whyNotAdded(tx, sites, row, 'name-taken');
		const line = { action: 'site-added', object: id, detail: values.name } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

export async function changeSite(
	db: Db,
	{ organizationId, changedBy, now, id, name, kind, address }: Change & SiteValues & { id: string }
): Promise<Outcome<null, 'site-unknown' | 'name-taken'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const site = await ownRow(tx, sites, organizationId, id);
		if (!site || site.archivedAt !== null) return { ok: false, reason: 'site-unknown' };
		if (await isTaken(tx, organizationId, id, name)) return { ok: false, reason: 'name-taken' };
		if (site.name === name && site.kind === kind && site.address === address) return { ok: true, value: null };
		await tx.update(sites).set({ name, kind, address }).where(eq(sites.id, id));
		const line = { action: 'site-changed', object: id, detail: renaming(site.name, name) } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** null: the usual hours. */
export async function setSiteHours(
	db: Db,
	{ organizationId, changedBy, now, id, hours }: Change & { id: string; hours: WorkingHours | null }
): Promise<Outcome<null, 'site-unknown' | 'hours-wrong'>> {
	if (hours !== null && !areWorkingHours(hours)) return { ok: false, reason: 'hours-wrong' };
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const site = await ownRow(tx, sites, organizationId, id);
		if (!site || site.archivedAt !== null) return { ok: false, reason: 'site-unknown' };
		if (JSON.stringify(site.hours) === JSON.stringify(hours)) return { ok: true, value: null };
		await tx.update(sites).set({ hours }).where(eq(sites.id, id));
		const line = { action: 'hours-changed', object: id, detail: site.name } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** Only when its counters are: nobody can be on duty, and no tablet stand, where there is no place. */
export async function archiveSite(
	db: Db,
	change: Change & { id: string }
): Promise<Outcome<null, 'site-unknown' | 'counters-standing'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, change.organizationId);
		const site = await ownRow(tx, sites, change.organizationId, change.id);
		if (!site) return { ok: false, reason: 'site-unknown' };
		const standing = and(eq(counters.siteId, site.id), isNull(counters.archivedAt));
		const [counter] = await tx.select({ id: counters.id }).from(counters).where(standing).limit(1);
		if (counter) return { ok: false, reason: 'counters-standing' };
		await shelve(tx, sites, { ...site, label: site.name }, change, change.now);
		return { ok: true, value: null };
	});
}

export async function restoreSite(
	db: Db,
	change: Change & { id: string }
): Promise<Outcome<null, 'site-unknown' | 'name-taken'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, change.organizationId);
		const site = await ownRow(tx, sites, change.organizationId, change.id);
		if (!site) return { ok: false, reason: 'site-unknown' };
		if (await isTaken(tx, change.organizationId, site.id, site.name)) return { ok: false, reason: 'name-taken' };
		await shelve(tx, sites, { ...site, label: site.name }, change, null);
		return { ok: true, value: null };
	});
}

async function isTaken(tx: Tx, organizationId: string, id: string, name: string): Promise<boolean> {
	const other = and(
		eq(sites.organizationId, organizationId),
		eq(sites.name, name),
		isNull(sites.archivedAt),
		ne(sites.id, id)
	);
	return (await tx.select({ id: sites.id }).from(sites).where(other)).length > 0;
}
