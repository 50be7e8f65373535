import { and, count, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../db/db.ts';
import { recoveryCodes, users } from '../../db/schema/account.ts';

/** Since when somebody has a second factor, and how many of the codes on paper are left. */
export async function readSecondFactor(db: Db, userId: string) {
	const [user] = await db.select({ since: users.totpConfirmedAt }).from(users).where(eq(users.id, userId));
	const [codes] = await db
		.select({ left: count() })
		.from(recoveryCodes)
		.where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
	return { since: user?.since ?? null, codesLeft: codes.left };
}
