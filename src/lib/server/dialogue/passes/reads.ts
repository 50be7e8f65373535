import { and, eq, inArray } from 'drizzle-orm';
import { isTicketCode, readCode } from '../../../domain/survey/code.ts';
import type { Pass } from '../../../domain/dialogue/pass.ts';
import { find } from '../../db/bulk.ts';
import type { Db } from '../../db/db.ts';
import { displays, slips } from '../../db/schema/dialogue.ts';
import type { Secret } from '../../secret/secret.ts';
import { voterMark, type StoredDialogue } from '../reads.ts';

/** A seat slip of this dialogue by what was typed or scanned. */
export async function readSlip(
	db: Db,
	secret: Secret,
	dialogue: Pick<StoredDialogue, 'id' | 'sealedSecret'>,
	typed: string
) {
	const code = readCode(typed);
	const mark = isTicketCode(code) ? slipMark(secret, dialogue, code) : null;
	if (mark === null) return undefined;
	// Slips that were printed before marks were the dialogue's own have the installation's.
	const marks = [mark, secret.mark('live-slip', code)];
	const [slip] = await db
		.select()
		.from(slips)
		.where(and(eq(slips.dialogueId, dialogue.id), inArray(slips.mark, marks)));
	return slip;
}

/** Whether a pass is of a seat slip that was voided after it was given. */
export async function isSlipVoid(db: Db, { dialogueId, level, holder }: Pass): Promise<boolean> {
	if (level !== 'slip') return false;
	const standing = await find(db, slips, ['dialogueId', 'serial'], [{ dialogueId, serial: Number(holder) }]);
	return standing.length === 0;
}

/** What the store keeps of a slip's code, under the dialogue's secret, with which it can be lent to another machine; null once that is destroyed. */
export const slipMark = (secret: Secret, dialogue: Pick<StoredDialogue, 'sealedSecret'>, code: string) =>
	voterMark(secret, dialogue, `slip-code ${code}`);

/** A room's screen or a broadcast by the hash of its token; not one that was withdrawn. */
export async function readDisplay(db: Db, tokenHash: string) {
	const [display] = await db.select().from(displays).where(eq(displays.tokenHash, tokenHash));
	return display?.revokedAt === null ? display : undefined;
}
