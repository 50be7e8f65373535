import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Db, Tx } from '../../db/db.ts';
import { ballots } from '../../db/schema/dialogue.ts';
import { slipRuns } from '../../db/schema/dialogue-paper.ts';
import type { Secret } from '../../secret/secret.ts';
import { readRounds, voterMark, type StoredDialogue } from '../reads.ts';

export type StoredRun = typeof slipRuns.$inferSelect;

/** The printed slips of a dialogue, void ones too, in the order of their serials. */
export function readRuns(db: Db | Tx, dialogueId: string): Promise<StoredRun[]> {
	return db.select().from(slipRuns).where(eq(slipRuns.dialogueId, dialogueId)).orderBy(asc(slipRuns.first));
}

/** Whether paper ballots are in people's hands: what stands on them cannot change any more. */
export async function areBallotsPrinted(db: Db | Tx, dialogueId: string): Promise<boolean> {
	return (await readRuns(db, dialogueId)).some(({ ballots, voidedAt }) => ballots && voidedAt === null);
}

/** How many slips of a run have voted by phone; null once nobody can tell any more whose a ballot is. */
export async function countVoters(
	db: Db | Tx,
	secret: Secret,
	dialogue: Pick<StoredDialogue, 'id' | 'organizationId' | 'sealedSecret'>,
	{ first, count }: Pick<StoredRun, 'first' | 'count'>
): Promise<number | null> {
	if (!dialogue.sealedSecret) return null;
	const roundIds = (await readRounds(db, dialogue.id)).map(({ id }) => id);
	if (roundIds.length === 0) return 0;
	const bySlip = and(eq(ballots.level, 'slip'), ne(ballots.channel, 'live-paper'));
	const own = and(eq(ballots.organizationId, dialogue.organizationId), inArray(ballots.roundId, roundIds), bySlip);
	const voted = new Set(
		(await db.selectDistinct({ voter: ballots.voter }).from(ballots).where(own)).map((row) => row.voter)
	);
	const marks = Array.from({ length: count }, (_, i) => voterMark(secret, dialogue, `slip ${first + i}`)!);
	return marks.filter((mark) => voted.has(mark)).length;
}
