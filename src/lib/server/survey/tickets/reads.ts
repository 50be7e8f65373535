import { localDay } from '../../../domain/shared/time.ts';
import { ticketProblem, type StoredTicket, type TicketProblem } from '../../../domain/submission/direct.ts';
import { isTicketCode, readCode } from '../../../domain/survey/code.ts';
import { find } from '../../db/bulk.ts';
import { tickets } from '../../db/schema/survey.ts';
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
