import { randomBytes } from 'node:crypto';
import { and, between, eq, isNull } from 'drizzle-orm';
import { nextSerial } from '../../../domain/dialogue/slip.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { insertNew, lock } from '../../db/bulk.ts';
import { commit, type Db } from '../../db/db.ts';
import { slips } from '../../db/schema/dialogue.ts';
import { keyedBallots, slipRuns } from '../../db/schema/dialogue-paper.ts';
import type { Secret } from '../../secret/secret.ts';
import { newTicketCode } from '../../survey/tickets/writes.ts';
import { readHeld } from '../hall/reads.ts';
import { slipMark } from '../passes/reads.ts';
import { readDialogue, readRounds } from '../reads.ts';
import { dialogueLock } from '../votes/writes.ts';
import { countVoters, readRuns } from './reads.ts';

export interface NewRun {
	/** Comes with the form: a form sent twice makes one run, and shows its codes once. */
	id: string;
	dialogueId: string;
	hall: number;
	count: number;
	/** With a paper ballot of the same serial. */
	ballots: boolean;
	userId: string;
	now: number;
}

export type SlipProblem = 'dialogue-over' | 'hall-unknown' | 'no-paper-round' | 'form-stale' | 'hall-copy';

/** Makes seat slips and gives back their codes, which are nowhere else from then on; their serials follow those of before. */
export async function makeSlips(
	{ db, secret }: { db: Db; secret: Secret },
	{ id, dialogueId, hall, count, ballots, userId, now }: NewRun
): Promise<Outcome<{ codes: string[]; first: number }, SlipProblem>> {
	const codes = Array.from({ length: count }, () => newTicketCode(() => randomBytes(8)));
	return commit(db, async (tx) => {
		await lock(tx, [dialogueLock(dialogueId)]);
		const dialogue = (await readDialogue(tx, dialogueId))!;
		const { organizationId, state, halls } = dialogue;
		const marks = codes.flatMap((code) => slipMark(secret, dialogue, code) ?? []);
		if ((state !== 'prepared' && state !== 'live') || marks.length < count)
			return { ok: false, reason: 'dialogue-over' };
		if (await readHeld(tx, dialogueId)) return { ok: false, reason: 'hall-copy' };
		if (hall >= halls.length) return { ok: false, reason: 'hall-unknown' };
		if (ballots && !(await readRounds(tx, dialogueId)).some(({ onPaper }) => onPaper))
			return { ok: false, reason: 'no-paper-round' };
		const first = nextSerial(await readRuns(tx, dialogueId));
		const run = { id, organizationId, dialogueId, hall, first, count, ballots, createdAt: now, createdBy: userId };
		const [added] = await tx.insert(slipRuns).values(run).onConflictDoNothing().returning({ id: slipRuns.id });
		if (!added) return { ok: false, reason: 'form-stale' };
		const rows = marks.map((mark, i) => ({
			...{ dialogueId, organizationId, hall, serial: first + i },
			mark
		}));
		if ((await insertNew(tx, slips, rows)).length < count) throw new Error('Two slips have one code.');
		const detail = `${ballots ? 'phiếu mời kèm phiếu giấy' : 'phiếu mời'}, số ${first}–${first + count - 1}`;
		await writeAuditLine(tx, { organizationId, actorId: userId, action: 'slips-made', object: id, detail, now });
		return { ok: true, value: { codes, first } };
	});
}

/**
 * Voids a run: its codes open nothing any more, passes that were given for them say nothing any more, and its paper ballots are not
 * taken. What was voted with them before stands: a number that was counted is not for the desk to take back.
 */
export function voidRun(
	{ db, secret }: { db: Db; secret: Secret },
	{ id, dialogueId, userId, reason, now }: Record<'id' | 'dialogueId' | 'userId' | 'reason', string> & { now: number }
): Promise<Outcome<{ voted: number | null }, 'run-unknown' | 'run-keyed'>> {
	return commit(db, async (tx) => {
		await lock(tx, [dialogueLock(dialogueId)]);
		const own = and(eq(slipRuns.id, id), eq(slipRuns.dialogueId, dialogueId), isNull(slipRuns.voidedAt));
		const [run] = await tx.select().from(slipRuns).where(own);
		if (!run) return { ok: false, reason: 'run-unknown' };
		const { organizationId, first, count } = run;
		const last = first + count - 1;
		const keyed = and(eq(keyedBallots.dialogueId, dialogueId), between(keyedBallots.serial, first, last));
		if ((await tx.$count(keyedBallots, keyed)) > 0) return { ok: false, reason: 'run-keyed' };
		await tx.update(slipRuns).set({ voidedAt: now }).where(own);
		await tx.delete(slips).where(and(eq(slips.dialogueId, dialogueId), between(slips.serial, first, last)));
		const voted = await countVoters(tx, secret, (await readDialogue(tx, dialogueId))!, run);
		const detail = `số ${first}–${last}${voted ? `, ${voted} phiếu mời đã bình chọn trước đó vẫn được tính` : ''}`;
		const line = { action: 'slips-voided', object: id, detail, reason } as const;
		await writeAuditLine(tx, { organizationId, actorId: userId, ...line, now });
		return { ok: true, value: { voted } };
	});
}
