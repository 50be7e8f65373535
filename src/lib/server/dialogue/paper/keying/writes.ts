import { and, eq, max, ne } from 'drizzle-orm';
import type { Turn } from '../../../../domain/dialogue/batch.ts';
import { readBallot, readTypedSerial } from '../../../../domain/dialogue/keying.ts';
import { isBallotSerial } from '../../../../domain/dialogue/slip.ts';
import type { Outcome } from '../../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import type { Db, Tx } from '../../../db/db.ts';
import { keyedBallots, keyings, paperDecisions } from '../../../db/schema/dialogue-paper.ts';
import { readRuns } from '../../slips/reads.ts';
import { readKeyings, readPaperAgenda, type StoredBatch, type StoredKeying } from '../reads.ts';
import { changeBatch, type PaperChange } from '../writes.ts';

export type KeyingProblem =
	| 'both-taken'
	| 'not-yours'
	| 'keying-finished'
	| 'keying-empty'
	| 'serial-wrong'
	| 'serial-unknown'
	| 'serial-twice'
	| 'serial-elsewhere'
	| 'choice-wrong'
	| 'ballot-unknown';

/** Takes the first keying of a batch that is free; whoever has one already goes on with it, so nobody keys a batch twice. */
export const beginKeying = (db: Db, change: PaperChange, batchId: string) =>
	changeBatch<{ turn: Turn }, KeyingProblem>(db, batchId, async (tx, batch) => {
		const own = await takeTurn(tx, batch, change);
		return own.ok ? { ok: true, value: { turn: own.value.turn } } : own;
	});

/** One step of it. */
export async function takeTurn(
	tx: Tx,
	{ id: batchId, organizationId, number }: StoredBatch,
	{ userId, now }: PaperChange
): Promise<Outcome<Pick<StoredKeying, 'turn' | 'finishedAt'>, 'both-taken'>> {
	const taken = await readKeyings(tx, [batchId]);
	const own = taken.find((keying) => keying.userId === userId);
	if (own) return { ok: true, value: own };
	if (taken.length === 2) return { ok: false, reason: 'both-taken' };
	const turn: Turn = taken[0]?.turn === 1 ? 2 : 1;
	await tx.insert(keyings).values({ batchId, turn, organizationId, userId });
	const line = { organizationId, actorId: userId, object: batchId, detail: `tập ${number}, lần ${turn}`, now };
	await writeAuditLine(tx, { ...line, action: 'paper-keying-begun' });
	return { ok: true, value: { turn, finishedAt: null } };
}

export interface TypedBallot {
	/** Made by the page before it sends: a retry has the same one. */
	entry: string;
	serial: string;
	/** What was keyed, question by question. */
	typed: readonly string[];
}

export interface KeyedReceipt {
	serial: number;
	/** Ballots of this keying. */
	keyed: number;
	status: 'stored' | 'already' | 'changed';
}

/** Stores one ballot of somebody's keying, at once; sent again it is the same ballot, and corrected it is still one. */
export const keyBallot = (db: Db, { userId }: PaperChange, batchId: string, ballot: TypedBallot) =>
	changeBatch<KeyedReceipt, KeyingProblem>(db, batchId, async (tx, batch) => {
		const own = await ownKeying(tx, batchId, userId);
		if (!own.ok) return own;
		const { turn } = own.value;
		const read = await readTyped(tx, batch, ballot);
		if (!read.ok) return read;
		const { serial, choices } = read.value;
		const key = and(eq(keyedBallots.batchId, batchId), eq(keyedBallots.turn, turn), eq(keyedBallots.serial, serial));
		const [before] = await tx.select().from(keyedBallots).where(key);
		if (before && before.entry !== ballot.entry) return { ok: false, reason: 'serial-twice' };
		const same = before && Object.entries(choices).every(([id, choice]) => before.choices[id] === choice);
		if (before && !same) await tx.update(keyedBallots).set({ choices }).where(key);
		const last = await lastPlace(tx, batchId, turn);
		if (!before) {
			// A serial that was corrected is the same sheet: what it was keyed as before goes.
			await tx.delete(keyedBallots).where(and(ofTurn(batchId, turn), eq(keyedBallots.entry, ballot.entry)));
			const row = { batchId, turn, serial, dialogueId: batch.dialogueId, entry: ballot.entry, place: last + 1 };
			await tx.insert(keyedBallots).values({ ...row, choices });
		}
		const keyed = await tx.$count(keyedBallots, ofTurn(batchId, turn));
		const status = same ? 'already' : before ? 'changed' : 'stored';
		return { ok: true, value: { serial, keyed, status } };
	});

const ofTurn = (batchId: string, turn: Turn) => and(eq(keyedBallots.batchId, batchId), eq(keyedBallots.turn, turn));

/** One step: the place of the ballot that was keyed last; 0 where there is none. */
export async function lastPlace(tx: Tx, batchId: string, turn: Turn): Promise<number> {
	const [row] = await tx
		.select({ last: max(keyedBallots.place) })
		.from(keyedBallots)
		.where(ofTurn(batchId, turn));
	return row?.last ?? 0;
}

async function readTyped(
	tx: Tx,
	batch: StoredBatch,
	{ serial: typedSerial, typed }: TypedBallot
): Promise<Outcome<{ serial: number; choices: Record<string, string> }, KeyingProblem>> {
	const serial = readTypedSerial(typedSerial);
	if (serial === null) return { ok: false, reason: 'serial-wrong' };
	if (!isBallotSerial(await readRuns(tx, batch.dialogueId), serial)) return { ok: false, reason: 'serial-unknown' };
	const read = readBallot(await readPaperAgenda(tx, batch.dialogueId), typed);
	if (!read.ok) return { ok: false, reason: 'choice-wrong' };
	const elsewhere = and(
		eq(keyedBallots.dialogueId, batch.dialogueId),
		eq(keyedBallots.serial, serial),
		ne(keyedBallots.batchId, batch.id)
	);
	const [other] = await tx.select({ batchId: keyedBallots.batchId }).from(keyedBallots).where(elsewhere).limit(1);
	return other ? { ok: false, reason: 'serial-elsewhere' } : { ok: true, value: { serial, choices: read.choices } };
}

/** One step: the unfinished keying of whoever asks. */
async function ownKeying(
	tx: Tx,
	batchId: string,
	userId: string
): Promise<Outcome<StoredKeying, 'not-yours' | 'keying-finished'>> {
	const own = (await readKeyings(tx, [batchId])).find((keying) => keying.userId === userId);
	if (!own) return { ok: false, reason: 'not-yours' };
	return own.finishedAt === null ? { ok: true, value: own } : { ok: false, reason: 'keying-finished' };
}

/** Takes back a ballot of one's own keying. */
export const takeBack = (db: Db, { userId }: PaperChange, batchId: string, serial: number) =>
	changeBatch<null, KeyingProblem>(db, batchId, async (tx) => {
		const own = await ownKeying(tx, batchId, userId);
		if (!own.ok) return own;
		const [gone] = await tx
			.delete(keyedBallots)
			.where(and(ofTurn(batchId, own.value.turn), eq(keyedBallots.serial, serial)))
			.returning({ serial: keyedBallots.serial });
		return gone ? { ok: true, value: null } : { ok: false, reason: 'ballot-unknown' };
	});

/** Says that one's own keying is done, or takes that back while the batch is not closed. */
export const finishKeying = (db: Db, { userId, now }: PaperChange, batchId: string, done: boolean) =>
	changeBatch<null, KeyingProblem>(db, batchId, async (tx, { organizationId, number }) => {
		const own = (await readKeyings(tx, [batchId])).find((keying) => keying.userId === userId);
		if (!own) return { ok: false, reason: 'not-yours' };
		const keyed = await tx.$count(keyedBallots, ofTurn(batchId, own.turn));
		if (done && keyed === 0) return { ok: false, reason: 'keying-empty' };
		if ((own.finishedAt !== null) === done) return { ok: true, value: null };
		await tx
			.update(keyings)
			.set({ finishedAt: done ? now : null })
			.where(and(eq(keyings.batchId, batchId), eq(keyings.turn, own.turn)));
		const detail = `tập ${number}, lần ${own.turn}: ${keyed} phiếu`;
		const action = done ? 'paper-keying-finished' : 'paper-keying-resumed';
		await writeAuditLine(tx, { organizationId, actorId: userId, object: batchId, detail, action, now });
		return { ok: true, value: null };
	});

/** Throws a whole keying away, as when who began it cannot go on; what was settled between two keyings goes with it. */
export const dropKeying = (db: Db, { userId, now }: PaperChange, batchId: string, turn: Turn, reason: string) =>
	changeBatch<null, 'not-yours'>(db, batchId, async (tx, { organizationId, number }) => {
		const own = and(eq(keyings.batchId, batchId), eq(keyings.turn, turn));
		const [gone] = await tx.delete(keyings).where(own).returning({ turn: keyings.turn });
		if (!gone) return { ok: false, reason: 'not-yours' };
		await tx.delete(keyedBallots).where(ofTurn(batchId, turn));
		await tx.delete(paperDecisions).where(eq(paperDecisions.batchId, batchId));
		const detail = `tập ${number}, lần ${turn}`;
		const line = { organizationId, actorId: userId, object: batchId, detail, reason, now };
		await writeAuditLine(tx, { ...line, action: 'paper-keying-dropped' });
		return { ok: true, value: null };
	});
