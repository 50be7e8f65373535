import { createHash } from 'node:crypto';
import { shortId } from '../../../../domain/shared/id.ts';
import type { Outcome } from '../../../../domain/shared/outcome.ts';
import { addDays, formatDay, localDay, shiftOf } from '../../../../domain/shared/time.ts';
import { placeFinder, type PlaceProblem, type SaidPlace } from '../../../../domain/submission/import/places.ts';
import { TICKET_DAYS, TICKETS_PER_KEY_AND_DAY } from '../../../../domain/survey/ticket.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { add, find, insertNew, lock } from '../../../db/bulk.ts';
import { commit, type Tx } from '../../../db/db.ts';
import { ticketBatches, tickets } from '../../../db/schema/survey.ts';
import { readCounters, readFields, readOfficers, readSites } from '../../../place/reads.ts';
import type { Serving } from '../../../serving.ts';
import { noteKeyUse } from '../../api-keys/writes.ts';
import type { ApiKey } from '../../api-keys/reads.ts';
import { checkAim, newTicketCode, ticketOf, type AimProblem } from '../writes.ts';

export interface ApiTicket {
	key: ApiKey;
	/** What the system calls this request; the same again is the same ticket. */
	idempotencyKey: string;
	/** Whom and what it is about, by id, number, code or name. */
	said: SaidPlace & { counter: string };
	versionId: string;
	now: number;
}

export type ApiTicketProblem = AimProblem | PlaceProblem | 'ticket-budget-spent';

/**
 * One ticket for the receipt that is being printed. Its code is not drawn but made from the key, the name of the request and what it
 * is about, under the secret: the same request again makes the same code, which is stored nowhere, and finds its ticket. The answer
 * is the same whatever became of the ticket since, or whoever has a key could ask which citizen has answered.
 */
export async function makeApiTicket(
	{ db, secret }: Pick<Serving, 'db' | 'secret'>,
	{ key, idempotencyKey, said, versionId, now }: ApiTicket
): Promise<Outcome<{ code: string; expiresOn: string }, ApiTicketProblem>> {
	const place = await findPlaces(db, key.organizationId, said);
	if (!place.ok) return place;
	const { counterId, fieldId, officerId } = place.value;
	const today = localDay(now);
	const expiresOn = addDays(today, TICKET_DAYS);
	const aim = { counterId, fieldId, officerId, versionId, day: today, shift: shiftOf(now), expiresOn };
	const request = JSON.stringify([key.id, idempotencyKey, counterId, fieldId, officerId]);
	const code = newTicketCode((attempt) =>
		Buffer.from(secret.mark('api-ticket', JSON.stringify([request, attempt])), 'base64url')
	);
	const hash = secret.mark('ticket', code);
	return commit(db, async (tx) => {
		await lock(tx, [`tickets ${key.id}`, hash]);
		const [known] = await find(tx, tickets, ['hash'], [{ hash }]);
		if (known) return { ok: true, value: { code, expiresOn: known.expiresOn } };
		const aimed = await checkAim(tx, { organizationId: key.organizationId, ...aim });
		if (!aimed.ok) return aimed;
		const day = await batchOfDay(tx, key.id, today);
		if (day.made >= TICKETS_PER_KEY_AND_DAY) return { ok: false, reason: 'ticket-budget-spent' };
		const row = { hash, ...ticketOf({ organizationId: key.organizationId, ...aim }, aimed.value.siteId) };
		const stored = await insertNew(tx, tickets, [{ ...row, batchId: day.id }]);
		if (stored.length === 0) throw new Error('Two tickets have one code.');
		const own = { organizationId: key.organizationId, name: key.name, counterId: '', versionId, expiresOn };
		const begun = { id: day.id, kind: 'api', made: 1, createdAt: now, createdBy: key.id, ...own } as const;
		await add(tx, ticketBatches, [begun], ['made']);
		await noteKeyUse(tx, key.id, now);
		if (!day.begun) {
			const detail = `qua API, ngày ${formatDay(today)}, khóa ${key.name}`;
			const line = { action: 'tickets-made', object: day.id, detail } as const;
			await writeAuditLine(tx, { organizationId: key.organizationId, actorId: 'system', ...line, now });
		}
		return { ok: true, value: { code, expiresOn } };
	});
}

/** The batch of a key and day, whichever node begins it, and what the key has made that day; a batch that was voided is followed by another. */
async function batchOfDay(tx: Tx, keyId: string, day: string): Promise<{ id: string; made: number; begun: boolean }> {
	let made = 0;
	for (let number = 0; ; number++) {
		const id = shortId(
			createHash('sha256')
				.update(JSON.stringify([keyId, day, number]))
				.digest()
		);
		const [batch] = await find(tx, ticketBatches, ['id'], [{ id }]);
		made += batch?.made ?? 0;
		if (!batch || batch.voidedAt === null) return { id, made, begun: batch !== undefined };
	}
}

async function findPlaces(
	db: Serving['db'],
	organizationId: string,
	said: SaidPlace & { counter: string }
): Promise<Outcome<{ counterId: string; fieldId: string; officerId: string }, PlaceProblem>> {
	const known = {
		sites: await readSites(db, organizationId),
		counters: await readCounters(db, organizationId),
		fields: await readFields(db, organizationId),
		officers: await readOfficers(db, organizationId)
	};
	const problems: PlaceProblem[] = [];
	const found = placeFinder(known)(said, (_, code) => problems.push(code));
	if (problems.length > 0) return { ok: false, reason: problems[0] };
	return found.counterId ? { ok: true, value: found } : { ok: false, reason: 'counter-unknown' };
}
