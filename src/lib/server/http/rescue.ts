import * as v from 'valibot';
import { REQUEST_BYTES, SHEETS_PER_REQUEST } from '../../domain/submission/sheet.ts';
import type { RescueOpen } from '../../domain/terminal/rescue.ts';
import type { Serving } from '../serving.ts';
import { rescueSheets } from '../submission/rescue/writes.ts';
import { json, type Answer, type Call } from './call.ts';
import { countReceipts } from './metrics.ts';
import { Refusal } from './problem.ts';
import { count, parseBody } from './terminal-api.ts';
import { requireRescue } from './terminal-guard.ts';

/** `GET /api/v1/terminals/rescue`, signed: whether a revoked tablet may hand its queue over; 403 as ever while it may not. */
export async function answerRescueState({ db }: Serving, call: Call, now: number): Promise<Answer> {
	const { rescueUntil } = await requireRescue(db, call, now);
	const until = new Date(rescueUntil).toISOString();
	return json({ until, serverTime: new Date(now).toISOString() } satisfies RescueOpen);
}

/** The sheets themselves are looked at by people; empty where nothing waits any more and only that is said. */
const rescueSchema = v.object({ made: count, queued: count, sheets: v.array(v.unknown()) });

/** `POST /api/v1/terminals/rescue`, signed: the queue of a revoked tablet, into quarantine; a receipt for each sheet in order. */
export async function answerRescue({ db }: Serving, call: Call, now: number): Promise<Answer> {
	if (call.body.length > REQUEST_BYTES) throw new Refusal('body-too-large');
	const terminal = await requireRescue(db, call, now);
	const { sheets, ...standing } = parseBody(call, rescueSchema);
	if (sheets.length > SHEETS_PER_REQUEST) throw new Refusal('too-many-sheets');
	const receipts = await rescueSheets(db, terminal, sheets, standing, now);
	countReceipts(receipts);
	return json(receipts);
}
