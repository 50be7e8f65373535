import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { roomCode, type HallProof } from '../../domain/dialogue/dialogue.ts';
import type { RoundContent } from '../../domain/dialogue/round.ts';
import { shortId } from '../../domain/shared/id.ts';
import { writeAuditLine } from '../account/audit/writes.ts';
import { commit, type Db, type Tx } from '../db/db.ts';
import { dialogues, rounds } from '../db/schema/dialogue.ts';
import type { Secret } from '../secret/secret.ts';

export interface NewDialogue {
	title: string;
	place: string;
	day: string;
	time: string;
	streamUrl: string;
	/** At least one. */
	halls: readonly string[];
	hallProof: HallProof;
	rehearsal: boolean;
}

export type NewRound = RoundContent & { changeable: boolean; onPaper: boolean; versionId: string | null };

const SECRET_BYTES = 32;

/** A dialogue with its agenda, ready to be prepared further. */
export async function addDialogue(
	{ db, secret }: { db: Db; secret: Secret },
	{ organizationId, userId, now }: { organizationId: string; userId: string; now: number },
	dialogue: NewDialogue,
	agenda: readonly NewRound[]
): Promise<{ id: string; room: string }> {
	const id = shortId(randomBytes(8));
	const room = roomCode(randomBytes(4));
	await commit(db, async (tx) => {
		await tx.insert(dialogues).values({
			...dialogue,
			id,
			room,
			organizationId,
			halls: [...dialogue.halls],
			state: 'prepared',
			sealedSecret: secret.seal('live-secret', randomBytes(SECRET_BYTES).toString('base64url')),
			createdAt: now
		});
		await writeAgenda(tx, { organizationId, dialogueId: id }, agenda);
		const line = { organizationId, actorId: userId, object: id, detail: dialogue.title, now };
		await writeAuditLine(tx, { ...line, action: 'dialogue-added' });
	});
	return { id, room };
}

/** Replaces the rounds of a dialogue that has not begun; the first of the list comes first. */
export async function writeAgenda(
	tx: Tx,
	{ organizationId, dialogueId }: { organizationId: string; dialogueId: string },
	agenda: readonly NewRound[]
) {
	await tx.delete(rounds).where(eq(rounds.dialogueId, dialogueId));
	for (const [position, round] of agenda.entries()) {
		const options = [...round.options];
		const id = shortId(randomBytes(8));
		await tx.insert(rounds).values({ ...round, id, options, organizationId, dialogueId, position, phase: 'ready' });
	}
}
