import { and, asc, eq, isNull } from 'drizzle-orm';
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
