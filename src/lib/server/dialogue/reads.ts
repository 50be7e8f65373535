import { createHmac, hash } from 'node:crypto';
import { and, asc, count, desc, eq } from 'drizzle-orm';
import type { DeskRound } from '../../domain/dialogue/desk.ts';
import type { LiveState } from '../../domain/dialogue/frame.ts';
import type { RoundContent } from '../../domain/dialogue/round.ts';
import { tallyOf, type CountedChoice, type Tally } from '../../domain/dialogue/tally.ts';
import { base32 } from '../../domain/shared/id.ts';
import { findVersion } from '../../domain/survey/catalogue.ts';
import type { Db, Tx } from '../db/db.ts';
import { ballots, dialogues, rounds } from '../db/schema/dialogue.ts';
import type { Secret } from '../secret/secret.ts';
import { knowVersions } from '../survey/reads.ts';

export type StoredDialogue = typeof dialogues.$inferSelect;
export type StoredRound = typeof rounds.$inferSelect;

export async function readDialogueOfRoom(db: Db, room: string): Promise<StoredDialogue | undefined> {
	const [dialogue] = await db.select().from(dialogues).where(eq(dialogues.room, room));
	return dialogue;
}

export async function readDialogue(db: Db | Tx, id: string): Promise<StoredDialogue | undefined> {
	const [dialogue] = await db.select().from(dialogues).where(eq(dialogues.id, id));
	return dialogue;
}

/** The agenda, in its order. */
export function readRounds(db: Db | Tx, dialogueId: string): Promise<StoredRound[]> {
	return db.select().from(rounds).where(eq(rounds.dialogueId, dialogueId)).orderBy(asc(rounds.position));
}

/** The ballots of a round, counted anew. */
export async function recount(db: Db | Tx, round: StoredRound, halls: number): Promise<Tally> {
	return tallyOf(round, await readChoices(db, round), halls);
}

function readChoices(db: Db | Tx, { organizationId, id }: StoredRound): Promise<CountedChoice[]> {
	return db
		.select({ channel: ballots.channel, hall: ballots.hall, choice: ballots.choice, ballots: count() })
		.from(ballots)
		.where(and(eq(ballots.organizationId, organizationId), eq(ballots.roundId, id)))
		.groupBy(ballots.channel, ballots.hall, ballots.choice);
}

async function countSuspects(db: Db, { organizationId, id }: StoredRound): Promise<number> {
	const [row] = await db
		.select({ ballots: count() })
		.from(ballots)
		.where(and(eq(ballots.organizationId, organizationId), eq(ballots.roundId, id), eq(ballots.suspect, true)));
	return row?.ballots ?? 0;
}

/** What is live about a dialogue, with when it next changes by the clock alone (milliseconds, or null); undefined where there is none. */
export async function readLiveState(db: Db, dialogueId: string): Promise<LiveState | undefined> {
	const dialogue = await readDialogue(db, dialogueId);
	if (!dialogue) return undefined;
	const agenda = await readRounds(db, dialogueId);
	const index = agenda.findIndex(({ id }) => id === dialogue.roundId);
	const shown = agenda[index];
	const { state, version, hidden, roundId, streamDelayMs, delayMeasure, overlayLayout } = dialogue;
	const { questionsOpen, questionsVersion } = dialogue;
	return {
		desk: { state, version, hidden, roundId, streamDelayMs, delayMeasure, overlayLayout, questionsOpen },
		round: shown ? { ...deskRoundOf(shown), number: index + 1, kind: shown.kind } : null,
		tally: shown ? await recount(db, shown, dialogue.halls.length) : null,
		suspects: shown ? await countSuspects(db, shown) : 0,
		questionsVersion
	};
}

export const deskRoundOf = ({ id, phase, openedAt, closesAt, streamClosesAt, revealed }: StoredRound): DeskRound => ({
	id,
	phase,
	openedAt,
	closesAt,
	streamClosesAt,
	revealed
});

/** A round as whoever votes in it may read it. */
export const contentOf = ({ kind, text, options, most, criterion, items }: StoredRound): RoundContent => ({
	kind,
	text,
	options,
	most,
	criterion,
	items
});

/** The mark under which a slip or a phone votes; null once the dialogue's secret is destroyed. */
export function voterMark(
	secret: Secret,
	{ sealedSecret }: Pick<StoredDialogue, 'sealedSecret'>,
	holder: string
): string | null {
	const key = sealedSecret && secret.unseal('live-secret', sealedSecret);
	return key ? createHmac('sha256', key).update(holder).digest('base64url').slice(0, 22) : null;
}

/** Six digits of one hall at one step of time; null once the secret is destroyed. */
export function hallCode(
	secret: Secret,
	dialogue: Pick<StoredDialogue, 'sealedSecret'>,
	{ hall, step }: { hall: number; step: number }
): string | null {
	const mark = voterMark(secret, dialogue, `hall ${hall} ${step}`);
	return mark && String(Buffer.from(mark, 'base64url').readUInt32BE() % 1_000_000).padStart(6, '0');
}

const RECEIPT_CHARACTERS = 8;

/** What a voter keeps: found again in the published list of receipts, where it says nothing of the choice. */
export function receiptOf(roundId: string, ballotId: string): string {
	return base32(hash('sha256', `receipt ${roundId} ${ballotId}`, 'buffer'), RECEIPT_CHARACTERS);
}

export type StoredBallot = typeof ballots.$inferSelect;

/** All ballots of a round, in no order that means anything. */
export function readBallots(db: Db | Tx, { organizationId, id }: StoredRound): Promise<StoredBallot[]> {
	return db
		.select()
		.from(ballots)
		.where(and(eq(ballots.organizationId, organizationId), eq(ballots.roundId, id)));
}

/** Ballots of a round counted, with the SHA-256 over them in the order of their receipts: two sets with one hash are one set. */
export function countBallots(round: StoredRound, own: readonly StoredBallot[], halls: number) {
	const lines = own.map((ballot) => {
		return `${receiptOf(round.id, ballot.id)} ${ballot.channel} ${ballot.hall} ${ballot.choice}`;
	});
	const tally = tallyOf(
		round,
		own.map(({ channel, hall, choice }) => ({ channel, hall, choice, ballots: 1 })),
		halls
	);
	return { tally, hash: hash('sha256', lines.sort().join('\n'), 'hex') };
}

/** What a phone voted on this installation: all that a round can freeze when it becomes final. Paper and other machines come later. */
export const isOnline = ({ channel, batchId }: Pick<StoredBallot, 'channel' | 'batchId'>) =>
	channel !== 'live-paper' && batchId === '';

/** The dialogues of an organization, the next or newest first. */
export function readDialogues(db: Db, organizationId: string): Promise<StoredDialogue[]> {
	return db
		.select()
		.from(dialogues)
		.where(eq(dialogues.organizationId, organizationId))
		.orderBy(desc(dialogues.day), desc(dialogues.createdAt));
}

/** The questions of the paper ballot in its order, as they are printed and keyed; of a questionnaire with its items. */
export async function readPaperRounds(db: Db, dialogueId: string) {
	const agenda = (await readRounds(db, dialogueId)).filter(({ onPaper }) => onPaper);
	await knowVersions(
		db,
		agenda.flatMap(({ versionId }) => versionId ?? [])
	);
	return agenda.map(({ id, kind, text, options, most, items, versionId }) => ({
		...{ id, kind, text, options, most, items },
		asks: (versionId ? (findVersion(versionId)?.items ?? []) : []).map((item) => item.text.vi)
	}));
}
