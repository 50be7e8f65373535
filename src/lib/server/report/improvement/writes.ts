import { and, eq, isNull } from 'drizzle-orm';
import type { ImprovementEntry } from '../../../domain/report/improvement.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { commit, type Db } from '../../db/db.ts';
import { improvements } from '../../db/schema/publication.ts';

interface By {
	organizationId: string;
	actorId: string;
	now: number;
}

/** The same form sent twice is one sentence. */
export async function writeImprovement(db: Db, entry: ImprovementEntry, by: By): Promise<void> {
	const { organizationId, actorId, now } = by;
	await commit(db, async (tx) => {
		const row = { ...entry, organizationId, day: localDay(now), createdAt: now, createdBy: actorId };
		const [fresh] = await tx.insert(improvements).values(row).onConflictDoNothing().returning({ id: improvements.id });
		if (!fresh) return;
		await writeAuditLine(tx, { ...by, action: 'improvement-written', object: fresh.id, detail: entry.text });
	});
}

/** Taken off every page that citizens see; it stays listed for whoever writes them. */
export async function withdrawImprovement(db: Db, id: string, by: By): Promise<Outcome<null, 'improvement-unknown'>> {
	return commit(db, async (tx) => {
		const standing = and(
			eq(improvements.organizationId, by.organizationId),
			eq(improvements.id, id),
			isNull(improvements.withdrawnAt)
		);
		const [withdrawn] = await tx
			.update(improvements)
			.set({ withdrawnAt: by.now })
			.where(standing)
			.returning({ text: improvements.text });
		if (!withdrawn) return { ok: false, reason: 'improvement-unknown' };
		await writeAuditLine(tx, { ...by, action: 'improvement-withdrawn', object: id, detail: withdrawn.text });
		return { ok: true, value: null };
	});
}
