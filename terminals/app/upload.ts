// One step of sending what waits. Free of browser globals and imported by relative paths, because the simulator drives the same
// step in Node with stores, networks and clocks of its own: the policy that is tested there is the policy that runs on tablets.
import { nextBatch, padBody, settle } from '../../src/lib/domain/terminal/outbox.ts';
import type { Receipt, Sheet } from '../../src/lib/domain/submission/sheet.ts';
import type { Answer } from './answer.ts';

export interface Refusal {
	id: string;
	code: string;
}

/** Where the sheets wait; `sealed` gives the oldest first, more than one batch where there are more. `settle` is durable. */
export interface SheetStore {
	sealed(): Promise<Sheet[]>;
	settle(remove: readonly string[], refused: readonly Refusal[]): Promise<void>;
}

/** Sends one body to `POST /api/v1/submissions`. */
export type Send = (body: string) => Promise<Answer>;

/** *idle*: nothing waits. *sent*: the server has settled some; `more` still wait. *kept*: nothing was lost, try again later. */
export type UploadStep =
	| { outcome: 'idle' }
	| { outcome: 'sent'; stored: number; refused: number; more: boolean }
	| { outcome: 'kept'; status: number; code: string; retryAfter: number | null };

/**
 * Sends one shuffled, padded batch. A sheet leaves the store only after the server has said `stored` or `duplicate` of it;
 * `quarantined` moves it among the refused; any other answer, or none, leaves everything as it is. `random` gives 0 ≤ x < 1;
 * `beside` is said beside the sheets.
 */
export async function uploadOnce(
	store: SheetStore,
	send: Send,
	random: () => number,
	beside: object = {}
): Promise<UploadStep> {
	const waiting = await store.sealed();
	const batch = nextBatch(waiting, random);
	if (batch.length === 0) return { outcome: 'idle' };
	const { status, code, value, retryAfter } = await send(padBody(JSON.stringify({ ...beside, sheets: batch })));
	const receipts = status === 200 ? receiptsIn(value) : null;
	if (!receipts) return { outcome: 'kept', status, code: status === 200 ? 'answer-unreadable' : code, retryAfter };
	const { remove, refused } = settle(
		batch.map(({ id }) => id),
		receipts
	);
	const settled = remove.length + refused.length;
	if (settled === 0) return { outcome: 'kept', status, code: 'answer-unreadable', retryAfter };
	await store.settle(remove, refused);
	return { outcome: 'sent', stored: remove.length, refused: refused.length, more: waiting.length > settled };
}

// A captive portal answers 200 with a page of its own: only receipts count as an answer.
function receiptsIn(value: unknown): Receipt[] | null {
	const list = Array.isArray(value) ? value : (value as { sheets?: unknown; receipts?: unknown } | null);
	const found = Array.isArray(list) ? list : (list?.sheets ?? list?.receipts);
	return Array.isArray(found) ? (found as Receipt[]) : null;
}
