import { and, eq } from 'drizzle-orm';
import { applyCommand, type DeskCommand, type DeskProblem } from '../../../domain/dialogue/desk.ts';
import { finalAt } from '../../../domain/dialogue/round.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { dialogues, rounds } from '../../db/schema/dialogue.ts';
import { announce } from '../../live/announce.ts';
import { readHeld } from '../hall/reads.ts';
import { countBallots, deskRoundOf, isOnline, readBallots, readDialogue, readRounds } from '../reads.ts';
import { dialogueLock } from '../votes/writes.ts';

export interface Commanded {
	dialogueId: string;
	command: DeskCommand;
	/** The version the moderator saw. */
	expected: number;
	userId: string;
	now: number;
}

/** One command from the desk. Of two moderators at one version the second is told that it is stale. */
export function commandDialogue(
	db: Db,
	{ dialogueId, command, expected, userId, now }: Commanded
): Promise<Outcome<{ version: number }, DeskProblem | 'dialogue-unknown'>> {
	return commit(db, async (tx, afterCommit) => {
		await lock(tx, [dialogueLock(dialogueId)]);
		const dialogue = await readDialogue(tx, dialogueId);
		if (!dialogue) return { ok: false, reason: 'dialogue-unknown' };
		const agenda = await readRounds(tx, dialogueId);
		const asksForQuestions = command.do === 'questions' && command.open;
		if (asksForQuestions && (await readHeld(tx, dialogueId))) return { ok: false, reason: 'hall-copy' };
		const effect = applyCommand(dialogue, agenda.map(deskRoundOf), command, { expected, now });
		if (!effect.ok) return effect;
		const { state, version, hidden, roundId, ...set } = effect.value.dialogue;
		const { streamDelayMs, delayMeasure, overlayLayout, questionsOpen } = set;
		await tx
			.update(dialogues)
			.set({ state, version, hidden, roundId, streamDelayMs, delayMeasure, overlayLayout, questionsOpen })
			.where(eq(dialogues.id, dialogueId));
		const { round } = effect.value;
		if (round) {
			const { phase, openedAt, closesAt, streamClosesAt, revealed } = round;
			await tx
				.update(rounds)
				.set({ phase, openedAt, closesAt, streamClosesAt, revealed })
				.where(eq(rounds.id, round.id));
		}
		const { organizationId } = dialogue;
		const about = agenda.find(({ id }) => id === (round?.id ?? roundId));
		await writeAuditLine(tx, {
			organizationId,
			actorId: userId,
			action: 'dialogue-commanded',
			object: dialogueId,
			detail: [command.do, about?.text ?? ''].filter(Boolean).join(': '),
			now
		});
		afterCommit(() => announce(dialogueId));
		return { ok: true, value: { version } };
	});
}

/**
 * Makes every round final whose channels can bring no vote any more: one transaction recounts its ballots and keeps the number with
 * the hash over them. Whoever comes second, on this node or another, finds nothing to do. Returns how many it was.
 */
export async function finishDueRounds(db: Db, now: number): Promise<number> {
	const closing = await db.select().from(rounds).where(eq(rounds.phase, 'closing'));
	let finished = 0;
	for (const { id, dialogueId, ...clock } of closing) {
		if (finalAt(clock)! > now) continue;
		const done = await commit(db, async (tx, afterCommit) => {
			await lock(tx, [dialogueLock(dialogueId)]);
			afterCommit(() => announce(dialogueId));
			return finishRound(tx, id, now);
		});
		if (done) finished++;
	}
	return finished;
}

async function finishRound(tx: Tx, id: string, now: number): Promise<boolean> {
	const [round] = await tx.select().from(rounds).where(eq(rounds.id, id));
	// A countdown may have been cut short, or another node been here, since the look outside.
	if (!round || round.phase !== 'closing' || finalAt(round)! > now) return false;
	const dialogue = (await readDialogue(tx, round.dialogueId))!;
	const own = (await readBallots(tx, round)).filter(isOnline);
	const { tally, hash } = countBallots(round, own, dialogue.halls.length);
	const result = { tally, hash, finalAt: now };
	await tx
		.update(rounds)
		.set({ phase: 'final', result })
		.where(and(eq(rounds.id, id), eq(rounds.phase, 'closing')));
	const { organizationId } = round;
	const detail = `${round.text}: ${own.length}, SHA-256 ${hash}`;
	await writeAuditLine(tx, { organizationId, actorId: 'system', action: 'round-final', object: id, detail, now });
	return true;
}
