import { eq } from 'drizzle-orm';
import { isLetterOwed, lateBackupLetter, letterDay } from '../../../domain/backup/late-letter.ts';
import { commit, type Db } from '../../db/db.ts';
import { installation } from '../../db/schema/account.ts';
import { postLetter } from '../../mail/writes.ts';
import { readKeepers } from './reads.ts';

const KEY = 'late-backup-letter';

interface Look {
	/** When the newest backup was finished. */
	finishedAt: number | null;
	/** When this server began to look. */
	since: number;
	now: number;
	origin: string;
}

/** Writes to the administrators, once a day, while there is no new backup. Returns how many letters were posted. */
export async function tellOfLateBackup(db: Db, { finishedAt, since, now, origin }: Look): Promise<number> {
	if (!isLetterOwed(finishedAt, since, now)) return 0;
	const day = letterDay(now);
	return commit(db, async (tx) => {
		const [told] = await tx.select().from(installation).where(eq(installation.key, KEY));
		if (told?.value === day) return 0;
		const row = { key: KEY, value: day };
		await tx
			.insert(installation)
			.values(row)
			.onConflictDoUpdate({ target: installation.key, set: { value: day } });
		const keepers = await readKeepers(tx);
		const letter = lateBackupLetter(finishedAt, `${origin}/admin/status`);
		for (const { organizationId, email } of keepers)
			await postLetter(tx, { organizationId, to: email, now, ...letter });
		return keepers.length;
	});
}
