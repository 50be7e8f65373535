import { createHash } from 'node:crypto';
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { dutyAt } from '../../../../domain/place/duty.ts';
import { shortId } from '../../../../domain/shared/id.ts';
import type { Outcome } from '../../../../domain/shared/outcome.ts';
import { addDays, formatDay, localDay, shiftOf } from '../../../../domain/shared/time.ts';
import { formatFlags } from '../../../../domain/submission/flag.ts';
import { VISIT_TICKET_DAYS, visitFlags, VISITS_PER_DAY } from '../../../../domain/survey/visit.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { add, find, insertNew, lock } from '../../../db/bulk.ts';
import { commit, type Tx } from '../../../db/db.ts';
import { counterFields, counters, duties, fields, sites } from '../../../db/schema/place.ts';
import { ticketBatches, tickets } from '../../../db/schema/survey.ts';
import type { Change } from '../../../place/shelf/writes.ts';
import type { Serving } from '../../../serving.ts';
import { checkAim, newTicketCode, ticketOf } from '../writes.ts';
import { countLately, readBatchesOfDay } from './reads.ts';

/** What a form of the officer's page names: with who sends it, it makes the ticket's code. */
export interface VisitForm {
	/** Made with the page: a form sent twice is one ticket, and shows its code again. */
	id: string;
	dutyId: string;
	/** '' only where the counter serves no field by name. */
	fieldId: string;
}

export interface NewVisit extends Change, VisitForm {
	/** Whoever asks; the duty must be theirs. */
	officerId: string;
	versionId: string;
}

export type VisitProblem = 'visit-duty-unknown' | 'visit-field-unknown' | 'visit-budget-spent';

type Keeping = Pick<Serving, 'db' | 'secret'>;

/**
 * One ticket for a visit at somebody's home. Officer, counter, day and shift are those of the duty that holds now; only the field is
 * chosen, among the counter's. The answer to a form that is sent again does not depend on what became of its ticket.
 */
export async function makeVisitTicket(
	{ db, secret }: Keeping,
	visit: NewVisit
): Promise<Outcome<{ code: string; expiresOn: string }, VisitProblem>> {
	const { organizationId, changedBy, now, officerId, fieldId, versionId } = visit;
	const today = localDay(now);
	const expiresOn = addDays(today, VISIT_TICKET_DAYS);
	const { code, hash } = codeOf(secret, visit);
	return commit(db, async (tx) => {
		await lock(tx, [`visits ${officerId}`, hash]);
		const [known] = await find(tx, tickets, ['hash'], [{ hash }]);
		if (known) return { ok: true, value: { code, expiresOn: known.expiresOn } };
		const counterId = await ownCounterNow(tx, visit);
		if (counterId === null) return { ok: false, reason: 'visit-duty-unknown' };
		if (!(await servedThere(tx, counterId, fieldId))) return { ok: false, reason: 'visit-field-unknown' };
		const aim = { counterId, fieldId, officerId, versionId, day: today, shift: shiftOf(now), expiresOn };
		const aimed = await checkAim(tx, { organizationId, ...aim });
		if (!aimed.ok) return { ok: false, reason: 'visit-duty-unknown' };
		const batches = await readBatchesOfDay(tx, visit);
		if (batches.reduce((sum, { made }) => sum + made, 0) >= VISITS_PER_DAY)
			return { ok: false, reason: 'visit-budget-spent' };

		const flags = visitFlags(await countLately(tx, visit));
		const batchId = await openBatch(tx, visit.dutyId, today);
		const row = {
			hash,
			...ticketOf({ organizationId, ...aim }, aimed.value.siteId),
			batchId,
			flags: formatFlags(flags)
		};
		if ((await insertNew(tx, tickets, [row])).length === 0) throw new Error('Two tickets have one code.');
		const own = { organizationId, counterId, officerId, versionId, expiresOn };
		const begun = { id: batchId, kind: 'visit', name: '', made: 1, createdAt: now, createdBy: changedBy } as const;
		await add(tx, ticketBatches, [{ ...begun, ...own }], ['made']);
		const detail = [aimed.value.label, flags.length > 0 && 'dồn dập', `hết hạn ${formatDay(expiresOn)}`];
		const line = { action: 'visit-ticket-made', object: officerId, detail: detail.filter(Boolean).join(', ') } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: { code, expiresOn } };
	});
}

/**
 * Takes back a ticket that was shown by mistake. One that is used stays used, and neither the answer nor the log nor the day's budget
 * says so: whoever gave the code would know that it was answered.
 */
export function voidVisitTicket({ db, secret }: Keeping, visit: Change & VisitForm & { officerId: string }) {
	const { organizationId, changedBy, now, officerId } = visit;
	const { hash } = codeOf(secret, visit);
	return commit(db, async (tx): Promise<Outcome<null, 'visit-ticket-unknown'>> => {
		await lock(tx, [hash]);
		const [known] = await find(tx, tickets, ['hash'], [{ hash }]);
		if (known?.organizationId !== organizationId) return { ok: false, reason: 'visit-ticket-unknown' };
		await tx
			.update(tickets)
			.set({ state: 'void' })
			.where(and(eq(tickets.hash, hash), eq(tickets.state, 'open')));
		const line = { action: 'visit-ticket-voided', object: officerId, detail: '' } as const;
		await writeAuditLine(tx, { organizationId, actorId: changedBy, ...line, now });
		return { ok: true, value: null };
	});
}

/** Made from what the form names and who sends it, under the secret: nobody else can name this ticket, and it is stored nowhere. */
function codeOf(secret: Serving['secret'], { changedBy, id, dutyId, fieldId }: Pick<Change, 'changedBy'> & VisitForm) {
	const form = [changedBy, id, dutyId, fieldId];
	const code = newTicketCode((attempt) =>
		Buffer.from(secret.mark('visit-ticket', JSON.stringify([...form, attempt])), 'base64url')
	);
	return { code, hash: secret.mark('ticket', code) };
}

/** The counter of this duty, where it is at a home site, the officer's own, and holds now; else null. */
async function ownCounterNow(tx: Tx, { organizationId, dutyId, officerId, now }: NewVisit): Promise<string | null> {
	const [at] = await tx
		.select({ counterId: duties.counterId })
		.from(duties)
		.innerJoin(counters, eq(counters.id, duties.counterId))
		.innerJoin(sites, eq(sites.id, counters.siteId))
		.where(
			and(
				eq(duties.id, dutyId),
				eq(duties.organizationId, organizationId),
				eq(duties.officerId, officerId),
				eq(sites.kind, 'home'),
				isNull(sites.archivedAt)
			)
		);
	if (!at) return null;
	const lasting = or(isNull(duties.endsAt), gt(duties.endsAt, now));
	const there = await tx
		.select()
		.from(duties)
		.where(and(eq(duties.counterId, at.counterId), lte(duties.startsAt, now), lasting));
	return dutyAt(there, at.counterId, now)?.id === dutyId ? at.counterId : null;
}

async function servedThere(tx: Tx, counterId: string, fieldId: string): Promise<boolean> {
	const served = await tx
		.select({ id: fields.id })
		.from(counterFields)
		.innerJoin(fields, eq(fields.id, counterFields.fieldId))
		.where(and(eq(counterFields.counterId, counterId), isNull(fields.archivedAt)));
	return served.length === 0 ? fieldId === '' : served.some(({ id }) => id === fieldId);
}

/** The batch of a duty and day, whichever node begins it; one that was voided as a whole is followed by another. */
async function openBatch(tx: Tx, dutyId: string, day: string): Promise<string> {
	for (let number = 0; ; number++) {
		const mark = createHash('sha256').update(JSON.stringify(['visit', dutyId, day, number]));
		const id = shortId(mark.digest());
		const [batch] = await find(tx, ticketBatches, ['id'], [{ id }]);
		if (!batch || batch.voidedAt === null) return id;
	}
}
