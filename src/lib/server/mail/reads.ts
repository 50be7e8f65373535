import { and, count, gt, isNull, lt, lte, min, or } from 'drizzle-orm';
import type { Db } from '../db/db.ts';
import { letters } from '../db/schema/account.ts';

/** When a letter goes next that nobody tries to send any more. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** How many letters wait that should have gone by now and are not given up, and since when the oldest does; now where none does. */
export async function readDueLetters(db: Db, now: number): Promise<{ waiting: number; oldest: number }> {
	const isDue = or(gt(letters.attempts, 0), lte(letters.nextAt, now));
	const [{ waiting, oldest }] = await db
		.select({ waiting: count(), oldest: min(letters.createdAt) })
		.from(letters)
		.where(and(isNull(letters.sentAt), lt(letters.nextAt, NEVER), isDue));
	return { waiting, oldest: Number(oldest ?? now) };
}
