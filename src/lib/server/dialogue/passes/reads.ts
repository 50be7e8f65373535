import { eq } from 'drizzle-orm';
import { isTicketCode, readCode } from '../../../domain/survey/code.ts';
import type { Pass } from '../../../domain/dialogue/pass.ts';
import { find } from '../../db/bulk.ts';
import type { Db } from '../../db/db.ts';
import { displays, slips } from '../../db/schema/dialogue.ts';
import type { Secret } from '../../secret/secret.ts';

/** A seat slip by what was typed or scanned. */
export async function readSlip(db: Db, secret: Secret, typed: string) {
	const code = readCode(typed);
	if (!isTicketCode(code)) return undefined;
	const [slip] = await db
		.select()
		.from(slips)
		.where(eq(slips.mark, slipMark(secret, code)));
	return slip;
}

/** Whether a pass is of a seat slip that was voided after it was given. */
export async function isSlipVoid(db: Db, { dialogueId, level, holder }: Pass): Promise<boolean> {
	if (level !== 'slip') return false;
	const standing = await find(db, slips, ['dialogueId', 'serial'], [{ dialogueId, serial: Number(holder) }]);
	return standing.length === 0;
}

/** What the store keeps of a slip's code. */
export const slipMark = (secret: Secret, code: string) => secret.mark('live-slip', code);

/** A room's screen or a broadcast by the hash of its token; not one that was withdrawn. */
export async function readDisplay(db: Db, tokenHash: string) {
	const [display] = await db.select().from(displays).where(eq(displays.tokenHash, tokenHash));
	return display?.revokedAt === null ? display : undefined;
}
