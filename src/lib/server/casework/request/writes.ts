import { and, eq, lt } from 'drizzle-orm';
import type { AuditAction } from '../../../domain/account/audit.ts';
import { lastForgotten, type CitizenRequest, type RequestState } from '../../../domain/casework/request.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { addDays, formatDay, localDay, startOfLocalDay } from '../../../domain/shared/time.ts';
import { noteEvent, writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { citizenRequests } from '../../db/schema/survey.ts';
import type { Secret } from '../../secret/secret.ts';
import type { StoredRequest } from './reads.ts';
import { openRequest, sealRequest } from './sealing.ts';

export interface NewRequest extends CitizenRequest {
	/** The form's. */
	id: string;
	organizationId: string;
}

/**
 * Keeps a request by its day alone. The same form sent again is the same request; with other words in it, it is refused, so that
 * nothing that was sent is lost or changed.
 */
export async function keepRequest(
	db: Db,
	secret: Secret,
	{ id, organizationId, ...request }: NewRequest,
	now: number
): Promise<Outcome<'kept' | 'duplicate', 'sent-otherwise'>> {
	const sealed = sealRequest(secret, { id, organizationId }, request);
	const row = { id, organizationId, sealed, day: localDay(now), state: 'new' as const };
	const standing = await commit(db, async (tx) => {
		const [kept] = await tx.insert(citizenRequests).values(row).onConflictDoNothing().returning();
		return kept ? null : (await tx.select().from(citizenRequests).where(eq(citizenRequests.id, id)))[0];
	});
	if (standing === null) return { ok: true, value: 'kept' };
	const first = standing.organizationId === organizationId ? openRequest(secret, standing) : null;
	return first && sameRequest(first, request)
		? { ok: true, value: 'duplicate' }
		: { ok: false, reason: 'sent-otherwise' };
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

const DEEDS = { new: 'request-reopened', done: 'request-done' } as const satisfies Record<RequestState, AuditAction>;

/** Marks a request as dealt with, or takes it up again; refused where somebody else has done so meanwhile. */
export async function markRequest(
	db: Db,
	{ id, state, ...by }: ByStaff & { id: string; state: RequestState }
): Promise<Outcome<null, 'changed-meanwhile'>> {
	return commit(db, async (tx) => {
		const before: RequestState = state === 'done' ? 'new' : 'done';
		const [marked] = await tx
			.update(citizenRequests)
			.set({ state, doneAt: state === 'done' ? by.now : null })
			.where(
				and(
					eq(citizenRequests.organizationId, by.organizationId),
					eq(citizenRequests.id, id),
					eq(citizenRequests.state, before)
				)
			)
			.returning();
		if (!marked) return { ok: false, reason: 'changed-meanwhile' };
		await writeAuditLine(tx, { ...by, action: DEEDS[state], object: id, detail: sayDay(marked.day) });
		return { ok: true, value: null };
	});
}

const sayDay = (day: string) => `đơn gửi ngày ${formatDay(day)}`;

/** Forgets what was dealt with so long ago that nobody has to look it up any more. */
export async function forgetRequests(db: Db, now: number) {
	const kept = startOfLocalDay(addDays(lastForgotten(localDay(now)), 1));
	const forgotten = and(eq(citizenRequests.state, 'done'), lt(citizenRequests.doneAt, kept));
	await commit(db, (tx) => tx.delete(citizenRequests).where(forgotten));
}
