import { and, count, desc, eq, inArray } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import { pageOf } from '../../../domain/shared/list.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { ticketProblem, type StoredTicket, type TicketProblem } from '../../../domain/submission/direct.ts';
import { isTicketCode, readCode } from '../../../domain/survey/code.ts';
import { usedAtLeast } from '../../../domain/survey/ticket.ts';
import { find } from '../../db/bulk.ts';
import type { Db } from '../../db/db.ts';
import { ticketBatches, tickets } from '../../db/schema/survey.ts';
import { readCounters } from '../../place/reads.ts';
import type { Serving } from '../../serving.ts';

/** Longer than any code with its dashes and spaces; the rest of what somebody pasted is not worth a hash. */
const LONGEST = 64;

/** A ticket that may be answered, or why not; with a problem the ticket is there only for what it may still say. */
export type TicketLook = { ticket: StoredTicket; problem: null } | { ticket: null; problem: TicketProblem };

/**
 * What a typed or scanned code opens. Every miss does the same work, a hash and one look into the table: how long it takes does not
 * tell a slip from a guess. Writes nothing.
 */
export async function readTicket(
	{ db, secret }: Pick<Serving, 'db' | 'secret'>,
	typed: string,
	now: number
): Promise<TicketLook> {
	const code = readCode(typed.slice(0, LONGEST));
	const hash = secret.mark('ticket', code);
	const [found] = await find(db, tickets, ['hash'], [{ hash }]);
	const ticket = isTicketCode(code) ? found : undefined;
	const problem = ticketProblem(ticket, localDay(now));
	return problem ? { ticket: null, problem } : { ticket: ticket!, problem: null };
}

export const BATCH_KINDS = ['sheet', 'visit', 'api'] as const;
export type BatchKind = (typeof BATCH_KINDS)[number];

/** One page of an organization's batches, the newest first, with what may be said of how many of their tickets are used. */
export async function readBatches(
	db: Db,
	organizationId: string,
	{ kind, page, now }: { kind: BatchKind | null; page: string | null; now: number }
) {
	const own = eq(ticketBatches.organizationId, organizationId);
	const all = await db
		.select()
		.from(ticketBatches)
		.where(kind ? and(own, eq(ticketBatches.kind, kind)) : own)
		.orderBy(desc(ticketBatches.createdAt), ticketBatches.id);
	const list = pageOf(all, page);
	const used = await readUsed(
		db,
		list.rows.map(({ id }) => id)
	);
	const counters = new Map((await readCounters(db, organizationId)).map((counter) => [counter.id, counter]));
	const today = localDay(now);
	const rows = list.rows.map(({ id, kind, name, made, counterId, expiresOn, createdAt, voidedAt }) => {
		const counter = counters.get(counterId);
		const state = voidedAt !== null ? 'void' : expiresOn < today ? 'expired' : 'open';
		return {
			...{ id, kind, name, made, expiresOn, state: state as 'void' | 'expired' | 'open' },
			counter: counter ? counterLabel(counter) : '',
			day: localDay(createdAt),
			used: usedAtLeast(made, used.get(id) ?? 0)
		};
	});
	return { ...list, rows };
}

async function readUsed(db: Db, ids: string[]): Promise<Map<string, number>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select({ batchId: tickets.batchId, n: count() })
		.from(tickets)
		.where(and(inArray(tickets.batchId, ids), eq(tickets.state, 'used')))
		.groupBy(tickets.batchId);
	return new Map(rows.map(({ batchId, n }) => [batchId, Number(n)]));
}
