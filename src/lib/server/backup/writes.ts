import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backupName, keptNights, nightOf } from '../../domain/backup/nights.ts';
import type { Outcome } from '../../domain/shared/outcome.ts';
import { DAY_MS } from '../../domain/shared/time.ts';
import { copySqlite, flush, type Backup } from '../db/backup.ts';
import { copyBeside, removeCopy, sweepCopies } from '../db/leftovers.ts';
import { forgetUpdateCopies } from '../db/schema-version.ts';
import { readNights } from './reads.ts';
import { sealFile, type SealWith } from './seal.ts';

export { forgetUpdateCopies, sweepCopies };

type Refused = 'source-missing' | 'target-exists' | 'copy-damaged' | 'seal-damaged';

/**
 * A sealed backup. What can be read of it lies only beside the database, where the same can be read anyway, and goes at once; the
 * target gets its name when it was flushed, opened again and found to be what was sealed.
 */
export async function backupSealed(source: string, target: string, seal: SealWith): Promise<Outcome<Backup, Refused>> {
	if (existsSync(target)) return { ok: false, reason: 'target-exists' };
	sweepCopies(source);
	const copy = copyBeside(source, 'copying');
	const part = `${target}.${process.pid}.part`;
	try {
		const made = copySqlite(source, copy);
		if (!made.ok) return made;
		if (!(await sealFile(copy, part, seal))) return { ok: false, reason: 'seal-damaged' };
		// Before it gets its name: whoever is told to stop when they see it leaves nothing readable behind.
		removeCopy(copy);
		renameSync(part, target);
		flush(dirname(target));
		return made;
	} finally {
		removeCopy(copy);
		rmSync(part, { force: true });
	}
}

export interface Night extends Backup {
	night: string;
	path: string;
	/** What the rotation threw away. */
	removed: string[];
}

/** The backup that is owed for the night, unless it is there; the old ones go only when it has come about. */
export async function backupNight(
	source: string,
	{ folder, recipients }: { folder: string; recipients: readonly string[] },
	now: number
): Promise<Outcome<Night, Refused>> {
	// Only its last part: what is missing above is a disk that is not there.
	if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
	removeParts(folder, now);
	const night = nightOf(now);
	const path = join(folder, backupName(night));
	const made = await backupSealed(source, path, { recipients });
	return made.ok ? { ok: true, value: { ...made.value, night, path, removed: rotate(folder) } } : made;
}

function rotate(folder: string): string[] {
	const nights = readNights(folder);
	const kept = keptNights(nights);
	const removed = nights.filter((night) => !kept.has(night)).map(backupName);
	for (const name of removed) rmSync(join(folder, name));
	if (removed.length > 0) flush(folder);
	return removed;
}

/** What a killed run left behind; sealed already, so it only takes room. */
function removeParts(folder: string, now: number) {
	for (const name of readdirSync(folder).filter((each) => /^lang-nghe-[\d-]+\.age\.\d+\.part$/.test(each))) {
		if (statSync(join(folder, name)).mtimeMs < now - DAY_MS) rmSync(join(folder, name), { force: true });
	}
}
