import { and, eq } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { AuditAction } from '../../../domain/account/audit.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import type { Tx } from '../../db/db.ts';

/** Steps that sites, counters, fields and officers share: they are looked up, archived and taken back alike. */

/** Who changes something, in which organization; milliseconds. */
export interface Change {
	organizationId: string;
	changedBy: string;
	now: number;
}

type Shelved = SQLiteTable & { id: SQLiteColumn; organizationId: SQLiteColumn; archivedAt: SQLiteColumn };

/** One change of an organization's places at a time: a name that is looked for is still free when it is taken. */
export async function lockPlaces(tx: Tx, organizationId: string) {
	await lock(tx, [`places ${organizationId}`]);
}

/** The row of that id, where it belongs to that organization: an id of somebody else's is no id. */
export async function ownRow<T extends Shelved>(
	tx: Tx,
	table: T,
	organizationId: string,
	id: string
): Promise<InferSelectModel<T> | undefined> {
	const own = and(eq(table.id, id), eq(table.organizationId, organizationId));
	const [row] = await tx
		.select()
		.from(table as SQLiteTable)
		.where(own);
	return row as InferSelectModel<T> | undefined;
}

/**
 * An insert that met something: the very same creation sent again is what was wanted; any other row of this id belongs to another
 * organization; otherwise the name, number or code stands in the way.
 */
export async function whyNotAdded<T extends Shelved, Taken extends string>(
	tx: Tx,
	table: T,
	{ organizationId, id }: { organizationId: string; id: string },
	taken: Taken
): Promise<Outcome<null, Taken | 'form-stale'>> {
	if (await ownRow(tx, table, organizationId, id)) return { ok: true, value: null };
	const [foreign] = await tx.select({ id: table.id }).from(table).where(eq(table.id, id));
	return { ok: false, reason: foreign ? 'form-stale' : taken };
}

/** Archives a row, or takes it back (`archivedAt` null), with its line; asked for twice it happens once. */
export async function shelve<T extends Shelved>(
	tx: Tx,
	table: T,
	row: { id: string; archivedAt: number | null; label: string },
	{ organizationId, changedBy, now }: Change,
	archivedAt: number | null
) {
	if ((row.archivedAt === null) === (archivedAt === null)) return;
	await tx
		.update(table as SQLiteTable)
		.set({ archivedAt } as never)
		.where(eq(table.id, row.id));
	const action: AuditAction = archivedAt === null ? 'restored' : 'archived';
	const line = { organizationId, actorId: changedBy, action, object: row.id, detail: row.label, now };
	await writeAuditLine(tx, line);
}

/** 'Tên cũ → Tên mới', or the one name where it stays. */
export function renaming(before: string, after: string): string {
	return before === after ? after : `${before} → ${after}`;
}
