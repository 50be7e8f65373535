import { REQUEST_BYTES, SHEETS_PER_REQUEST } from '../../domain/submission/sheet.ts';
import type { Db } from '../db/db.ts';
import { acceptSheets } from '../submission/writes.ts';
import { json, parseJson, type Answer, type Call } from './call.ts';
import { countReceipts } from './metrics.ts';
import { Refusal } from './problem.ts';
import { requireTerminal } from './terminal-guard.ts';

/** `POST /api/v1/submissions`: 1..500 sheets from a paired tablet, a receipt for each in order. */
export async function receiveSheets(db: Db, call: Call, now: number): Promise<Answer> {
	if (call.body.length > REQUEST_BYTES) throw new Refusal('body-too-large');
	if (!/^application\/json\b/i.test(call.header('content-type') ?? '')) throw new Refusal('content-type');
	const terminal = await requireTerminal(db, call);
	const { sheets } = (parseJson(call.body) ?? {}) as { sheets?: unknown };
	if (!Array.isArray(sheets) || sheets.length === 0) throw new Refusal('sheets-missing');
	if (sheets.length > SHEETS_PER_REQUEST) throw new Refusal('too-many-sheets');
	const receipts = await acceptSheets(db, terminal, sheets, now);
	countReceipts(receipts);
	return json(receipts);
}
