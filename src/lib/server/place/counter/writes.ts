import { and, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counterFields, counters, duties, fields, sites } from '../../db/schema/place.ts';
import { terminals } from '../../db/schema/terminal.ts';
import { lockPlaces, ownRow, renaming, shelve, whyNotAdded, type Change } from '../shelf/writes.ts';

export interface CounterValues {
	number: string;
	name: string;
	/** The fields it serves. */
	fieldIds: readonly string[];
}

/** The id comes with the form, so that a form sent twice adds one counter. */
export async function addCounter(
	db: Db,
	counter: Change & CounterValues & { id: string; siteId: string }
): Promise<Outcome<null, 'site-unknown' | 'field-unknown' | 'number-taken' | 'form-stale'>> {
	const { organizationId, changedBy, now, id, siteId, number, name, fieldIds } = counter;
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const site = await ownRow(tx, sites, organizationId, siteId);
		if (!site || site.archivedAt !== null) return { ok: false, reason: 'site-unknown' };
		if (!(await areOwnFields(tx, organizationId, fieldIds))) return { ok: false, reason: 'field-unknown' };
		const row = { id, organizationId, siteId, number, name };
		const [added] = await tx.insert(counters).values(row).onConflictDoNothing().returning({ id: counters.id });
		if (!added) return whyNotAdded(tx, counters, row, 'number-taken');
		await serve(
			tx,
			[...new Set(fieldIds)].map((fieldId) => ({ counterId: id, fieldId }))
		);
		const line = { action: 'counter-added', object: id, detail: `${counterLabel(row)}, ${site.name}` } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** A counter keeps its site: what was answered there was counted there. */
export async function changeCounter(
	db: Db,
	{ organizationId, changedBy, now, id, number, name, fieldIds }: Change & CounterValues & { id: string }
): Promise<Outcome<null, 'counter-unknown' | 'field-unknown' | 'number-taken'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const counter = await ownRow(tx, counters, organizationId, id);
		if (!counter || counter.archivedAt !== null) return { ok: false, reason: 'counter-unknown' };
		if (!(await areOwnFields(tx, organizationId, fieldIds))) return { ok: false, reason: 'field-unknown' };
		if (await isTaken(tx, { ...counter, number })) return { ok: false, reason: 'number-taken' };
		const renamed = counter.number !== number || counter.name !== name;
		if (renamed) await tx.update(counters).set({ number, name }).where(eq(counters.id, id));
		const said = await serveExactly(tx, id, fieldIds);
		if (!renamed && said === '') return { ok: true, value: null };
		const detail = [renaming(counterLabel(counter), counterLabel({ number, name })), said].filter(Boolean).join(': ');
		const line = { action: 'counter-changed', object: id, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** One tick of the matrix that was set or taken away. */
export interface ServedChange {
	counterId: string;
	fieldId: string;
	served: boolean;
}

/** Only what somebody changed: two people who fill in the matrix at once keep each other's ticks. */
export async function changeServedFields(
	db: Db,
	{ organizationId, changedBy, now, changes }: Change & { changes: readonly ServedChange[] }
): Promise<Outcome<{ counters: number }, 'counter-unknown' | 'field-unknown'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, organizationId);
		const ofCounter = Map.groupBy(changes, ({ counterId }) => counterId);
		if (
			!(await areOwnFields(
				tx,
				organizationId,
				changes.map(({ fieldId }) => fieldId)
			))
		)
			return { ok: false, reason: 'field-unknown' };
		const known = await tx.select().from(counters).where(eq(counters.organizationId, organizationId));
		const own = new Map(known.map((counter) => [counter.id, counter]));
		if ([...ofCounter.keys()].some((id) => !own.has(id))) return { ok: false, reason: 'counter-unknown' };
		let changed = 0;
		for (const [counterId, its] of ofCounter) {
			const before = await servedBy(tx, counterId);
			const after = new Set(before);
			for (const { fieldId, served } of its)
				if (served) after.add(fieldId);
				else after.delete(fieldId);
			const said = await serveExactly(tx, counterId, [...after]);
			if (said === '') continue;
			changed += 1;
			const detail = `${counterLabel(own.get(counterId)!)}: ${said}`;
			const line = { action: 'counter-changed', object: counterId, detail } as const;
			await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		}
		return { ok: true, value: { counters: changed } };
	});
}

/** Not while a tablet that may send stands on it; whoever was to be on duty there is not, from now on. */
export async function archiveCounter(
	db: Db,
	change: Change & { id: string }
): Promise<{ ok: true; value: { duties: number } } | { ok: false; reason: 'counter-unknown' } | TabletStanding> {
	const { organizationId, now } = change;
	return commit(db, async (tx) => {
		await lock(tx, [`places ${organizationId}`, `roster ${organizationId}`]);
		const counter = await ownRow(tx, counters, organizationId, change.id);
		if (!counter) return { ok: false, reason: 'counter-unknown' };
		const standing = and(eq(terminals.counterId, counter.id), isNull(terminals.revokedAt));
		const [tablet] = await tx.select({ name: terminals.name }).from(terminals).where(standing).limit(1);
		if (tablet) return { ok: false, reason: 'tablet-standing', tablet: tablet.name };
		if (counter.archivedAt !== null) return { ok: true, value: { duties: 0 } };
		const ended = await endDutiesFrom(tx, 'counterId', counter.id, now);
		const label = ended === 0 ? counterLabel(counter) : `${counterLabel(counter)} (kết thúc ${ended} lượt trực)`;
		await shelve(tx, counters, { ...counter, label }, change, now);
		return { ok: true, value: { duties: ended } };
	});
}
type TabletStanding = { ok: false; reason: 'tablet-standing'; tablet: string };

export async function restoreCounter(
	db: Db,
	change: Change & { id: string }
): Promise<Outcome<null, 'counter-unknown' | 'site-archived' | 'number-taken'>> {
	return commit(db, async (tx) => {
		await lockPlaces(tx, change.organizationId);
		const counter = await ownRow(tx, counters, change.organizationId, change.id);
		if (!counter) return { ok: false, reason: 'counter-unknown' };
		const site = await ownRow(tx, sites, change.organizationId, counter.siteId);
		if (!site || site.archivedAt !== null) return { ok: false, reason: 'site-archived' };
		if (await isTaken(tx, counter)) return { ok: false, reason: 'number-taken' };
		await shelve(tx, counters, { ...counter, label: counterLabel(counter) }, change, null);
		return { ok: true, value: null };
	});
}

/** One step, under the lock of the roster: those under way end now, those to come never take place. Returns how many. */
export async function endDutiesFrom(tx: Tx, of: 'counterId' | 'officerId', id: string, now: number): Promise<number> {
	const open = or(isNull(duties.endsAt), and(gt(duties.endsAt, now), gt(duties.endsAt, duties.startsAt)));
	const ended = await tx
		.update(duties)
		.set({ endsAt: sql`case when ${duties.startsAt} > ${now} then ${duties.startsAt} else ${now} end` })
		.where(and(eq(duties[of], id), open))
		.returning({ id: duties.id });
	return ended.length;
}

async function isTaken(tx: Tx, { id, siteId, number }: { id: string; siteId: string; number: string }) {
	const other = and(
		eq(counters.siteId, siteId),
		eq(counters.number, number),
		isNull(counters.archivedAt),
		ne(counters.id, id)
	);
	return (await tx.select({ id: counters.id }).from(counters).where(other)).length > 0;
}

async function areOwnFields(tx: Tx, organizationId: string, fieldIds: readonly string[]): Promise<boolean> {
	const wanted = [...new Set(fieldIds)];
	if (wanted.length === 0) return true;
	const own = and(eq(fields.organizationId, organizationId), inArray(fields.id, wanted));
	return (await tx.select({ id: fields.id }).from(fields).where(own)).length === wanted.length;
}

async function servedBy(tx: Tx, counterId: string): Promise<string[]> {
	const links = await tx.select().from(counterFields).where(eq(counterFields.counterId, counterId));
	return links.map(({ fieldId }) => fieldId);
}

/** Makes these the counter's fields; says in words what changed, '' where nothing did. A link holds no answers: those name the field themselves. */
async function serveExactly(tx: Tx, counterId: string, fieldIds: readonly string[]): Promise<string> {
	const before = await servedBy(tx, counterId);
	const more = [...new Set(fieldIds)].filter((id) => !before.includes(id));
	const less = before.filter((id) => !fieldIds.includes(id));
	if (more.length + less.length === 0) return '';
	await serve(
		tx,
		more.map((fieldId) => ({ counterId, fieldId }))
	);
	if (less.length > 0) {
		const those = and(eq(counterFields.counterId, counterId), inArray(counterFields.fieldId, less));
		await tx.delete(counterFields).where(those);
	}
	const named = await tx
		.select()
		.from(fields)
		.where(inArray(fields.id, [...more, ...less]));
	const nameOf = new Map(named.map(({ id, name }) => [id, name]));
	return [...more.map((id) => `+ ${nameOf.get(id)}`), ...less.map((id) => `− ${nameOf.get(id)}`)].join(', ');
}

async function serve(tx: Tx, links: { counterId: string; fieldId: string }[]) {
	if (links.length > 0) await tx.insert(counterFields).values(links).onConflictDoNothing();
}
