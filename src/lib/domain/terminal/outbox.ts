import { MINUTE_MS } from '../shared/time.ts';
import { RESCUED } from './rescue.ts';
import type { Receipt } from '../submission/sheet.ts';

/** How a tablet (and the simulator) uploads. Random numbers come from outside: `random()` and `random` are 0 ≤ r < 1. */
export const BATCH_SHEETS = 50;
const JITTER_MS = 30_000;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 5 * MINUTE_MS;
/** A wrong Retry-After must not silence a tablet for a day. */
const LONGEST_RETRY_AFTER_MS = 15 * MINUTE_MS;
const BODY_STEP_BYTES = 1024;

/** The oldest sheets of the queue, in random order, so that the order of arrival does not tell the order of citizens. */
export function nextBatch<Queued>(queue: readonly Queued[], random: () => number): Queued[] {
	const batch = queue.slice(0, BATCH_SHEETS);
	for (let last = batch.length - 1; last > 0; last--) {
		const chosen = Math.floor(random() * (last + 1));
		[batch[last], batch[chosen]] = [batch[chosen] as Queued, batch[last] as Queued];
	}
	return batch;
}

/** How long to wait after a sheet is sealed before sending, so that an upload does not tell when somebody tapped. */
export function jitterMs(random: number): number {
	return Math.floor(random * JITTER_MS);
}

/**
 * How long to wait after failure number `attempt` (from 0): doubling from 2 s to 5 min, each shortened by up to half at random so
 * that tablets of one centre do not come back together; never earlier than the server asked.
 */
export function retryDelayMs(attempt: number, random: number, retryAfterSeconds = 0): number {
	const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt, 20));
	const backoff = Math.floor((longest * (1 + random)) / 2);
	const asked = Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, retryAfterSeconds) * 1000 || 0);
	return asked === 0 ? backoff : asked + Math.floor(random * FIRST_RETRY_MS);
}

export interface Settlement {
	/** Durable on the server: may leave the queue. */
	remove: string[];
	/** Quarantined: leave the upload queue but stay on the tablet, visibly. */
	refused: { id: string; code: string }[];
}

/** What the receipts mean for the queue. A sheet without a receipt, and a receipt without a sheet, change nothing. */
export function settle(queueIds: readonly string[], receipts: readonly Receipt[]): Settlement {
	const queued = new Set(queueIds);
	const settlement: Settlement = { remove: [], refused: [] };
	for (const { id, status, code } of receipts) {
		if (id === null || !queued.delete(id)) continue;
		// Rescued is delivered: it waits on the server for people to decide, and nobody looks for it on a withdrawn tablet.
		if (status === 'quarantined' && code === RESCUED) settlement.remove.push(id);
		else if (status === 'quarantined') settlement.refused.push({ id, code: code ?? 'unknown' });
		else if (status === 'stored' || status === 'duplicate') settlement.remove.push(id);
	}
	return settlement;
}

/** The body with spaces up to a whole number of KiB, so that its size does not tell a comment from a tap. */
export function padBody(json: string): string {
	const bytes = new TextEncoder().encode(json).length;
	return json + ' '.repeat((BODY_STEP_BYTES - (bytes % BODY_STEP_BYTES)) % BODY_STEP_BYTES);
}
