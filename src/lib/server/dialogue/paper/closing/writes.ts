import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { missingSheets, type Comparison, type Mismatch } from '../../../../domain/dialogue/batch.ts';
import { readBallot } from '../../../../domain/dialogue/keying.ts';
import { isBallotSerial } from '../../../../domain/dialogue/slip.ts';
import type { Outcome } from '../../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { insertNew, put } from '../../../db/bulk.ts';
import type { Db, Tx } from '../../../db/db.ts';
import { ballots } from '../../../db/schema/dialogue.ts';
import { paperBatches, paperDecisions } from '../../../db/schema/dialogue-paper.ts';
import { announce } from '../../../live/announce.ts';
import type { Secret } from '../../../secret/secret.ts';
import { packUuid } from '../../../submission/writes.ts';
import type { StoredDialogue } from '../../reads.ts';
import { readPacksOut } from '../../hall/reads.ts';
import { readRuns } from '../../slips/reads.ts';
import {
	compareBatch,
	conflictsIn,
	meetBallots,
	readKeyings,
	readPaperAgenda,
	standingKey,
	type Meeting,
	type StoredBatch
} from '../reads.ts';
import { changeBatch, type PaperChange } from '../writes.ts';

export type ClosingProblem =
	| 'dialogue-running'
	| 'not-keyed-twice'
	| 'mismatch-open'
	| 'count-differs'
	| 'serial-unknown'
	| 'serial-elsewhere'
	| 'conflict-open'
	| 'halls-out';

export type MismatchProblem = 'not-keyed-twice' | 'not-third' | 'mismatch-stale' | 'choice-wrong';

/** What a third person says stands: one of the keyings, what they read on the sheet themselves, or that there is no such sheet. */
export interface Settlement {
	serial: number;
	/** The two keyings as they saw them. */
	seen: string;
	stands: 'first' | 'second' | 'typed' | 'none';
	typed: readonly string[];
}

/** Settles where two keyings differ: only somebody who did neither may. */
export const settleMismatch = (db: Db, { userId, now }: PaperChange, batchId: string, said: Settlement) =>
	changeBatch<null, MismatchProblem>(db, batchId, async (tx, batch) => {
		const own = await readKeyings(tx, [batchId]);
		if (own.filter(({ finishedAt }) => finishedAt !== null).length < 2) return { ok: false, reason: 'not-keyed-twice' };
		if (own.some((keying) => keying.userId === userId)) return { ok: false, reason: 'not-third' };
		const { mismatches } = await compareBatch(tx, batch);
		const mismatch = mismatches.find(({ serial, seen }) => serial === said.serial && seen === said.seen);
		if (!mismatch) return { ok: false, reason: 'mismatch-stale' };
		const choices = await choicesOf(tx, batch, mismatch, said);
		if (choices === undefined) return { ok: false, reason: 'choice-wrong' };
		const { serial, seen } = mismatch;
		const row = { batchId, kind: 'mismatch', serial, seen, choices, reason: '', userId, decidedAt: now } as const;
		await put(tx, paperDecisions, [row]);
		const line = { organizationId: batch.organizationId, actorId: userId, object: batchId, now };
		const detail = `tập ${batch.number}, phiếu ${serial}`;
		await writeAuditLine(tx, { ...line, action: 'paper-mismatch-settled', detail });
		return { ok: true, value: null };
	});

/** null: there is no such ballot; undefined: no ballot says so. */
async function choicesOf(tx: Tx, { dialogueId }: StoredBatch, mismatch: Mismatch, { stands, typed }: Settlement) {
	if (stands === 'none') return null;
	if (stands !== 'typed') return mismatch[stands] ? { ...mismatch[stands] } : null;
	const read = readBallot(await readPaperAgenda(tx, dialogueId), typed);
	return read.ok ? read.choices : undefined;
}

/** Says, with a reason, that the votes by phone of these serials stand and their paper does not count beside them. */
export const acknowledgeConflicts = (
	{ db, secret }: { db: Db; secret: Secret },
	{ userId, now }: PaperChange,
	batchId: string,
	{ serials, reason }: { serials: readonly number[]; reason: string }
) =>
	changeBatch<{ acknowledged: number }, ClosingProblem | 'conflict-stale'>(db, batchId, async (tx, batch, dialogue) => {
		const ready = await readyToMeet(tx, secret, batch, dialogue);
		if (!ready.ok) return ready;
		const known = ready.value.meeting.conflicts.filter(({ serial }) => serials.includes(serial));
		if (known.length === 0 || known.length < serials.length) return { ok: false, reason: 'conflict-stale' };
		const rows = known.map(({ serial, seen }) => ({
			...({ batchId, kind: 'conflict', serial, seen, choices: null, reason, userId, decidedAt: now } as const)
		}));
		await put(tx, paperDecisions, rows);
		const detail = `tập ${batch.number}, phiếu ${known.map(({ serial }) => serial).join(', ')}`.slice(0, 400);
		const line = { organizationId: batch.organizationId, actorId: userId, object: batchId, detail, reason, now };
		await writeAuditLine(tx, { ...line, action: 'paper-conflict-settled' });
		return { ok: true, value: { acknowledged: known.length } };
	});

/**
 * Closes a batch where everything adds up: its ballots join the others of their rounds, each under the mark of its slip, so that a serial
 * that has voted by phone is not counted again.
 */
export const closeBatch = ({ db, secret }: { db: Db; secret: Secret }, { userId, now }: PaperChange, batchId: string) =>
	changeBatch<{ ballots: number; conflicts: number }, ClosingProblem>(
		db,
		batchId,
		async (tx, batch, dialogue, afterCommit) => {
			// While a round may still be opened a phone could come after the paper.
			if (dialogue.state !== 'counting') return { ok: false, reason: 'dialogue-running' };
			// What a hall's phones voted goes before its paper, and is not here yet.
			if ((await readPacksOut(tx, dialogue.id)).length > 0) return { ok: false, reason: 'halls-out' };
			const ready = await readyToMeet(tx, secret, batch, dialogue);
			if (!ready.ok) return ready;
			const { compared, meeting } = ready.value;
			if (missingSheets(batch, compared.agreed.length) !== 0) return { ok: false, reason: 'count-differs' };
			const runs = await readRuns(tx, dialogue.id);
			if (!compared.agreed.every(({ serial }) => isBallotSerial(runs, serial)))
				return { ok: false, reason: 'serial-unknown' };
			if (meeting.elsewhere.length > 0) return { ok: false, reason: 'serial-elsewhere' };
			if (meeting.conflicts.some(({ reason }) => reason === null)) return { ok: false, reason: 'conflict-open' };
			const rows = await ballotsOf(tx, batch, compared, meeting);
			if ((await insertNew(tx, ballots, rows)).length < rows.length)
				throw new Error('A ballot of paper stood already.');
			const byRound: Record<string, number> = {};
			for (const id of meeting.conflicts.flatMap(({ roundIds }) => roundIds)) byRound[id] = (byRound[id] ?? 0) + 1;
			const conflicts = conflictsIn(byRound);
			const figures = { ballots: compared.agreed.length, conflicts };
			await tx
				.update(paperBatches)
				.set({ closedAt: now, ballots: figures.ballots, conflicts: byRound })
				.where(eq(paperBatches.id, batchId));
			const detail = `tập ${batch.number}: ${figures.ballots} phiếu, để riêng ${batch.aside}, trùng ${conflicts}`;
			const line = { organizationId: batch.organizationId, actorId: userId, object: batchId, detail, now };
			await writeAuditLine(tx, { ...line, action: 'paper-batch-closed' });
			afterCommit(() => announce(dialogue.id));
			return { ok: true, value: figures };
		}
	);

async function readyToMeet(
	tx: Tx,
	secret: Secret,
	batch: StoredBatch,
	dialogue: StoredDialogue
): Promise<
	Outcome<{ compared: Comparison; meeting: Meeting }, 'not-keyed-twice' | 'mismatch-open' | 'dialogue-closed'>
> {
	const own = await readKeyings(tx, [batch.id]);
	if (own.filter(({ finishedAt }) => finishedAt !== null).length < 2) return { ok: false, reason: 'not-keyed-twice' };
	const compared = await compareBatch(tx, batch);
	if (compared.open > 0) return { ok: false, reason: 'mismatch-open' };
	const meeting = await meetBallots(tx, secret, dialogue, batch, compared.agreed);
	return meeting ? { ok: true, value: { compared, meeting } } : { ok: false, reason: 'dialogue-closed' };
}

/** A ballot for each question of each sheet, blank and spoiled ones too, but where the slip has voted by phone. */
async function ballotsOf(
	tx: Tx,
	{ id: batchId, dialogueId, organizationId, hall }: StoredBatch,
	{ agreed }: Comparison,
	{ voters, standing }: Meeting
): Promise<(typeof ballots.$inferInsert)[]> {
	const agenda = await readPaperAgenda(tx, dialogueId);
	const same = {
		organizationId,
		turn: 1,
		channel: 'live-paper',
		hall,
		level: 'slip',
		suspect: false,
		batchId
	} as const;
	return agreed.flatMap(({ serial, choices }) => {
		const voter = voters.get(serial)!;
		return agenda
			.filter((round) => !standing.has(standingKey(round.id, voter)))
			.map((round) => ({
				...{ ...same, roundId: round.id, voter, id: packUuid(randomUUID()), choice: choices[round.id] ?? '' }
			}));
	});
}

/** Opens a closed batch again, whole: none of its ballots counts until it is closed anew. */
export const reopenBatch = (db: Db, { userId, now }: PaperChange, batchId: string, reason: string) =>
	changeBatch<null, 'batch-open'>(
		db,
		batchId,
		async (tx, batch, dialogue, afterCommit) => {
			if (batch.closedAt === null) return { ok: false, reason: 'batch-open' };
			const { organizationId } = batch;
			const agenda = await readPaperAgenda(tx, dialogue.id);
			const roundIds = agenda.map(({ id }) => id);
			const own = and(eq(ballots.organizationId, organizationId), eq(ballots.batchId, batchId));
			if (roundIds.length > 0) await tx.delete(ballots).where(and(own, inArray(ballots.roundId, roundIds)));
			await tx
				.update(paperBatches)
				.set({ closedAt: null, ballots: 0, conflicts: null })
				.where(eq(paperBatches.id, batchId));
			const detail = `tập ${batch.number}`;
			const line = { organizationId, actorId: userId, object: batchId, detail, reason, now };
			await writeAuditLine(tx, { ...line, action: 'paper-batch-reopened' });
			afterCommit(() => announce(dialogue.id));
			return { ok: true, value: null };
		},
		'closed-too'
	);
