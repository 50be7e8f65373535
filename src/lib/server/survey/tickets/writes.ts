import { randomBytes } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { addDays, formatDay, localDay, type Shift } from '../../../domain/shared/time.ts';
import { ticketCode } from '../../../domain/survey/code.ts';
import { TICKET_KEPT_DAYS } from '../../../domain/survey/ticket.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { insertNew } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { counters, fields, officers } from '../../db/schema/place.ts';
import { ticketBatches, tickets } from '../../db/schema/survey.ts';
import { ownRow, type Change } from '../../place/shelf/writes.ts';
import type { Serving } from '../../serving.ts';

/** What tickets are for: what their sheets will count for, whoever answers. */
export interface TicketAim {
	counterId: string;
	/** '' where it names none. */
	fieldId: string;
	officerId: string;
	versionId: string;
	/** The local day and shift of issue; '' where they are printed ahead: then those of the answer. */
	day: string;
	shift: Shift | '';
	/** The last local day on which they are good. */
	expiresOn: string;
}

export interface NewBatch extends Change, TicketAim {
	/** Comes with the form: a form sent twice makes one batch, and shows its codes once. */
	id: string;
	kind: 'sheet' | 'visit';
	/** What it is called in the list; '' where the counter says enough. */
	name: string;
	count: number;
}

export type AimProblem = 'counter-unknown' | 'field-unknown' | 'officer-unknown';

/**
 * Makes tickets and gives back their codes, which are nowhere else from then on: the table has their HMAC, the log their number. The
 * caller has judged the count and the days, and that the organization may use the version.
 */
export async function makeTickets(
	{ db, secret }: Pick<Serving, 'db' | 'secret'>,
	batch: NewBatch
): Promise<Outcome<{ codes: string[] }, AimProblem | 'form-stale'>> {
	const { organizationId, changedBy, now, id, kind, name, count, counterId, versionId, expiresOn } = batch;
	const { fieldId, officerId } = batch;
	const codes = Array.from({ length: count }, () => newTicketCode(() => randomBytes(8)));
	return commit(db, async (tx) => {
		const aim = await checkAim(tx, batch);
		if (!aim.ok) return aim;
		const own = { counterId, fieldId, officerId, versionId, expiresOn };
		const [added] = await tx
			.insert(ticketBatches)
			.values({ id, organizationId, kind, name, made: count, ...own, createdAt: now, createdBy: changedBy })
			.onConflictDoNothing()
			.returning({ id: ticketBatches.id });
		if (!added) return { ok: false, reason: 'form-stale' };
		const rows = codes.map((code) => ({
			hash: secret.mark('ticket', code),
			...ticketOf(batch, aim.value.siteId),
			batchId: id
		}));
		if ((await insertNew(tx, tickets, rows)).length < count) throw new Error('Two tickets have one code.');
		const detail = `${count} mã, ${aim.value.label}, hết hạn ${formatDay(expiresOn)}`;
		const line = { action: 'tickets-made', object: id, detail } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: { codes } };
	});
}

/** Voids what of a batch is still open. Nothing says how many that were: it would be how many were answered. */
export function voidBatch(
	db: Db,
	{ organizationId, changedBy, now, id, reason }: Change & { id: string; reason: string }
): Promise<Outcome<null, 'batch-unknown'>> {
	return commit(db, async (tx) => {
		const own = and(eq(ticketBatches.id, id), eq(ticketBatches.organizationId, organizationId));
		const [batch] = await tx.select().from(ticketBatches).where(own);
		if (!batch) return { ok: false, reason: 'batch-unknown' };
		const open = and(eq(tickets.batchId, id), eq(tickets.state, 'open'));
		await tx.update(tickets).set({ state: 'void' }).where(open);
		if (batch.voidedAt !== null) return { ok: true, value: null };
		await tx.update(ticketBatches).set({ voidedAt: now }).where(own);
		const line = { action: 'tickets-voided', object: id, detail: batch.name, reason } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** Once a night: tickets that have been over for so long that nobody asks any more, used or not, and the batches they were made in. */
export function forgetTickets(db: Db, now: number): Promise<void> {
	const before = addDays(localDay(now), -TICKET_KEPT_DAYS);
	return commit(db, async (tx) => {
		await tx.delete(tickets).where(lt(tickets.expiresOn, before));
		await tx.delete(ticketBatches).where(lt(ticketBatches.expiresOn, before));
		if (tx.connection.engine === 'postgres') await writeUsedAnew(tx);
	});
}

/**
 * One step: PostgreSQL keeps with every row which transaction wrote it, which for a ticket and its sheet is the same one, and where
 * it was put. Written anew, all used tickets have one transaction and stand in the order of their hashes.
 */
async function writeUsedAnew(tx: Tx) {
	const used = await tx.delete(tickets).where(eq(tickets.state, 'used')).returning();
	await insertNew(
		tx,
		tickets,
		used.sort((a, b) => (a.hash < b.hash ? -1 : 1))
	);
}

/** A code that can be typed on any phone: of 37 check characters the four that are neither letter nor digit are drawn again. */
export function newTicketCode(bytes: (attempt: number) => Uint8Array): string {
	for (let attempt = 0; ; attempt++) {
		const code = ticketCode(bytes(attempt));
		if (/[0-9a-z]$/.test(code)) return code;
	}
}

/** One step: whether counter, field and officer are the organization's own and in use; with the counter's site, and in words for the log. */
export async function checkAim(
	tx: Tx,
	{ organizationId, counterId, fieldId, officerId }: Pick<Change, 'organizationId'> & TicketAim
): Promise<Outcome<{ siteId: string; label: string }, AimProblem>> {
	const counter = await ownRow(tx, counters, organizationId, counterId);
	if (!counter || counter.archivedAt !== null) return { ok: false, reason: 'counter-unknown' };
	const field = fieldId ? await ownRow(tx, fields, organizationId, fieldId) : null;
	if (field === undefined || (field && field.archivedAt !== null)) return { ok: false, reason: 'field-unknown' };
	const officer = officerId ? await ownRow(tx, officers, organizationId, officerId) : null;
	if (officer === undefined || (officer && officer.archivedAt !== null))
		return { ok: false, reason: 'officer-unknown' };
	const label = [counterLabel(counter), field?.name, officer?.name].filter(Boolean).join(', ');
	return { ok: true, value: { siteId: counter.siteId, label } };
}

/** An open ticket's row, but for its hash and batch. */
export function ticketOf({ organizationId, ...aim }: { organizationId: string } & TicketAim, siteId: string) {
	const { counterId, fieldId, officerId, versionId, day, shift, expiresOn } = aim;
	const place = { siteId, counterId, fieldId, officerId };
	return { organizationId, state: 'open' as const, ...place, versionId, day, shift, expiresOn };
}
