import { eq, inArray, max } from 'drizzle-orm';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { keyedBallots, paperBatches, paperDecisions } from '../../db/schema/dialogue-paper.ts';
import { readHeld } from '../hall/reads.ts';
import { readDialogue, type StoredDialogue } from '../reads.ts';
import { areBallotsPrinted } from '../slips/reads.ts';
import { dialogueLock } from '../votes/writes.ts';
import { readBatch, readBatches, type StoredBatch } from './reads.ts';

export interface PaperChange {
	userId: string;
	now: number;
}

export type BatchProblem =
	| 'batch-unknown'
	| 'batch-closed'
	| 'dialogue-not-begun'
	| 'dialogue-closed'
	| 'hall-unknown'
	| 'no-ballots-printed'
	| 'form-stale'
	| 'aside-too-many'
	| 'hall-copy';

/** A pile that was counted, with its number: the next of the dialogue. */
export function addBatch(
	db: Db,
	{ userId, now }: PaperChange,
	batch: { id: string; dialogueId: string; hall: number; counted: number; countedBy: string }
): Promise<Outcome<{ number: number }, BatchProblem>> {
	return commit(db, async (tx) => {
		await lock(tx, [dialogueLock(batch.dialogueId)]);
		const dialogue = (await readDialogue(tx, batch.dialogueId))!;
		const refused = whyNoKeying(dialogue);
		if (refused) return { ok: false, reason: refused };
		if (await readHeld(tx, dialogue.id)) return { ok: false, reason: 'hall-copy' };
		if (batch.hall >= dialogue.halls.length) return { ok: false, reason: 'hall-unknown' };
		if (!(await areBallotsPrinted(tx, dialogue.id))) return { ok: false, reason: 'no-ballots-printed' };
		const [{ last } = { last: null }] = await tx
			.select({ last: max(paperBatches.number) })
			.from(paperBatches)
			.where(eq(paperBatches.dialogueId, dialogue.id));
		const number = (last ?? 0) + 1;
		const { organizationId } = dialogue;
		const [added] = await tx
			.insert(paperBatches)
			.values({ ...batch, organizationId, number, createdAt: now })
			.onConflictDoNothing()
			.returning({ id: paperBatches.id });
		if (!added) return { ok: false, reason: 'form-stale' };
		const detail = `tập ${number}, ${batch.counted} phiếu, người đếm: ${batch.countedBy}`;
		const line = { organizationId, actorId: userId, object: batch.id, detail, now };
		await writeAuditLine(tx, { ...line, action: 'paper-batch-added' });
		return { ok: true, value: { number } };
	});
}

/** Corrects what was counted, and how many sheets are put aside because they cannot be keyed, with why. */
export function recountBatch(
	db: Db,
	change: PaperChange,
	{ id, counted, aside, reason }: { id: string; counted: number; aside: number; reason: string }
): Promise<Outcome<null, BatchProblem>> {
	return changeBatch(db, id, async (tx, { organizationId, number }) => {
		if (aside > counted) return { ok: false, reason: 'aside-too-many' };
		await tx.update(paperBatches).set({ counted, aside, asideReason: reason }).where(eq(paperBatches.id, id));
		const detail = `tập ${number}: ${counted} phiếu, để riêng ${aside}`;
		const line = { organizationId, actorId: change.userId, object: id, detail, reason, now: change.now };
		await writeAuditLine(tx, { ...line, action: 'paper-batch-recounted' });
		return { ok: true, value: null };
	});
}

/** A use case about a batch that is not closed, of a dialogue that is not either; nobody writes about the dialogue meanwhile. */
export function changeBatch<Value, Reason extends string>(
	db: Db,
	id: string,
	work: (
		tx: Tx,
		batch: StoredBatch,
		dialogue: StoredDialogue,
		afterCommit: (say: () => void) => void
	) => Promise<Outcome<Value, Reason | BatchProblem>>,
	which: 'open' | 'closed-too' = 'open'
): Promise<Outcome<Value, Reason | BatchProblem>> {
	return commit(db, async (tx, afterCommit) => {
		const known = await readBatch(tx, id);
		if (!known) return { ok: false, reason: 'batch-unknown' };
		await lock(tx, [dialogueLock(known.dialogueId)]);
		const batch = (await readBatch(tx, id))!;
		const dialogue = (await readDialogue(tx, batch.dialogueId))!;
		const refused = whyNoKeying(dialogue);
		if (refused) return { ok: false, reason: refused };
		if (which === 'open' && batch.closedAt !== null) return { ok: false, reason: 'batch-closed' };
		return work(tx, batch, dialogue, afterCommit);
	});
}

/** Paper is keyed while the dialogue runs and after it, until it is closed for good. */
export function whyNoKeying({ state }: Pick<StoredDialogue, 'state'>) {
	if (state === 'closed') return 'dialogue-closed';
	return state === 'prepared' ? 'dialogue-not-begun' : null;
}

/** One step of the dialogue's closing: what says which serial chose what goes, and what it all came to stays. */
export async function forgetKeyed(tx: Tx, dialogueId: string) {
	const batchIds = (await readBatches(tx, dialogueId)).map(({ id }) => id);
	await tx.delete(keyedBallots).where(eq(keyedBallots.dialogueId, dialogueId));
	if (batchIds.length > 0) await tx.delete(paperDecisions).where(inArray(paperDecisions.batchId, batchIds));
}
