import { randomBytes } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { suitsKind } from '../../../domain/dialogue/entry.ts';
import { shortId } from '../../../domain/shared/id.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { rounds } from '../../db/schema/dialogue.ts';
import { announce } from '../../live/announce.ts';
import { readHeld, readPacks } from '../hall/reads.ts';
import { readDialogue, readRounds, type StoredDialogue, type StoredRound } from '../reads.ts';
import { areBallotsPrinted } from '../slips/reads.ts';
import { dialogueLock } from '../votes/writes.ts';
import type { NewRound } from '../writes.ts';

export interface AgendaChange {
	dialogueId: string;
	userId: string;
	now: number;
}

export type AgendaProblem =
	| 'dialogue-over'
	| 'round-unknown'
	| 'round-used'
	| 'round-not-final'
	| 'options-wrong'
	| 'agenda-full'
	| 'paper-printed'
	| 'hall-copy'
	| 'round-lent';

const MOST_ROUNDS = 60;

/** Adds a question at the end; also while the dialogue runs. */
export const addRound = (db: Db, change: AgendaChange, round: NewRound) =>
	changeAgenda(db, change, async (tx, dialogue, agenda) => {
		if (agenda.length >= MOST_ROUNDS) return { ok: false, reason: 'agenda-full' };
		if (await wouldChangePaper(tx, dialogue, round)) return { ok: false, reason: 'paper-printed' };
		const { id: dialogueId, organizationId } = dialogue;
		const position = Math.max(-1, ...agenda.map((own) => own.position)) + 1;
		const id = shortId(randomBytes(8));
		const options = [...round.options];
		await tx.insert(rounds).values({ ...round, id, options, organizationId, dialogueId, position, phase: 'ready' });
		return { ok: true, value: { action: 'round-added' as const, text: round.text } };
	});

/** Takes a question away that nobody has been asked yet. */
export const removeRound = (db: Db, change: AgendaChange, roundId: string) =>
	changeAgenda(db, change, async (tx, dialogue, agenda) => {
		const round = agenda.find(({ id }) => id === roundId);
		if (!round) return { ok: false, reason: 'round-unknown' };
		if (round.phase !== 'ready' || dialogue.roundId === roundId) return { ok: false, reason: 'round-used' };
		if (await wouldChangePaper(tx, dialogue, round)) return { ok: false, reason: 'paper-printed' };
		if (await isLent(tx, dialogue, roundId)) return { ok: false, reason: 'round-lent' };
		await tx.delete(rounds).where(and(eq(rounds.id, roundId), eq(rounds.phase, 'ready')));
		return { ok: true, value: { action: 'round-removed' as const, text: round.text } };
	});

/**
 * Asks a final round again, right after it: what was counted stays as it is and stands beside the correction, which counts in its place
 * once it is final. Words may change, the kind of question may not.
 */
export const correctRound = (
	db: Db,
	change: AgendaChange,
	{ roundId, text, options, why }: { roundId: string; text: string; options: readonly string[]; why: string }
) =>
	changeAgenda(db, change, async (tx, dialogue, agenda) => {
		if (agenda.length >= MOST_ROUNDS) return { ok: false, reason: 'agenda-full' };
		const round = agenda.find(({ id }) => id === roundId);
		if (!round) return { ok: false, reason: 'round-unknown' };
		if (round.phase !== 'final') return { ok: false, reason: 'round-not-final' };
		if (agenda.some(({ corrects }) => corrects === roundId)) return { ok: false, reason: 'round-used' };
		if (!suitsKind(round.kind, options)) return { ok: false, reason: 'options-wrong' };
		const later = and(eq(rounds.dialogueId, dialogue.id), gt(rounds.position, round.position));
		await tx
			.update(rounds)
			.set({ position: sql`${rounds.position} + 1` })
			.where(later);
		const { organizationId, dialogueId, kind, criterion, versionId, items, changeable } = round;
		await tx.insert(rounds).values({
			most: Math.min(round.most, Math.max(1, options.length)),
			...{ organizationId, dialogueId, kind, criterion, versionId, items, changeable, text },
			// What is printed is printed: a correction is voted on by phone alone.
			onPaper: false,
			...{ id: shortId(randomBytes(8)), position: round.position + 1, phase: 'ready' },
			...{ options: [...options] },
			...{ corrects: roundId, correctsWhy: why }
		});
		return { ok: true, value: { action: 'round-corrected' as const, text: `${round.text} (${why})` } };
	});

/** Changes places with the question before it. Asked or not: the order of the list decides nothing about what was asked. */
export const moveRoundUp = (db: Db, change: AgendaChange, roundId: string) =>
	changeAgenda(db, change, async (tx, dialogue, agenda) => {
		const at = agenda.findIndex(({ id }) => id === roundId);
		const [before, round] = [agenda[at - 1], agenda[at]];
		if (!round || !before) return { ok: false, reason: 'round-unknown' };
		if (before.onPaper && (await wouldChangePaper(tx, dialogue, round))) return { ok: false, reason: 'paper-printed' };
		await tx.update(rounds).set({ position: before.position }).where(eq(rounds.id, round.id));
		await tx.update(rounds).set({ position: round.position }).where(eq(rounds.id, before.id));
		return { ok: true, value: { action: 'round-moved' as const, text: round.text } };
	});

/** What stands on ballots that are printed, in which order, is what a keyed number means: it stays until they are void. */
async function wouldChangePaper(tx: Tx, { id }: StoredDialogue, { onPaper }: { onPaper: boolean }) {
	return onPaper && areBallotsPrinted(tx, id);
}

/** A hall's machine may bring ballots of it. */
async function isLent(tx: Tx, { id }: StoredDialogue, roundId: string) {
	const packs = await readPacks(tx, id);
	return packs.some(({ roundIds, droppedAt }) => droppedAt === null && roundIds.includes(roundId));
}

type Done = { action: 'round-added' | 'round-removed' | 'round-moved' | 'round-corrected'; text: string };
type Work = (tx: Tx, dialogue: StoredDialogue, agenda: StoredRound[]) => Promise<Outcome<Done, AgendaProblem>>;

function changeAgenda(
	db: Db,
	{ dialogueId, userId, now }: AgendaChange,
	work: Work
): Promise<Outcome<Done, AgendaProblem>> {
	return commit(db, async (tx, afterCommit) => {
		await lock(tx, [dialogueLock(dialogueId)]);
		const dialogue = (await readDialogue(tx, dialogueId))!;
		if (dialogue.state === 'counting' || dialogue.state === 'closed') return { ok: false, reason: 'dialogue-over' };
		if (await readHeld(tx, dialogueId)) return { ok: false, reason: 'hall-copy' };
		const done = await work(tx, dialogue, await readRounds(tx, dialogueId));
		if (!done.ok) return done;
		const { action, text } = done.value;
		const { organizationId } = dialogue;
		await writeAuditLine(tx, { organizationId, actorId: userId, object: dialogueId, action, detail: text, now });
		afterCommit(() => announce(dialogueId));
		return done;
	});
}
