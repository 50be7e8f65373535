import { lt } from 'drizzle-orm';
import { SESSIONS_KEPT_MS } from '../../../domain/account/session.ts';
import { DAY_MS } from '../../../domain/shared/time.ts';
import { commit, type Db } from '../../db/db.ts';
import { letters, passwordLinks, sessions } from '../../db/schema/account.ts';
import { importDrafts } from '../../db/schema/place.ts';
import { pairings } from '../../db/schema/terminal.ts';

const LETTERS_KEPT_MS = 90 * DAY_MS;
const LINKS_KEPT_MS = 30 * DAY_MS;

/**
 * Once a night: what people leave behind by using the program. Each of these goes also when the next of its kind comes; where none
 * comes any more, this takes the last ones.
 */
export async function forgetTraces(db: Db, now: number) {
	await commit(db, async (tx) => {
		await tx.delete(sessions).where(lt(sessions.usedAt, now - SESSIONS_KEPT_MS));
		await tx.delete(passwordLinks).where(lt(passwordLinks.expiresAt, now - LINKS_KEPT_MS));
		await tx.delete(importDrafts).where(lt(importDrafts.createdAt, now - DAY_MS));
		await tx.delete(pairings).where(lt(pairings.expiresAt, now - DAY_MS));
		// Sent or given up long ago: the words went then, the address goes now.
		await tx.delete(letters).where(lt(letters.createdAt, now - LETTERS_KEPT_MS));
	});
}
