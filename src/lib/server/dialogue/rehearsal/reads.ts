import { and, desc, eq, gt } from 'drizzle-orm';
import { REHEARSAL_SILENT_MS } from '../../../domain/dialogue/rehearsal.ts';
import type { Db, Tx } from '../../db/db.ts';
import { dialogues } from '../../db/schema/dialogue.ts';
import { rehearsals } from '../../db/schema/rehearsal.ts';

const KEPT = 10;

/** The rehearsals of a dialogue, the newest first. */
export function readRehearsals(db: Db, dialogueId: string) {
	return db
		.select()
		.from(rehearsals)
		.where(eq(rehearsals.dialogueId, dialogueId))
		.orderBy(desc(rehearsals.startedAt))
		.limit(KEPT);
}

/** What keeps this machine from being rehearsed on: people who vote in earnest, or phones that already do in play. */
export async function readRehearsalObstacle(db: Db | Tx, now: number): Promise<'live-elsewhere' | 'running' | null> {
	const inEarnest = and(eq(dialogues.state, 'live'), eq(dialogues.rehearsal, false));
	const [live] = await db.select({ id: dialogues.id }).from(dialogues).where(inEarnest).limit(1);
	if (live) return 'live-elsewhere';
	const heard = and(eq(rehearsals.state, 'running'), gt(rehearsals.heardAt, now - REHEARSAL_SILENT_MS));
	const [running] = await db.select({ id: rehearsals.id }).from(rehearsals).where(heard).limit(1);
	return running ? 'running' : null;
}
