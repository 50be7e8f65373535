import { hash } from 'node:crypto';
import { and, eq, ne } from 'drizzle-orm';
import {
	BATCH_FILE_LIMITS,
	readBatchFile,
	type FileBallot,
	type FileProblem
} from '../../../../domain/dialogue/batch-file.ts';
import { isBallotSerial } from '../../../../domain/dialogue/slip.ts';
import type { SheetRefusal } from '../../../../domain/place/import/separator.ts';
import type { Outcome } from '../../../../domain/shared/outcome.ts';
import type { Db, Tx } from '../../../db/db.ts';
import { keyedBallots } from '../../../db/schema/dialogue-paper.ts';
import { readSheet, type Sheet } from '../../../place/import/sheet.ts';
import { readRuns } from '../../slips/reads.ts';
import { readKeyed, readKeyings, readPaperAgenda, type StoredBatch } from '../reads.ts';

export const hashOfFile = (bytes: Uint8Array) => hash('sha256', bytes, 'hex');

export const readBatchSheet = (bytes: Uint8Array): Outcome<Sheet, SheetRefusal> =>
	readSheet(bytes, undefined, BATCH_FILE_LIMITS);

/** What of a file would be stored now in the keying of whoever brings it. */
export interface FileVerdict {
	fresh: FileBallot[];
	/** Ballots that stand in this keying already, word for word. */
	known: number;
	problems: FileProblem[];
}

/** Holds a file against the batch, its printed serials, and what is keyed. */
export async function judgeFile(
	db: Db | Tx,
	batch: StoredBatch,
	userId: string,
	{ rows }: Sheet
): Promise<FileVerdict> {
	const runs = await readRuns(db, batch.dialogueId);
	const agenda = await readPaperAgenda(db, batch.dialogueId);
	const { ballots, problems } = readBatchFile(rows, agenda, (serial) => isBallotSerial(runs, serial));
	const mine = (await readKeyings(db, [batch.id])).find((keying) => keying.userId === userId);
	const own = new Map(
		mine ? (await readKeyed(db, batch.id, mine.turn)).map(({ serial, choices }) => [serial, choices]) : []
	);
	const others = await db
		.selectDistinct({ serial: keyedBallots.serial })
		.from(keyedBallots)
		.where(and(eq(keyedBallots.dialogueId, batch.dialogueId), ne(keyedBallots.batchId, batch.id)));
	const elsewhere = new Set(others.map(({ serial }) => serial));
	const verdict: FileVerdict = { fresh: [], known: 0, problems: [...problems] };
	for (const ballot of ballots) {
		const before = own.get(ballot.serial);
		const wrong = (code: FileProblem['code']) =>
			verdict.problems.push({ row: ballot.row, question: null, code, text: String(ballot.serial) });
		if (elsewhere.has(ballot.serial)) wrong('serial-elsewhere');
		else if (!before) verdict.fresh.push(ballot);
		else if (agenda.every(({ id }) => before[id] === ballot.choices[id])) verdict.known++;
		else wrong('serial-differs');
	}
	verdict.problems.sort((a, b) => a.row - b.row);
	return verdict;
}
