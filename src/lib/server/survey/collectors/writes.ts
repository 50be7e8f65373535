import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { posterCode } from '../../../domain/survey/code.ts';
import type { AimChoice, CollectorAim } from '../../../domain/survey/collector.ts';
import type { AuditAction } from '../../../domain/account/audit.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters, fields, officers, sites } from '../../db/schema/place.ts';
import { collectors } from '../../db/schema/survey.ts';
import { ownRow, renaming, type Change } from '../../place/shelf/writes.ts';
import { readUsableVersions } from '../reads.ts';
import { readCollector } from './reads.ts';

export interface NewCollector extends Change {
	/** Comes with the form, so that a form sent twice makes one poster. */
	id: string;
	name: string;
	aim: AimChoice;
	/** null: whatever version the organization uses at the time. */
	versionId: string | null;
}

export type CollectorRefusal = 'aim-unknown' | 'version-unknown' | 'form-stale';

/** A poster with a code that nobody has had before; its sheets count for what it is about, which never changes. */
export async function addCollector(
	db: Db,
	{ organizationId, changedBy, now, id, name, aim: choice, versionId }: NewCollector,
	random: (length: number) => Uint8Array = randomBytes
): Promise<Outcome<null, CollectorRefusal>> {
	const usable = versionId === null ? [] : await readUsableVersions(db, organizationId);
	if (versionId !== null && !usable.some((version) => version.id === versionId))
		return { ok: false, reason: 'version-unknown' };
	return commit(db, async (tx) => {
		const aim = await ownAim(tx, organizationId, choice);
		if (!aim) return { ok: false, reason: 'aim-unknown' };
		const row = { id, organizationId, name, versionId, createdAt: now, ...aim.ids };
		const added = await insertUnderFreshCode(tx, row, random);
		if (!added)
			return (await readCollector(tx, organizationId, id))
				? { ok: true, value: null }
				: { ok: false, reason: 'form-stale' };
		const detail = aim.label ? `${name} (${aim.label})` : name;
		const line = { action: 'poster-added', object: id, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

export async function renameCollector(
	db: Db,
	{ organizationId, changedBy, now, id, name }: Change & { id: string; name: string }
): Promise<Outcome<null, 'collector-unknown'>> {
	return commit(db, async (tx) => {
		const before = await lockedCollector(tx, organizationId, id);
		if (!before) return { ok: false, reason: 'collector-unknown' };
		if (before.name === name) return { ok: true, value: null };
		await tx.update(collectors).set({ name }).where(eq(collectors.id, id));
		const line = { action: 'poster-renamed', object: id, detail: renaming(before.name, name) } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** Whoever scans it from now on reads that it is closed; what was answered stays. */
export const closeCollector = (db: Db, change: Change & { id: string }) => setClosed(db, change, change.now);

export const reopenCollector = (db: Db, change: Change & { id: string }) => setClosed(db, change, null);

async function setClosed(
	db: Db,
	{ organizationId, changedBy, now, id }: Change & { id: string },
	closedAt: number | null
): Promise<Outcome<null, 'collector-unknown'>> {
	return commit(db, async (tx) => {
		const before = await lockedCollector(tx, organizationId, id);
		if (!before) return { ok: false, reason: 'collector-unknown' };
		if ((before.closedAt === null) === (closedAt === null)) return { ok: true, value: null };
		await tx.update(collectors).set({ closedAt }).where(eq(collectors.id, id));
		const action: AuditAction = closedAt === null ? 'poster-reopened' : 'poster-closed';
		await writeAuditLine(tx, { organizationId, actorId: changedBy, action, object: id, detail: before.name, now });
		return { ok: true, value: null };
	});
}

const ATTEMPTS = 5;

/** False where the id is taken. A code that another poster has is drawn again: of 10^12 there are, nobody waits long. */
async function insertUnderFreshCode(
	tx: Tx,
	row: Omit<typeof collectors.$inferInsert, 'code'>,
	random: (length: number) => Uint8Array
): Promise<boolean> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const [added] = await tx
			.insert(collectors)
			.values({ ...row, code: posterCode(random(5)) })
			.onConflictDoNothing()
			.returning({ id: collectors.id });
		if (added) return true;
		const [taken] = await tx.select({ id: collectors.id }).from(collectors).where(eq(collectors.id, row.id));
		if (taken) return false;
	}
	throw new Error('No free code for a poster was found.');
}

/** What the sheets will name, where it is the organization's own and in use; with how the log calls it. */
async function ownAim(
	tx: Tx,
	organizationId: string,
	choice: AimChoice
): Promise<{ ids: CollectorAim; label: string } | undefined> {
	const nothing: CollectorAim = { siteId: '', counterId: '', fieldId: '', officerId: '' };
	if (choice.kind === 'organization') return { ids: nothing, label: '' };
	const { kind, id } = choice;
	if (kind === 'counter') {
		const counter = await ownRow(tx, counters, organizationId, id);
		if (!counter || counter.archivedAt !== null) return undefined;
		return { ids: { ...nothing, siteId: counter.siteId, counterId: id }, label: counterLabel(counter) };
	}
	const row = await ownRow(tx, { site: sites, field: fields, officer: officers }[kind], organizationId, id);
	if (!row || row.archivedAt !== null) return undefined;
	return { ids: { ...nothing, [`${kind}Id`]: id }, label: row.name };
}

/** Read after its lock is held: of two who close it at once the second sees it closed. */
async function lockedCollector(tx: Tx, organizationId: string, id: string) {
	await lock(tx, [`collectors ${organizationId}`]);
	return readCollector(tx, organizationId, id);
}
