import { and, eq, isNull, ne } from 'drizzle-orm';
import { DEFAULT_FIELDS } from '../../../domain/place/field.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { newId } from '../../account/writes.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { fields } from '../../db/schema/place.ts';
import { lockPlaces, ownRow, renaming, shelve, whyNotAdded, type Change } from '../shelf/writes.ts';

export interface FieldValues {
	code: string;
	name: string;
	nameEn: string;
}

/** The id comes with the form, so that a form sent twice adds one field. */
export async function addField(
	db: Db,
	{ organizationId, changedBy, now, id, ...values }: Change & FieldValues & { id: string }
): Promise<Outcome<null, 'code-taken' | 'form-stale'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const row = { id, organizationId, ...values };
		const [added] = await tx.insert(fields).values(row).onConflictDoNothing().returning({ id: fields.id });
		if (!added) return whyNotAdded(tx, fields, row, 'code-taken');
		const line = { action: 'field-added', object: id, detail: labelOf(values) } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** The usual fields, without those whose code the organization uses already. Says how many came. */
export async function addDefaultFields(db: Db, { organizationId, changedBy, now }: Change): Promise<number> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		let added = 0;
		for (const field of DEFAULT_FIELDS) {
			const row = { id: newId(), organizationId, ...field };
			const [fresh] = await tx.insert(fields).values(row).onConflictDoNothing().returning({ id: fields.id });
			if (!fresh) continue;
			added += 1;
			const line = { action: 'field-added', object: row.id, detail: labelOf(field) } as const;
			await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		}
		return added;
	});
}

export async function changeField(
	db: Db,
	{ organizationId, changedBy, now, id, code, name, nameEn }: Change & FieldValues & { id: string }
): Promise<Outcome<null, 'field-unknown' | 'code-taken'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const field = await ownRow(tx, fields, organizationId, id);
		if (!field || field.archivedAt !== null) return { ok: false, reason: 'field-unknown' };
		if (await isTaken(tx, organizationId, id, code)) return { ok: false, reason: 'code-taken' };
		if (field.code === code && field.name === name && field.nameEn === nameEn) return { ok: true, value: null };
		await tx.update(fields).set({ code, name, nameEn }).where(eq(fields.id, id));
		const detail = renaming(labelOf(field), labelOf({ code, name }));
		const line = { action: 'field-changed', object: id, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** Its counters keep the link, so that taking it back restores them; nobody is offered it meanwhile. */
export async function archiveField(db: Db, change: Change & { id: string }): Promise<Outcome<null, 'field-unknown'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, change.organizationId);
		const field = await ownRow(tx, fields, change.organizationId, change.id);
		if (!field) return { ok: false, reason: 'field-unknown' };
		await shelve(tx, fields, { ...field, label: labelOf(field) }, change, change.now);
		return { ok: true, value: null };
	});
}

export async function restoreField(
	db: Db,
	change: Change & { id: string }
): Promise<Outcome<null, 'field-unknown' | 'code-taken'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, change.organizationId);
		const field = await ownRow(tx, fields, change.organizationId, change.id);
		if (!field) return { ok: false, reason: 'field-unknown' };
		if (await isTaken(tx, change.organizationId, field.id, field.code)) return { ok: false, reason: 'code-taken' };
		await shelve(tx, fields, { ...field, label: labelOf(field) }, change, null);
		return { ok: true, value: null };
	});
}

function labelOf({ code, name }: Pick<FieldValues, 'code' | 'name'>): string {
	return `${name} (${code})`;
}

async function isTaken(tx: Tx, organizationId: string, id: string, code: string): Promise<boolean> {
	const other = and(
		eq(fields.organizationId, organizationId),
		eq(fields.code, code),
		isNull(fields.archivedAt),
		ne(fields.id, id)
	);
	return (await tx.select({ id: fields.id }).from(fields).where(other)).length > 0;
}
