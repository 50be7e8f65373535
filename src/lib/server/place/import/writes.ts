import { and, eq, isNull, lt, ne, or } from 'drizzle-orm';
import type { RowState } from '../../../domain/place/import/cell.ts';
import type { ImportKind } from '../../../domain/place/import/columns.ts';
import type { CounterChange } from '../../../domain/place/import/counters.ts';
import type { OfficerChange } from '../../../domain/place/import/officers.ts';
import type { DutyChange } from '../../../domain/place/import/roster.ts';
import type { SheetRefusal } from '../../../domain/place/import/separator.ts';
import { DAY_MS } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { newId } from '../../account/writes.ts';
import { insertNew, lock, put } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counterFields, counters, duties, importDrafts, officers } from '../../db/schema/place.ts';
import { type Change, readingOf, readPlan, type ReadingWish } from './reads.ts';
import { readSheet } from './sheet.ts';

export interface NewDraft {
	id: string;
	organizationId: string;
	userId: string;
	kind: ImportKind;
	fileName: string;
	bytes: Uint8Array;
	now: number;
}

const LONGEST_FILE_NAME = 120;

/** Keeps a file for the look at it; of one person's looks at one kind the last is kept, and none longer than a day. */
export async function keepDraft(
	db: Db,
	{ bytes, now, fileName, ...draft }: NewDraft
): Promise<{ ok: true } | { ok: false; reason: SheetRefusal }> {
	const sheet = readSheet(bytes);
	if (!sheet.ok) return sheet;
	const content = Buffer.from(bytes).toString('base64');
	const row = { ...draft, fileName: fileName.slice(0, LONGEST_FILE_NAME), content, createdAt: now };
	return commit(db, async (tx) => {
		const replaced = and(
			eq(importDrafts.userId, draft.userId),
			eq(importDrafts.kind, draft.kind),
			ne(importDrafts.id, draft.id),
			isNull(importDrafts.appliedAt)
		);
		await tx.delete(importDrafts).where(or(replaced, lt(importDrafts.createdAt, now - DAY_MS)));
		await tx.insert(importDrafts).values(row).onConflictDoNothing();
		return { ok: true };
	});
}

export type Counts = Record<RowState, number>;

export type Applied =
	| { ok: true; value: { new: number; changed: number } }
	| { ok: false; reason: 'draft-unknown' | 'already' | 'columns-missing' | 'rows-wrong' | 'nothing-new' | 'raced' };

/** Writes all rows of a draft, or none: what stands now decides, not what stood when somebody looked. */
export async function applyDraft(
	db: Db,
	request: {
		organizationId: string;
		userId: string;
		id: string;
		kinds: readonly ImportKind[];
		sites: readonly string[] | null;
		wish: ReadingWish;
		now: number;
	}
): Promise<Applied> {
	const { organizationId, userId, id, kinds, wish, now } = request;
	const own = and(
		eq(importDrafts.id, id),
		eq(importDrafts.organizationId, organizationId),
		eq(importDrafts.userId, userId)
	);
	const [kept] = await db.select().from(importDrafts).where(own);
	// Read before the one writer is taken: the citizens' sheets wait for whoever holds it.
	const reading = kept && kept.appliedAt === null && kinds.includes(kept.kind) ? readingOf(kept, wish) : null;
	const applied = commit(db, async (tx): Promise<Applied> => {
		await lock(tx, [`import ${organizationId}`, `roster ${organizationId}`]);
		const [draft] = await tx.select().from(importDrafts).where(own);
		if (!draft || !kinds.includes(draft.kind)) return { ok: false, reason: 'draft-unknown' };
		if (draft.appliedAt !== null || reading === null) return { ok: false, reason: 'already' };
		const plan = await readPlan(tx, draft, reading, request);
		if (plan === null) return { ok: false, reason: 'columns-missing' };
		if (plan.problems.length > 0) return { ok: false, reason: 'rows-wrong' };
		const changes = plan.rows.flatMap(({ change }) => (change === null ? [] : [change]));
		if (changes.length === 0) return { ok: false, reason: 'nothing-new' };
		await STORE[draft.kind](tx, organizationId, changes);
		// The words of the file are of no more use; that it was brought in is.
		await tx.update(importDrafts).set({ appliedAt: now, content: '' }).where(own);
		const counts = countStates(plan.rows);
		const detail = `${KIND_NAMES[draft.kind]}: thêm ${counts.new}, sửa ${counts.changed}${draft.fileName && ` (${draft.fileName})`}`;
		await writeAuditLine(tx, { organizationId, actorId: userId, action: 'imported', object: id, detail, now });
		return { ok: true, value: { new: counts.new, changed: counts.changed } };
	});
	return applied.catch((thrown): Applied => {
		if (thrown instanceof Raced) return { ok: false, reason: 'raced' };
		throw thrown;
	});
}

/** Somebody else stored the same a moment ago, beside the locks of an import: the whole of it is taken back. */
class Raced extends Error {}

export function countStates(rows: readonly { state: RowState }[]): Counts {
	const counts: Counts = { new: 0, unchanged: 0, changed: 0, wrong: 0 };
	for (const { state } of rows) counts[state]++;
	return counts;
}

const KIND_NAMES: Record<ImportKind, string> = { officers: 'Công chức', counters: 'Quầy', roster: 'Lịch trực' };

const STORE: Record<ImportKind, (tx: Tx, organizationId: string, changes: Change[]) => Promise<void>> = {
	officers: (tx, organizationId, changes) => storeOfficers(tx, organizationId, changes as OfficerChange[]),
	counters: (tx, organizationId, changes) => storeCounters(tx, organizationId, changes as CounterChange[]),
	roster: (tx, organizationId, changes) => storeDuties(tx, organizationId, changes as DutyChange[])
};

async function storeOfficers(tx: Tx, organizationId: string, changes: OfficerChange[]) {
	const standing = new Map(
		(await tx.select().from(officers).where(eq(officers.organizationId, organizationId))).map((row) => [row.id, row])
	);
	const [fresh, changed] = split(changes);
	await put(
		tx,
		officers,
		changed.map((change) => ({ ...standing.get(change.id)!, ...change }))
	);
	await insertAll(
		tx,
		officers,
		fresh.map((officer) => ({ ...officer, organizationId }))
	);
}

async function storeCounters(tx: Tx, organizationId: string, changes: CounterChange[]) {
	const standing = new Map(
		(await tx.select().from(counters).where(eq(counters.organizationId, organizationId))).map((row) => [row.id, row])
	);
	const [fresh, changed] = split(changes);
	await put(
		tx,
		counters,
		changed.map(({ id, name }) => ({ ...standing.get(id)!, name }))
	);
	await insertAll(
		tx,
		counters,
		fresh.map(({ id, siteId, number, name }) => ({ id, siteId, number, name, organizationId }))
	);
	const served = [...changed, ...fresh].filter(({ fieldIds }) => fieldIds !== null);
	for (const { id } of changed.filter(({ fieldIds }) => fieldIds !== null))
		await tx.delete(counterFields).where(eq(counterFields.counterId, id));
	const links = served.flatMap(({ id, fieldIds }) => fieldIds!.map((fieldId) => ({ counterId: id, fieldId })));
	await insertNew(tx, counterFields, links);
}

async function storeDuties(tx: Tx, organizationId: string, changes: DutyChange[]) {
	const rows = changes.map((duty) => ({ ...duty, id: newId(), organizationId, source: 'roster' as const }));
	await insertAll(tx, duties, rows);
}

/** The new ones with an id of their own, and those that stand. */
function split<Each extends { id: string | null }>(changes: Each[]) {
	type Named = Omit<Each, 'id'> & { id: string };
	const fresh = changes.filter(({ id }) => id === null).map((change) => ({ ...change, id: newId() }));
	return [fresh as Named[], changes.filter(({ id }) => id !== null) as unknown as Named[]] as const;
}

async function insertAll<Table extends Parameters<typeof insertNew>[1]>(
	tx: Tx,
	table: Table,
	rows: Parameters<typeof insertNew<Table>>[2]
) {
	const stored = await insertNew(tx, table, rows);
	if (stored.length < rows.length) throw new Raced();
}
