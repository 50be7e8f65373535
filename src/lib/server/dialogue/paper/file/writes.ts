import { and, eq } from 'drizzle-orm';
import type { SheetRefusal } from '../../../../domain/place/import/separator.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { insertNew } from '../../../db/bulk.ts';
import type { Db } from '../../../db/db.ts';
import { keyedBallots, keyings } from '../../../db/schema/dialogue-paper.ts';
import { lastPlace, takeTurn, type KeyingProblem } from '../keying/writes.ts';
import { readKeyings } from '../reads.ts';
import { changeBatch, type PaperChange } from '../writes.ts';
import { hashOfFile, judgeFile, readBatchSheet } from './reads.ts';

export interface ImportedBatch {
	stored: number;
	known: number;
	/** Rows that were not taken: they are keyed by hand. */
	wrong: number;
}

/**
 * Takes a file as the keying of whoever brings it, or as the rest of it. The same file again changes nothing, and never makes the second
 * keying of its batch: two keyings out of one file would agree about its faults.
 */
export const importBatchFile = (db: Db, { userId, now }: PaperChange, batchId: string, bytes: Uint8Array) =>
	changeBatch<ImportedBatch, KeyingProblem | SheetRefusal | 'file-same'>(db, batchId, async (tx, batch) => {
		const sheet = readBatchSheet(bytes);
		if (!sheet.ok) return sheet;
		const fileHash = hashOfFile(bytes);
		const others = (await readKeyings(tx, [batchId])).filter((keying) => keying.userId !== userId);
		if (others.some((keying) => keying.fileHash === fileHash)) return { ok: false, reason: 'file-same' };
		const own = await takeTurn(tx, batch, { userId, now });
		if (!own.ok) return own;
		if (own.value.finishedAt !== null) return { ok: false, reason: 'keying-finished' };
		const { turn } = own.value;
		const { fresh, known, problems } = await judgeFile(tx, batch, userId, sheet.value);
		const last = await lastPlace(tx, batchId, turn);
		const rows = fresh.map(({ row, serial, choices }, i) => ({
			...{ batchId, turn, serial, dialogueId: batch.dialogueId, choices: { ...choices } },
			...{ entry: `${fileHash.slice(0, 24)}-${row}`, place: last + 1 + i }
		}));
		await insertNew(tx, keyedBallots, rows);
		const ownKeying = and(eq(keyings.batchId, batchId), eq(keyings.turn, turn));
		if (rows.length > 0) {
			await tx.update(keyings).set({ fileHash }).where(ownKeying);
			const detail = `tập ${batch.number}, lần ${turn}: ${rows.length} phiếu, SHA-256 ${fileHash}`;
			const line = { organizationId: batch.organizationId, actorId: userId, object: batchId, detail, now };
			await writeAuditLine(tx, { ...line, action: 'paper-file-imported' });
		}
		return { ok: true, value: { stored: rows.length, known, wrong: problems.length } };
	});
