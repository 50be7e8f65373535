import { eq } from 'drizzle-orm';
import {
	planMerge,
	type MergedRound,
	type MergeFault,
	type MergePlan
} from '../../../../domain/dialogue/hall-merge.ts';
import { readEnvelope, readHallReturn, type HallReturn } from '../../../../domain/dialogue/hall-pack.ts';
import { ballotKey } from '../../../../domain/dialogue/voting.ts';
import type { Outcome } from '../../../../domain/shared/outcome.ts';
import { writeAuditLine } from '../../../account/audit/writes.ts';
import { find, insertNew, lock } from '../../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../../db/db.ts';
import { ballots, dialogues, rounds } from '../../../db/schema/dialogue.ts';
import { hallPacks } from '../../../db/schema/dialogue-hall.ts';
import { announce } from '../../../live/announce.ts';
import { unsealFile } from '../../../secret/sealed-file.ts';
import type { Secret } from '../../../secret/secret.ts';
import { openSecretOf } from '../../closing/reads.ts';
import { readBatches } from '../../paper/reads.ts';
import { countBallots, readDialogue, readRounds, type StoredDialogue, type StoredRound } from '../../reads.ts';
import { dialogueLock } from '../../votes/writes.ts';
import { readPack, readSerials, type StoredPack } from '../reads.ts';

export type MergeProblem =
	| 'file-unknown'
	| 'file-out'
	| 'pack-unknown'
	| 'file-changed'
	| 'dialogue-over'
	| 'secret-lost'
	| 'batches-closed'
	| MergeFault;

export interface Merged {
	dialogue: StoredDialogue;
	hall: number;
	/** Ballots that are new here. */
	added: number;
	rounds: (MergedRound & { text: string })[];
}

/**
 * Brings the ballots of a hall's machine into the dialogue, in one transaction: each is there once however often and in whatever order
 * files come. Whoever has another ballot here keeps that one. A round's frozen number is the ward's own and stays what it is: these
 * ballots stand beside it, as paper does.
 */
export function mergeReturn(
	{ db, secret }: { db: Db; secret: Secret },
	file: string,
	{ userId, now }: { userId: string; now: number }
): Promise<Outcome<Merged, MergeProblem>> {
	return commit(db, async (tx, afterCommit) => {
		const envelope = readEnvelope(file);
		if (!envelope) return { ok: false, reason: 'file-unknown' };
		if (envelope.format !== 'lang-nghe-hall-back-1') return { ok: false, reason: 'file-out' };
		const known = await readPack(tx, envelope.pack);
		if (known?.side !== 'lent') return { ok: false, reason: 'pack-unknown' };
		await lock(tx, [dialogueLock(known.dialogueId)]);
		const dialogue = (await readDialogue(tx, known.dialogueId))!;
		if (dialogue.state === 'closed') return { ok: false, reason: 'dialogue-over' };
		const key = openSecretOf(secret, dialogue);
		if (!key) return { ok: false, reason: 'secret-lost' };
		const unsealed = unsealFile(key, envelope.sealed);
		const returned = unsealed === null ? null : readHallReturn(unsealed);
		if (returned?.packId !== known.id) return { ok: false, reason: 'file-changed' };
		// A slip's vote by phone goes before its paper, so it has to be there first.
		const batches = await readBatches(tx, dialogue.id);
		if (batches.some(({ closedAt }) => closedAt !== null)) return { ok: false, reason: 'batches-closed' };
		const agenda = await readRounds(tx, dialogue.id);
		const plan = await planOf(tx, secret, { dialogue, agenda, pack: known }, returned);
		if (!plan.ok) return plan;
		await store(tx, { dialogue, agenda, pack: known }, plan.value, now);
		const textOf = (roundId: string) => agenda.find(({ id }) => id === roundId)!.text;
		const merged = plan.value.rounds.map((round) => ({ ...round, text: textOf(round.roundId) }));
		const { organizationId } = dialogue;
		const detail = [dialogue.halls[known.hall] ?? '', ...merged.map(sayRound)].join('; ');
		await writeAuditLine(tx, { organizationId, actorId: userId, action: 'hall-merged', object: known.id, detail, now });
		afterCommit(() => announce(dialogue.id));
		return { ok: true, value: { dialogue, hall: known.hall, added: plan.value.fresh.length, rounds: merged } };
	});
}

interface Ground {
	dialogue: StoredDialogue;
	agenda: StoredRound[];
	pack: StoredPack;
}

async function planOf(tx: Tx, secret: Secret, { dialogue, agenda, pack }: Ground, returned: HallReturn) {
	const { organizationId } = dialogue;
	const halls = dialogue.halls.length;
	const lent = new Map(agenda.filter(({ id }) => pack.roundIds.includes(id)).map((round) => [round.id, round]));
	const keys = returned.rounds.flatMap(({ id: roundId, ballots: own }) =>
		own.map(({ voter }) => ({ organizationId, roundId, voter }))
	);
	const standing = await find(tx, ballots, ['organizationId', 'roundId', 'voter'], keys);
	return planMerge(returned, {
		...{ rounds: lent, halls, serials: (await readSerials(tx, secret, dialogue))! },
		standing: new Map(standing.map((ballot) => [ballotKey(ballot), ballot])),
		count: (roundId, own) => {
			const stored = own.map((ballot) => ({ ...ballot, organizationId, roundId, batchId: pack.id }));
			return countBallots(lent.get(roundId)!, stored, halls);
		}
	});
}

async function store(tx: Tx, { dialogue, agenda, pack }: Ground, { fresh, rounds: merged }: MergePlan, now: number) {
	const { organizationId, id, version, state } = dialogue;
	const rows = fresh.map((ballot) => ({ ...ballot, organizationId, batchId: pack.id }));
	if ((await insertNew(tx, ballots, rows)).length < rows.length) throw new Error('A ballot of a hall stood already.');
	for (const { roundId, openedAt } of merged) {
		const round = agenda.find((own) => own.id === roundId)!;
		// When it was asked, for the day of its answers, where only the hall asked it.
		if (round.phase !== 'ready' || openedAt === null || (round.openedAt ?? Infinity) <= openedAt) continue;
		await tx.update(rounds).set({ openedAt }).where(eq(rounds.id, roundId));
	}
	// Where only the hall voted the conference is over, and nobody has pressed anything here.
	if (state === 'prepared') {
		await tx
			.update(dialogues)
			.set({ state: 'counting', version: version + 1 })
			.where(eq(dialogues.id, id));
	}
	await tx
		.update(hallPacks)
		.set({ mergedAt: now, merged, droppedAt: null, droppedWhy: '' })
		.where(eq(hallPacks.id, pack.id));
}

function sayRound({ text, acknowledged, merged, already, conflicts, gap }: MergedRound & { text: string }): string {
	return `${text}: nhận ${acknowledged}, ghép ${merged} (có sẵn ${already}), trùng ${conflicts}, thiếu ${gap}`;
}
