import { and, gt, isNull, lt, lte, min, or } from 'drizzle-orm';
import type { Db } from '../db/db.ts';
import { letters } from '../db/schema/account.ts';

/** When a letter goes next that nobody tries to send any more. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** Since when the oldest letter waits that should have gone by now and is not given up; now where none does. */
export async function readOldestDue(db: Db, now: number): Promise<number> {
	const isDue = or(gt(letters.attempts, 0), lte(letters.nextAt, now));
	const [{ oldest }] = await db
		.select({ oldest: min(letters.createdAt) })
		.from(letters)
		.where(and(isNull(letters.sentAt), lt(letters.nextAt, NEVER), isDue));
	return Number(oldest ?? now);
}
