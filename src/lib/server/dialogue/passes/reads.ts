import { eq } from 'drizzle-orm';
import { isTicketCode, readCode } from '../../../domain/survey/code.ts';
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

/** What the store keeps of a slip's code. */
export const slipMark = (secret: Secret, code: string) => secret.mark('live-slip', code);

/** A room's screen or a broadcast by the hash of its token; not one that was withdrawn. */
export async function readDisplay(db: Db, tokenHash: string) {
	const [display] = await db.select().from(displays).where(eq(displays.tokenHash, tokenHash));
	return display?.revokedAt === null ? display : undefined;
}
