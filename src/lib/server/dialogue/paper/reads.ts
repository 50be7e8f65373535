import { and, asc, count, eq, inArray } from 'drizzle-orm';
import {
	batchState,
	compareKeyings,
	missingSheets,
	TURNS,
	type Comparison,
	type Decision,
	type Turn
} from '../../../domain/dialogue/batch.ts';
import { BLANK } from '../../../domain/dialogue/choice.ts';
import { find } from '../../db/bulk.ts';
import type { Db, Tx } from '../../db/db.ts';
import { ballots } from '../../db/schema/dialogue.ts';
import { keyedBallots, keyings, paperBatches, paperDecisions } from '../../db/schema/dialogue-paper.ts';
import type { Secret } from '../../secret/secret.ts';
import { readRounds, voterMark, type StoredDialogue, type StoredRound } from '../reads.ts';

export type StoredBatch = typeof paperBatches.$inferSelect;
export type StoredKeying = typeof keyings.$inferSelect & { turn: Turn };

export async function readBatch(db: Db | Tx, id: string): Promise<StoredBatch | undefined> {
	const [batch] = await db.select().from(paperBatches).where(eq(paperBatches.id, id));
	return batch;
}

export function readBatches(db: Db | Tx, dialogueId: string): Promise<StoredBatch[]> {
	return db
		.select()
		.from(paperBatches)
		.where(eq(paperBatches.dialogueId, dialogueId))
		.orderBy(asc(paperBatches.number));
}

export async function readKeyings(db: Db | Tx, batchIds: readonly string[]): Promise<StoredKeying[]> {
	if (batchIds.length === 0) return [];
	const rows = await db
		.select()
		.from(keyings)
		.where(inArray(keyings.batchId, [...batchIds]))
		.orderBy(asc(keyings.turn));
	return rows as StoredKeying[];
}

/** The ballots of one keying, in the order of their serials. */
export function readKeyed(db: Db | Tx, batchId: string, turn: Turn) {
	return db
		.select()
		.from(keyedBallots)
		.where(and(eq(keyedBallots.batchId, batchId), eq(keyedBallots.turn, turn)))
		.orderBy(asc(keyedBallots.serial));
}

/** How many ballots of each batch and turn are keyed. */
async function countKeyed(db: Db | Tx, dialogueId: string) {
	const rows = await db
		.select({ batchId: keyedBallots.batchId, turn: keyedBallots.turn, ballots: count() })
		.from(keyedBallots)
		.where(eq(keyedBallots.dialogueId, dialogueId))
		.groupBy(keyedBallots.batchId, keyedBallots.turn);
	return (batchId: string, turn: Turn) =>
		rows.find((row) => row.batchId === batchId && row.turn === turn)?.ballots ?? 0;
}

/** The questions of the paper, in their order. */
export const readPaperAgenda = async (db: Db | Tx, dialogueId: string): Promise<StoredRound[]> =>
	(await readRounds(db, dialogueId)).filter(({ onPaper }) => onPaper);

/** The two keyings of a batch side by side, with what a third person has settled. For them alone: who keys sees nothing of the other. */
export async function compareBatch(db: Db | Tx, { id, dialogueId }: StoredBatch): Promise<Comparison> {
	const agenda = await readPaperAgenda(db, dialogueId);
	const [first, second] = [await readKeyed(db, id, 1), await readKeyed(db, id, 2)];
	const said = await readDecisions(db, id, 'mismatch');
	const order = agenda.map((round) => round.id);
	return compareKeyings(first, second, said as Decision[], order);
}

function readDecisions(db: Db | Tx, batchId: string, kind: 'mismatch' | 'conflict') {
	return db
		.select()
		.from(paperDecisions)
		.where(and(eq(paperDecisions.batchId, batchId), eq(paperDecisions.kind, kind)));
}

/** A serial that has voted by phone and says something on paper too, in these questions. */
export interface Conflict {
	serial: number;
	roundIds: string[];
	seen: string;
	/** Why the vote by phone stands, as a person wrote it; null: nobody has yet. */
	reason: string | null;
}

/** What of a batch's ballots meets a ballot that stands already. */
export interface Meeting {
	/** The mark of each serial, under which it would vote. */
	voters: Map<number, string>;
	/** `ROUND VOTER` of what stands already: there the paper counts for nothing. */
	standing: Set<string>;
	conflicts: Conflict[];
	/** Serials whose ballots have come from another batch. */
	elsewhere: number[];
}

export const standingKey = (roundId: string, voter: string) => `${roundId} ${voter}`;

/** Compares ballots of paper with what stands; null once the dialogue's secret is destroyed. */
export async function meetBallots(
	db: Db | Tx,
	secret: Secret,
	dialogue: Pick<StoredDialogue, 'sealedSecret' | 'organizationId'>,
	batch: StoredBatch,
	agreed: Comparison['agreed']
): Promise<Meeting | null> {
	const { organizationId } = dialogue;
	const agenda = await readPaperAgenda(db, batch.dialogueId);
	const voters = new Map<number, string>();
	for (const { serial } of agreed) {
		const voter = voterMark(secret, dialogue, `slip ${serial}`);
		if (!voter) return null;
		voters.set(serial, voter);
	}
	const keys = agreed.flatMap(({ serial }) =>
		agenda.map(({ id: roundId }) => ({ organizationId, roundId, voter: voters.get(serial)! }))
	);
	const found = await find(db, ballots, ['organizationId', 'roundId', 'voter'], keys);
	const standing = new Map(found.map((ballot) => [standingKey(ballot.roundId, ballot.voter), ballot]));
	const said = new Map((await readDecisions(db, batch.id, 'conflict')).map((one) => [one.serial, one]));
	const meeting: Meeting = { voters, standing: new Set(standing.keys()), conflicts: [], elsewhere: [] };
	for (const { serial, choices } of agreed) {
		const met = agenda.flatMap(({ id }) => standing.get(standingKey(id, voters.get(serial)!)) ?? []);
		if (met.some((ballot) => ballot.channel === 'live-paper')) meeting.elsewhere.push(serial);
		// A question left blank on paper and answered by phone contradicts nothing.
		const roundIds = met.map(({ roundId }) => roundId).filter((id) => (choices[id] ?? BLANK) !== BLANK);
		if (roundIds.length === 0) continue;
		const seen = [...roundIds].sort().join(' ');
		const known = said.get(serial);
		meeting.conflicts.push({ serial, roundIds, seen, reason: known?.seen === seen ? known.reason : null });
	}
	return meeting;
}

/** With the closing of the dialogue the keyed ballots are gone, and what they came to is kept. */
export const keyedIn = ({ closedAt, ballots: stood }: StoredBatch, keyed: number) =>
	closedAt === null ? keyed : Math.max(keyed, stood);

/** The batches of a dialogue with how far each is. */
export async function readBatchList(db: Db | Tx, dialogueId: string) {
	const batches = await readBatches(db, dialogueId);
	const all = await readKeyings(
		db,
		batches.map(({ id }) => id)
	);
	const keyed = await countKeyed(db, dialogueId);
	const list = [];
	for (const batch of batches) {
		const own = all.filter(({ batchId }) => batchId === batch.id);
		const finished = own.filter(({ finishedAt }) => finishedAt !== null).map(({ turn }) => turn);
		const compared = finished.length === 2 && batch.closedAt === null ? await compareBatch(db, batch) : null;
		list.push({
			...batch,
			state: batchState(batch.closedAt, finished, compared?.open ?? 0),
			keyings: own,
			keyed: TURNS.map((turn) => keyedIn(batch, keyed(batch.id, turn))),
			mismatches: compared?.open ?? 0,
			missing: compared ? missingSheets(batch, compared.agreed.length) : 0
		});
	}
	return list;
}

/** How far the keying of a dialogue's paper is, for its desk; null where there is none. */
export async function readPaperProgress(db: Db, dialogueId: string) {
	const list = await readBatchList(db, dialogueId);
	if (list.length === 0) return null;
	const sum = (of: (batch: (typeof list)[number]) => number) => list.reduce((all, batch) => all + of(batch), 0);
	return {
		batches: list.length,
		closed: list.filter(({ state }) => state === 'closed').length,
		counted: sum(({ counted, aside }) => counted - aside),
		keyed: TURNS.map((turn) => sum(({ keyed }) => keyed[turn - 1]!)),
		mismatches: sum(({ mismatches }) => mismatches)
	};
}

/** Answers on paper that did not count because the same slip had voted by phone. */
export const conflictsIn = (byRound: Record<string, number> | null) =>
	Object.values(byRound ?? {}).reduce((sum, n) => sum + n, 0);

/** Batches that are not closed: what keeps the dialogue from being closed. */
export const readOpenBatches = async (db: Db | Tx, dialogueId: string) =>
	(await readBatches(db, dialogueId)).filter(({ closedAt }) => closedAt === null);

/** What is told of a dialogue's paper beside its numbers, before and after the closing; null where there was none. */
export async function readPaperFigures(db: Db, dialogueId: string) {
	const batches = await readBatches(db, dialogueId);
	if (batches.length === 0) return null;
	const conflicts: Record<string, number> = {};
	for (const [id, n] of batches.flatMap((batch) => Object.entries(batch.conflicts ?? {})))
		conflicts[id] = (conflicts[id] ?? 0) + n;
	const sum = (of: (batch: StoredBatch) => number) => batches.reduce((all, batch) => all + of(batch), 0);
	return {
		batches: batches.length,
		counted: sum(({ counted }) => counted),
		ballots: sum(({ ballots }) => ballots),
		aside: sum(({ aside }) => aside),
		/** By round. */
		conflicts
	};
}
