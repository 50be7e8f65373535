import { and, eq, isNull, lt } from 'drizzle-orm';
import { lastForgotten, type CitizenRequest } from '../../../domain/casework/request.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { addDays, formatDay, HOUR_MS, localDay, startOfLocalDay } from '../../../domain/shared/time.ts';
import { mayAccuse } from '../../../domain/submission/comment/allegation.ts';
import { noteEvent } from '../../account/audit/writes.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { cases } from '../../db/schema/casework.ts';
import { citizenRequests } from '../../db/schema/survey.ts';
import type { Secret } from '../../secret/secret.ts';
import { openCase } from '../cases/writes.ts';
import type { StoredRequest } from './reads.ts';
import { openRequest, sealRequest } from './sealing.ts';

export interface NewRequest extends CitizenRequest {
	/** The form's. */
	id: string;
	organizationId: string;
}

/** Who writes it down: its sender, or somebody at a counter, who may say that it is for the head alone. */
export interface Receiver {
	actorId: string;
	siteId: string;
	toHead: boolean;
}

/**
 * Keeps a request by its day alone, and opens its case. The same form sent again is the same request; with other words in it, it is
 * refused, so that nothing that was sent is lost or changed.
 */
export async function keepRequest(
	db: Db,
	secret: Secret,
	{ id, organizationId, ...request }: NewRequest,
	now: number,
	by: Receiver = { actorId: 'citizen', siteId: '', toHead: false }
): Promise<Outcome<'kept' | 'duplicate', 'sent-otherwise'>> {
	const sealed = sealRequest(secret, { id, organizationId }, request);
	const row = { id, organizationId, sealed, day: localDay(now), state: 'new' as const };
	const standing = await commit(db, async (tx) => {
		const [kept] = await tx.insert(citizenRequests).values(row).onConflictDoNothing().returning();
		if (kept) await openItsCase(tx, secret, { id, organizationId, ...request }, now, by);
		return kept ? null : (await tx.select().from(citizenRequests).where(eq(citizenRequests.id, id)))[0];
	});
	if (standing === null) return { ok: true, value: 'kept' };
	const first = standing.organizationId === organizationId ? openRequest(secret, standing) : null;
	return first && sameRequest(first, request)
		? { ok: true, value: 'duplicate' }
		: { ok: false, reason: 'sent-otherwise' };
}

/**
 * None of its words: what stands in the case is the day. Its clock begins with the hour it came in, because nothing that is stored is to say
 * the minute at which somebody was there. What seems to accuse somebody is for the head alone until the head says otherwise.
 */
async function openItsCase(tx: Tx, secret: Secret, request: NewRequest, now: number, by: Receiver) {
	const receivedAt = now - (now % HOUR_MS);
	const fresh = {
		...({ source: 'request', class: 'rules', siteId: by.siteId, receivedAt } as const),
		...{ organizationId: request.organizationId, sourceId: request.id },
		toHead: by.toHead || mayAccuse(request.text),
		subject: `Phản ánh, kiến nghị ngày ${formatDay(localDay(now))}`
	};
	await openCase(tx, secret, fresh, { actorId: by.actorId, now: receivedAt });
}

/** Requests that wait since a version that knew no cases get theirs, from the day they came on; of all others nothing is done. */
export async function openCasesOfOlder(db: Db, secret: Secret) {
	const its = and(eq(cases.organizationId, citizenRequests.organizationId), eq(cases.sourceId, citizenRequests.id));
	const older = await db
		.select({ request: citizenRequests })
		.from(citizenRequests)
		.leftJoin(cases, and(its, eq(cases.source, 'request')))
		.where(and(eq(citizenRequests.state, 'new'), isNull(cases.id)));
	const by = { actorId: 'system', siteId: '', toHead: false };
	for (const { request } of older) {
		const { id, organizationId, day } = request;
		// One that cannot be opened any more is looked at by the head.
		const sent = openRequest(secret, request);
		const fresh = { ...(sent ?? { name: '', address: '', phone: '', text: '' }), id, organizationId };
		const of = { ...by, toHead: sent === null };
		await commit(db, (tx) => openItsCase(tx, secret, fresh, startOfLocalDay(day), of));
	}
}

const sameRequest = (a: CitizenRequest, b: CitizenRequest) =>
	a.name === b.name && a.address === b.address && a.phone === b.phone && a.text === b.text;

interface ByStaff {
	organizationId: string;
	actorId: string;
	now: number;
}

/**
 * Who reads whose contact data, noted before it is shown: unlike a look at figures, one that cannot be noted does not happen. The
 * line names the request by its id and day, never its sender.
 */
export async function noteOpening(db: Db, request: StoredRequest, by: ByStaff) {
	await noteEvent(db, { ...by, action: 'request-opened', object: request.id, detail: sayDay(request.day) });
}

const sayDay = (day: string) => `đơn gửi ngày ${formatDay(day)}`;

/** Forgets what was dealt with so long ago that nobody has to look it up any more. */
export async function forgetRequests(db: Db, now: number) {
	const kept = startOfLocalDay(addDays(lastForgotten(localDay(now)), 1));
	const forgotten = and(eq(citizenRequests.state, 'done'), lt(citizenRequests.doneAt, kept));
	await commit(db, (tx) => tx.delete(citizenRequests).where(forgotten));
}
