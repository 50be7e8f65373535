import { localDay, shiftOf } from '../shared/time.ts';
import type { Channel } from './channel.ts';
import type { CheckedSheet } from './check.ts';
import { formatFlags, parseFlags, type Flag } from './flag.ts';
import { sheetKey, type StoredSheet } from './intake.ts';

/** A checked sheet that no tablet brings: from a poster, a ticket, a file. It has no running number and leaves no ledger line. */
export interface DirectArrival {
	organizationId: string;
	channel: Exclude<Channel, 'terminal'>;
	sheet: CheckedSheet;
	storedId: string;
	digest: string;
	/** Where it counts; of a ticket the ticket decides. */
	place: { siteId: string; counterId: string; fieldId: string; officerId: string };
	/** When it counts, milliseconds; of a ticket that knows its day the ticket decides. */
	at: number;
	flags: readonly Flag[];
	/** The HMAC of the ticket that this sheet redeems. */
	ticketHash: string | null;
}

/** A ticket as the table has it. */
export interface StoredTicket {
	hash: string;
	organizationId: string;
	batchId: string;
	state: 'open' | 'used' | 'void';
	siteId: string;
	counterId: string;
	fieldId: string;
	officerId: string;
	versionId: string;
	day: string;
	shift: string;
	expiresOn: string;
	/** Why its sheet will be doubted. */
	flags: string;
}

export type TicketProblem = 'ticket-unknown' | 'ticket-used' | 'ticket-void' | 'ticket-expired';

export interface DirectVerdict {
	arrival: DirectArrival;
	status: 'stored' | 'duplicate' | 'refused';
	/** Of a duplicate: its content differs from what was stored, and what was stored stays. */
	code?: TicketProblem | 'already-answered';
	/** Where the sheet counts that is stored under this id; a refused one counts nowhere. */
	counts?: Pick<StoredSheet, 'day' | 'counterId'>;
}

export interface DirectEffects {
	verdicts: DirectVerdict[];
	newSheets: StoredSheet[];
	/** Tickets as they are stored now: used, and without what they were for. */
	usedTickets: StoredTicket[];
}

/** What a look at a ticket says before anything is answered; `today` is the local day. */
export function ticketProblem(
	ticket: Pick<StoredTicket, 'state' | 'expiresOn'> | undefined,
	today: string
): TicketProblem | null {
	if (!ticket) return 'ticket-unknown';
	if (ticket.state === 'used') return 'ticket-used';
	if (ticket.state === 'void') return 'ticket-void';
	return ticket.expiresOn < today ? 'ticket-expired' : null;
}

/**
 * Judges sheets one after the other against what is stored; writes its own effects into both maps, so that of a hundred who redeem
 * one ticket at once the first has it. A sheet sent again is looked at before its ticket: by then the ticket is used.
 */
export function judgeDirect(
	arrivals: readonly DirectArrival[],
	known: Map<string, Pick<StoredSheet, 'digest' | 'day' | 'counterId'>>,
	tickets: Map<string, StoredTicket>,
	now: number
): DirectEffects {
	const effects: DirectEffects = { verdicts: [], newSheets: [], usedTickets: [] };
	for (const arrival of arrivals) {
		const { organizationId, storedId, digest, ticketHash } = arrival;
		const key = sheetKey(organizationId, storedId);
		const earlier = known.get(key);
		if (earlier) {
			const same = earlier.digest === digest;
			effects.verdicts.push({
				arrival,
				status: 'duplicate',
				counts: earlier,
				...(!same && { code: 'already-answered' })
			});
			continue;
		}
		const named = ticketHash === null ? null : tickets.get(ticketHash);
		const ticket = named && named.organizationId !== organizationId ? undefined : named;
		const problem = ticket === null ? null : ticketProblem(ticket, localDay(now));
		if (problem) {
			effects.verdicts.push({ arrival, status: 'refused', code: problem });
			continue;
		}
		const stored = storedOf(arrival, ticket ?? null);
		known.set(key, stored);
		effects.newSheets.push(stored);
		if (ticket) {
			const used = usedUp(ticket);
			tickets.set(ticket.hash, used);
			effects.usedTickets.push(used);
		}
		effects.verdicts.push({ arrival, status: 'stored', counts: stored });
	}
	return effects;
}

function storedOf(arrival: DirectArrival, ticket: StoredTicket | null): StoredSheet {
	const { organizationId, storedId: id, channel, sheet, digest, flags, at } = arrival;
	const { siteId, counterId, fieldId, officerId } = ticket ?? arrival.place;
	return {
		organizationId,
		id,
		day: ticket?.day || localDay(at),
		shift: (ticket?.shift as StoredSheet['shift']) || shiftOf(at),
		channel,
		siteId,
		counterId,
		fieldId,
		officerId,
		versionId: sheet.versionId,
		locale: sheet.locale,
		answers: sheet.packed,
		reasons: sheet.reasons.join(','),
		digest,
		flags: formatFlags([...flags, ...parseFlags(ticket?.flags ?? '')])
	};
}

function usedUp({ hash, organizationId, batchId, expiresOn }: StoredTicket): StoredTicket {
	const nothing = {
		siteId: '',
		counterId: '',
		fieldId: '',
		officerId: '',
		versionId: '',
		day: '',
		shift: '',
		flags: ''
	};
	return { hash, organizationId, batchId, expiresOn, state: 'used', ...nothing };
}
