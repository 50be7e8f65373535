import { error } from '@sveltejs/kit';
import { readBatch, type StoredBatch } from '../dialogue/paper/reads.ts';
import { readDialogue, type StoredDialogue } from '../dialogue/reads.ts';
import type { Db } from '../db/db.ts';
import { PROBLEMS } from './problem.ts';

/** The batch of an address whose guard has let through, with its dialogue; 404 under the room of another. */
export async function batchOf({
	locals,
	params
}: {
	locals: { running: { db: Db } };
	params: { room: string; batch: string };
}): Promise<{ db: Db; batch: StoredBatch; dialogue: StoredDialogue }> {
	const { db } = locals.running;
	const batch = await readBatch(db, params.batch);
	const dialogue = batch && (await readDialogue(db, batch.dialogueId));
	if (dialogue?.room !== params.room) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	return { db, batch: batch!, dialogue };
}
