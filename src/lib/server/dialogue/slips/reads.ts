import { asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../db/db.ts';
import { slipRuns } from '../../db/schema/dialogue-paper.ts';

export type StoredRun = typeof slipRuns.$inferSelect;

/** The printed slips of a dialogue, void ones too, in the order of their serials. */
export function readRuns(db: Db | Tx, dialogueId: string): Promise<StoredRun[]> {
	return db.select().from(slipRuns).where(eq(slipRuns.dialogueId, dialogueId)).orderBy(asc(slipRuns.first));
}

/** Whether paper ballots are in people's hands: what stands on them cannot change any more. */
export async function areBallotsPrinted(db: Db | Tx, dialogueId: string): Promise<boolean> {
	return (await readRuns(db, dialogueId)).some(({ ballots, voidedAt }) => ballots && voidedAt === null);
}
