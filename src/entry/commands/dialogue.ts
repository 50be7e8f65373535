import { readFileSync } from 'node:fs';
import type { Db } from '../../lib/server/db/db.ts';
import { readDialogueOfRoom, type StoredDialogue } from '../../lib/server/dialogue/reads.ts';
import { readEnvironment } from '../../lib/server/environment.ts';
import { openSecret } from '../../lib/server/secret/secret.ts';
import { Refusal } from './ending.ts';

export const works = (db: Db) => ({ db, secret: openSecret(readEnvironment()) });

export async function roomNamed(db: Db, room: string): Promise<StoredDialogue> {
	const dialogue = await readDialogueOfRoom(db, room.toLowerCase());
	if (!dialogue || dialogue.rehearsal) throw new Refusal(`Không có buổi đối thoại nào với mã ${room}.`);
	return dialogue;
}

export function textOfFile(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (problem) {
		throw new Refusal(`Không đọc được tệp ${path}: ${(problem as Error).message}`);
	}
}
