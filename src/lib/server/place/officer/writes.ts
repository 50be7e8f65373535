import { and, eq, gt, isNull, ne, or } from 'drizzle-orm';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { newId } from '../../account/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { duties, officers, photos } from '../../db/schema/place.ts';
import { endDutiesFrom } from '../counter/writes.ts';
import { lockPlaces, ownRow, renaming, shelve, whyNotAdded, type Change } from '../shelf/writes.ts';
import { makePortrait, type PhotoProblem } from './portrait.ts';

export interface OfficerValues {
	name: string;
	code: string;
	title: string;
	state: 'active' | 'away';
}

/** The id comes with the form, so that a form sent twice adds one officer. */
export async function addOfficer(
	db: Db,
	{ organizationId, changedBy, now, id, ...values }: Change & OfficerValues & { id: string }
): Promise<Outcome<null, 'code-taken' | 'form-stale'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const row = { id, organizationId, ...values };
		const [added] = await tx.insert(officers).values(row).onConflictDoNothing().returning({ id: officers.id });
		if (!added) return whyNotAdded(tx, officers, row, 'code-taken');
		const line = { action: 'officer-added', object: id, detail: values.name } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

export async function changeOfficer(
	db: Db,
	{ organizationId, changedBy, now, id, ...values }: Change & OfficerValues & { id: string }
): Promise<Outcome<null, 'officer-unknown' | 'code-taken'>> {
	const { name, code, title, state } = values;
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const before = await ownRow(tx, officers, organizationId, id);
		if (!before || before.archivedAt !== null) return { ok: false, reason: 'officer-unknown' };
		if (await isTaken(tx, organizationId, id, code)) return { ok: false, reason: 'code-taken' };
		const same = before.name === name && before.code === code && before.title === title && before.state === state;
		if (same) return { ok: true, value: null };
		await tx.update(officers).set({ name, code, title, state }).where(eq(officers.id, id));
		const turned = before.state === state ? '' : state === 'away' ? ' (tạm vắng)' : ' (đang làm việc)';
		const line = { action: 'officer-changed', object: id, detail: `${renaming(before.name, name)}${turned}` } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** The picture is drawn anew before anything is stored; the one it replaces is forgotten (decision 0010). */
export async function setPhoto(
	db: Db,
	{ organizationId, changedBy, now, id, bytes }: Change & { id: string; bytes: Uint8Array }
): Promise<Outcome<{ photoId: string }, 'officer-unknown' | PhotoProblem>> {
	const portrait = await makePortrait(bytes);
	if (!portrait.ok) return portrait;
	const photoId = newId();
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const officer = await ownRow(tx, officers, organizationId, id);
		if (!officer || officer.archivedAt !== null) return { ok: false, reason: 'officer-unknown' };
		await tx.insert(photos).values({ id: photoId, organizationId, data: portrait.value, createdAt: now });
		await replacePhoto(tx, officer, photoId);
		const line = { action: 'officer-changed', object: id, detail: `${officer.name} (ảnh mới)` } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: { photoId } };
	});
}

export async function removePhoto(
	db: Db,
	{ organizationId, changedBy, now, id }: Change & { id: string }
): Promise<Outcome<null, 'officer-unknown'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const officer = await ownRow(tx, officers, organizationId, id);
		if (!officer) return { ok: false, reason: 'officer-unknown' };
		if (officer.photoId === null) return { ok: true, value: null };
		await replacePhoto(tx, officer, null);
		const line = { action: 'officer-changed', object: id, detail: `${officer.name} (bỏ ảnh)` } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

async function replacePhoto(tx: Tx, officer: { id: string; photoId: string | null }, photoId: string | null) {
	await tx.update(officers).set({ photoId }).where(eq(officers.id, officer.id));
	if (officer.photoId) await tx.delete(photos).where(eq(photos.id, officer.photoId));
}

/**
 * Whoever has left. Somebody who is on duty, or is to be, is archived only by whoever knows it (`endDuties`): those duties end now or
 * never take place, and their counters stand without them.
 */
export async function archiveOfficer(
	db: Db,
	{ endDuties, ...change }: Change & { id: string; endDuties: boolean }
): Promise<
	| { ok: true; value: { duties: number } }
	| { ok: false; reason: 'officer-unknown' }
	| { ok: false; reason: 'duties-ahead'; duties: number }
> {
	const { organizationId, id, now } = change;
	return commit(db, async (tx) => {
		await lock(tx, [`places ${organizationId}`, `roster ${organizationId}`]);
		const officer = await ownRow(tx, officers, organizationId, id);
		if (!officer) return { ok: false, reason: 'officer-unknown' };
		if (officer.archivedAt !== null) return { ok: true, value: { duties: 0 } };
		if (!endDuties) {
			const open = or(isNull(duties.endsAt), and(gt(duties.endsAt, now), gt(duties.endsAt, duties.startsAt)));
			const ahead = await tx
				.select({ id: duties.id })
				.from(duties)
				.where(and(eq(duties.officerId, id), open));
			if (ahead.length > 0) return { ok: false, reason: 'duties-ahead', duties: ahead.length };
		}
		const ended = await endDutiesFrom(tx, 'officerId', id, now);
		const label = ended === 0 ? officer.name : `${officer.name} (kết thúc ${ended} lượt trực)`;
		await shelve(tx, officers, { ...officer, label }, change, now);
		return { ok: true, value: { duties: ended } };
	});
}

export async function restoreOfficer(
	db: Db,
	change: Change & { id: string }
): Promise<Outcome<null, 'officer-unknown' | 'code-taken'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, change.organizationId);
		const officer = await ownRow(tx, officers, change.organizationId, change.id);
		if (!officer) return { ok: false, reason: 'officer-unknown' };
		if (await isTaken(tx, change.organizationId, officer.id, officer.code)) return { ok: false, reason: 'code-taken' };
		await shelve(tx, officers, { ...officer, label: officer.name }, change, null);
		return { ok: true, value: null };
	});
}

async function isTaken(tx: Tx, organizationId: string, id: string, code: string): Promise<boolean> {
	if (code === '') return false;
	const other = and(
		eq(officers.organizationId, organizationId),
		eq(officers.code, code),
		isNull(officers.archivedAt),
		ne(officers.id, id)
	);
	return (await tx.select({ id: officers.id }).from(officers).where(other)).length > 0;
}
