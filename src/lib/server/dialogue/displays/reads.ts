import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from '../../db/db.ts';
import { displays } from '../../db/schema/dialogue.ts';

/** The screens and broadcasts of a dialogue whose address works. */
export function readDisplays(db: Db, dialogueId: string) {
	return db
		.select({ id: displays.tokenHash, kind: displays.kind, name: displays.name, hall: displays.hall })
		.from(displays)
		.where(and(eq(displays.dialogueId, dialogueId), isNull(displays.revokedAt)))
		.orderBy(asc(displays.createdAt));
}

/** Which of these (by the hashes of their tokens) were withdrawn. */
export async function readWithdrawn(db: Db, tokenHashes: readonly string[]): Promise<string[]> {
	if (tokenHashes.length === 0) return [];
	const rows = await db
		.select({ id: displays.tokenHash })
		.from(displays)
		.where(and(inArray(displays.tokenHash, [...tokenHashes]), isNotNull(displays.revokedAt)));
	return rows.map(({ id }) => id);
}
