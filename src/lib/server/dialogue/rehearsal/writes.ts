import { randomBytes } from 'node:crypto';
import { and, eq, inArray, lt } from 'drizzle-orm';
import { REHEARSAL_SILENT_MS, type RehearsalResult, type RehearsalStep } from '../../../domain/dialogue/rehearsal.ts';
import { shortId } from '../../../domain/shared/id.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { ballots, dialogues, displays, rounds } from '../../db/schema/dialogue.ts';
import { rehearsals } from '../../db/schema/rehearsal.ts';
import type { Secret } from '../../secret/secret.ts';
import type { StoredDialogue } from '../reads.ts';
import { addDialogue, type NewRound } from '../writes.ts';
import { readRehearsalObstacle } from './reads.ts';

export interface Rehearsal {
	id: string;
	organizationId: string;
	/** The dialogue in which the simulated phones vote. */
	trialDialogueId: string;
	room: string;
	userId: string;
}

const OPTIONS = ['A', 'B', 'C'];
const aRound = (text: string): NewRound => ({
	...{ kind: 'single', text, options: OPTIONS, most: 1, criterion: null, items: 0 },
	...{ changeable: true, onPaper: false, versionId: null }
});

/** Makes room for a rehearsal: a dialogue of its own that no report ever sees, unless people vote in earnest somewhere here. */
export async function beginRehearsal(
	{ db, secret }: { db: Db; secret: Secret },
	{ organizationId, id: dialogueId, title, place, day, time }: StoredDialogue,
	{ phones, userId, now }: { phones: number; userId: string; now: number }
): Promise<Outcome<Rehearsal, 'live-elsewhere' | 'running'>> {
	await sweepRehearsals(db, now);
	const obstacle = await readRehearsalObstacle(db, now);
	if (obstacle) return { ok: false, reason: obstacle };
	const about = { title, place, day, time, streamUrl: '', halls: ['1'], hallProof: 'none' as const, rehearsal: true };
	const agenda = ['1', '2', '3'].map(aRound);
	const trial = await addDialogue({ db, secret }, { organizationId, userId, now }, about, agenda);
	const id = shortId(randomBytes(8));
	return commit(db, async (tx) => {
		await lock(tx, ['rehearsal']);
		// Somebody may have begun in the meantime.
		const reason = await readRehearsalObstacle(tx, now);
		if (reason) {
			await forget(tx, [trial.id]);
			return { ok: false, reason };
		}
		const row = { id, organizationId, dialogueId, trialDialogueId: trial.id, phones, startedAt: now, heardAt: now };
		await tx.insert(rehearsals).values({ ...row, state: 'running', step: 'joining' });
		const line = { organizationId, actorId: userId, object: dialogueId, detail: `${phones}`, now };
		await writeAuditLine(tx, { ...line, action: 'rehearsal-begun' });
		return { ok: true, value: { id, organizationId, trialDialogueId: trial.id, room: trial.room, userId } };
	});
}

/** How far it is; false: it was cancelled, or is now, because somebody begins in earnest. */
export function noteStep(db: Db, { id }: Rehearsal, step: RehearsalStep, now: number): Promise<boolean> {
	return commit(db, async (tx) => {
		const own = and(eq(rehearsals.id, id), eq(rehearsals.state, 'running'));
		if ((await readRehearsalObstacle(tx, now)) === 'live-elsewhere') {
			await tx.update(rehearsals).set({ state: 'cancelled', endedAt: now }).where(own);
			return false;
		}
		const [row] = await tx.update(rehearsals).set({ step, heardAt: now }).where(own).returning({ id: rehearsals.id });
		return row !== undefined;
	});
}

/** Whoever runs it sees it at its next step. */
export function cancelRehearsal(
	db: Db,
	{
		dialogueId,
		organizationId,
		userId,
		now
	}: { dialogueId: string; organizationId: string; userId: string; now: number }
): Promise<boolean> {
	return commit(db, async (tx) => {
		const own = and(eq(rehearsals.dialogueId, dialogueId), eq(rehearsals.state, 'running'));
		const [gone] = await tx
			.update(rehearsals)
			.set({ state: 'cancelled', endedAt: now })
			.where(own)
			.returning({ id: rehearsals.id });
		if (!gone) return false;
		const line = { organizationId, actorId: userId, object: dialogueId, detail: '', now };
		await writeAuditLine(tx, { ...line, action: 'rehearsal-cancelled' });
		return true;
	});
}

/** Keeps the result, if it came to one, and takes away all that the simulated phones did. */
export function endRehearsal(
	db: Db,
	{ id, trialDialogueId }: Rehearsal,
	{ result, now }: { result: RehearsalResult | null; now: number }
): Promise<void> {
	return commit(db, async (tx) => {
		const state = result ? 'done' : 'failed';
		const own = and(eq(rehearsals.id, id), eq(rehearsals.state, 'running'));
		await tx.update(rehearsals).set({ state, result, endedAt: now, step: 'cleaning' }).where(own);
		await forget(tx, [trialDialogueId]);
	});
}

/** What a server that died has left of its rehearsal. */
async function sweepRehearsals(db: Db, now: number) {
	const silent = and(eq(rehearsals.state, 'running'), lt(rehearsals.heardAt, now - REHEARSAL_SILENT_MS));
	await commit(db, async (tx) => {
		const dead = await tx.update(rehearsals).set({ state: 'failed', endedAt: now }).where(silent).returning();
		await forget(
			tx,
			dead.map(({ trialDialogueId }) => trialDialogueId)
		);
	});
}

/** Only what is a rehearsal: of a dialogue in earnest nothing is ever deleted. */
async function forget(tx: Tx, dialogueIds: string[]) {
	const own = and(inArray(dialogues.id, dialogueIds), eq(dialogues.rehearsal, true));
	for (const { id } of await tx.select({ id: dialogues.id }).from(dialogues).where(own)) {
		const asked = await tx.select({ id: rounds.id }).from(rounds).where(eq(rounds.dialogueId, id));
		const ids = asked.map((round) => round.id);
		await tx.delete(ballots).where(inArray(ballots.roundId, ids));
		await tx.delete(rounds).where(eq(rounds.dialogueId, id));
		await tx.delete(displays).where(eq(displays.dialogueId, id));
		await tx.delete(dialogues).where(eq(dialogues.id, id));
	}
}
