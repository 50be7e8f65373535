import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { backupName, newestNight, nightOfName } from '../../domain/backup/nights.ts';

/** The nights that a folder holds a backup of. */
export function readNights(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder).flatMap((name) => nightOfName(name) ?? []);
}

/** The newest of them and when it was finished. */
export function readNewest(folder: string, now: number): { newest: string | null; finishedAt: number | null } {
	const newest = newestNight(readNights(folder), now);
	return { newest, finishedAt: newest === null ? null : statSync(join(folder, backupName(newest))).mtimeMs };
}
