import { eq } from 'drizzle-orm';
import { weekOf } from '../../../domain/report/week.ts';
import { addDays, DAY_MS, HOUR_MS, localDay, startOfLocalDay } from '../../../domain/shared/time.ts';
import type { Decision } from '../../../domain/submission/comment/decision.ts';
import { findPersonalData, maskParts } from '../../../domain/submission/comment/personal-data.ts';
import { commit, type Db } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { readAllWaiting } from '../../submission/comment/reads.ts';
import { releaseComments } from '../../submission/comment/release/writes.ts';
import { decide } from '../../submission/comment/writes.ts';
import { type Remark, REMARK_WEEKS } from '../remarks.ts';

/**
 * Lives the weeks of the demonstration's comments through, as they would have gone: each Monday some come out and others are taken in,
 * on Tuesday somebody decides on them. The last week's still wait.
 */
export async function liveThroughComments(
	db: Db,
	remarks: readonly Remark[],
	{ organizationId, moderator, now }: { organizationId: string; moderator: string; now: number }
) {
	const [{ id: actorId }] = await db.select({ id: users.id }).from(users).where(eq(users.login, moderator));
	const scope = { organizationId, sites: null, officerId: null };
	const planOf = new Map(remarks.map((remark) => [remark.text, remark]));
	const thisWeek = weekOf(localDay(now - 6 * HOUR_MS));
	for (let weeks = REMARK_WEEKS; weeks >= 0; weeks--) {
		const monday = addDays(thisWeek, -7 * weeks);
		const at = startOfLocalDay(monday) + 7 * HOUR_MS;
		await releaseComments(db, at);
		if (weeks === 0) return;
		const by = { scope, actorId, now: at + DAY_MS };
		await commit(db, async (tx) => {
			for (const next of await readAllWaiting(tx, scope)) {
				const decided = await decide(tx, decisionOn(next, planOf.get(next.written)!), by);
				if (!decided.ok) throw new Error(`The demonstration's own decision was refused: ${decided.reason}`);
			}
		});
	}
}

function decisionOn({ id, written }: { id: string; written: string }, { topic, toHead, withheld }: Remark): Decision {
	if (withheld !== null) return { deed: 'withhold', id, reason: withheld, topic, toHead };
	const text = maskParts(written, findPersonalData(written));
	return { deed: 'release', id, text, topic, toHead, looked: false };
}
