import { and, desc, eq, inArray } from 'drizzle-orm';
import { batchState, missingSheets, type Turn } from '../../../../domain/dialogue/batch.ts';
import { showBallot, showKeyed, type Choices } from '../../../../domain/dialogue/keying.ts';
import type { Db } from '../../../db/db.ts';
import { users } from '../../../db/schema/account.ts';
import { keyedBallots } from '../../../db/schema/dialogue-paper.ts';
import type { Secret } from '../../../secret/secret.ts';
import type { StoredDialogue, StoredRound } from '../../reads.ts';
import {
	compareBatch,
	conflictsIn,
	keyedIn,
	meetBallots,
	readKeyings,
	readPaperAgenda,
	type StoredBatch
} from '../reads.ts';

/** More rows than anybody settles at a sitting; the rest follows. */
const MOST_ROWS = 200;

/** A batch as its page shows it. Where two keyings differ is shown to whoever did neither. */
export async function readBatchPage(
	{ db, secret }: { db: Db; secret: Secret },
	{ batch, dialogue, userId, mayKey }: { batch: StoredBatch; dialogue: StoredDialogue; userId: string; mayKey: boolean }
) {
	const own = await readKeyings(db, [batch.id]);
	const finished = own.filter(({ finishedAt }) => finishedAt !== null).map(({ turn }) => turn);
	const compared = finished.length === 2 ? await compareBatch(db, batch) : null;
	const state = batchState(batch.closedAt, finished, compared?.open ?? 0);
	const agenda = await readPaperAgenda(db, batch.dialogueId);
	const names = await readNames(
		db,
		own.map((keying) => keying.userId)
	);
	const mine = own.find((keying) => keying.userId === userId);
	const third = mayKey && !mine;
	const meeting =
		compared && state === 'resolved' ? await meetBallots(db, secret, dialogue, batch, compared.agreed) : null;
	const keyings = [];
	for (const keying of own) {
		const { turn, finishedAt, fileHash } = keying;
		keyings.push({
			...{ turn, finished: finishedAt !== null, fileHash, own: keying === mine },
			name: names.get(keying.userId) ?? '',
			keyed: keyedIn(batch, await db.$count(keyedBallots, ofKeying(batch.id, turn)))
		});
	}
	const { id, number, counted, countedBy, aside, asideReason, ballots } = batch;
	return {
		batch: {
			...{ id, number, counted, countedBy, aside, asideReason, ballots, state },
			conflicts: conflictsIn(batch.conflicts),
			hall: dialogue.halls[batch.hall] ?? '',
			missing: compared ? missingSheets(batch, compared.agreed.length) : null,
			openMismatches: compared?.open ?? 0
		},
		keyings,
		rounds: agenda.map(({ text }) => text),
		mismatches: third && compared && state !== 'closed' ? shownMismatches(agenda, compared.mismatches) : [],
		conflicts: (meeting?.conflicts ?? []).slice(0, MOST_ROWS).map(({ serial, roundIds, reason }) => ({
			...{ serial, reason },
			rounds: agenda.flatMap((round, i) => (roundIds.includes(round.id) ? i + 1 : []))
		})),
		openConflicts: meeting?.conflicts.filter(({ reason }) => reason === null).length ?? 0,
		elsewhere: meeting?.elsewhere.slice(0, MOST_ROWS) ?? []
	};
}

function shownMismatches(
	agenda: readonly StoredRound[],
	mismatches: Awaited<ReturnType<typeof compareBatch>>['mismatches']
) {
	const shown = (choices: Choices | null) => choices && showBallot(agenda, choices);
	return [...mismatches]
		.sort((a, b) => Number(a.decision !== null) - Number(b.decision !== null) || a.serial - b.serial)
		.slice(0, MOST_ROWS)
		.map(({ serial, first, second, seen, decision }) => ({
			...{ serial, seen, first: shown(first), second: shown(second), settled: decision !== null },
			stands: decision && shown(decision.choices)
		}));
}

const ofKeying = (batchId: string, turn: Turn) => and(eq(keyedBallots.batchId, batchId), eq(keyedBallots.turn, turn));

async function readNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select({ id: users.id, name: users.name })
		.from(users)
		.where(inArray(users.id, [...ids]));
	return new Map(rows.map(({ id, name }) => [id, name]));
}

const LAST_SHOWN = 10;

/** What one person keyed last, the newest first, and the ballot they want to correct. Nothing of the other keying. */
export async function readOwnKeying(db: Db, batch: StoredBatch, userId: string, serial: number | null) {
	const own = (await readKeyings(db, [batch.id])).find((keying) => keying.userId === userId);
	if (!own) return null;
	const agenda = await readPaperAgenda(db, batch.dialogueId);
	const rows = await db
		.select()
		.from(keyedBallots)
		.where(ofKeying(batch.id, own.turn))
		.orderBy(desc(keyedBallots.place))
		.limit(LAST_SHOWN);
	const [asked] =
		serial === null
			? []
			: await db
					.select()
					.from(keyedBallots)
					.where(and(ofKeying(batch.id, own.turn), eq(keyedBallots.serial, serial)));
	return {
		turn: own.turn,
		finished: own.finishedAt !== null,
		keyed: await db.$count(keyedBallots, ofKeying(batch.id, own.turn)),
		last: rows.map((row) => ({ serial: row.serial, shown: showBallot(agenda, row.choices) })),
		edit: asked && {
			...{ entry: asked.entry, serial: asked.serial },
			typed: agenda.map((round) => showKeyed(round, asked.choices[round.id] ?? ''))
		}
	};
}
