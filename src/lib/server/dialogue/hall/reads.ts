import { and, asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../db/db.ts';
import { hallPacks } from '../../db/schema/dialogue-hall.ts';
import type { Secret } from '../../secret/secret.ts';
import { voterMark, type StoredDialogue } from '../reads.ts';
import { readRuns } from '../slips/reads.ts';

export type StoredPack = typeof hallPacks.$inferSelect;

/** The machines that a dialogue was lent to, in the order it was. */
export function readPacks(db: Db | Tx, dialogueId: string): Promise<StoredPack[]> {
	return db
		.select()
		.from(hallPacks)
		.where(and(eq(hallPacks.dialogueId, dialogueId), eq(hallPacks.side, 'lent')))
		.orderBy(asc(hallPacks.createdAt), asc(hallPacks.id));
}

export async function readPack(db: Db | Tx, id: string): Promise<StoredPack | undefined> {
	const [pack] = await db.select().from(hallPacks).where(eq(hallPacks.id, id));
	return pack;
}

/** The pack with which a dialogue came to this machine; undefined: it is this machine's own. */
export async function readHeld(db: Db | Tx, dialogueId: string): Promise<StoredPack | undefined> {
	const [held] = await db
		.select()
		.from(hallPacks)
		.where(and(eq(hallPacks.dialogueId, dialogueId), eq(hallPacks.side, 'held')));
	return held;
}

/** Machines whose ballots are still to come. */
export const isOut = ({ mergedAt, droppedAt }: StoredPack) => mergedAt === null && droppedAt === null;

export const readPacksOut = async (db: Db | Tx, dialogueId: string) => (await readPacks(db, dialogueId)).filter(isOut);

/** Every slip that was ever printed for a dialogue, by the mark it votes under; null once the secret is destroyed. */
export async function readSerials(
	db: Db | Tx,
	secret: Secret,
	dialogue: Pick<StoredDialogue, 'id' | 'sealedSecret'>
): Promise<Map<string, number> | null> {
	const serials = new Map<string, number>();
	for (const { first, count } of await readRuns(db, dialogue.id)) {
		for (let serial = first; serial < first + count; serial++) {
			const mark = voterMark(secret, dialogue, `slip ${serial}`);
			if (mark === null) return null;
			serials.set(mark, serial);
		}
	}
	return serials;
}
