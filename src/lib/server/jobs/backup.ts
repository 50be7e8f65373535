import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { isBackupLate, missedNights, nightOf, type BackupStanding } from '../../domain/backup/nights.ts';
import { readNewest } from '../backup/reads.ts';
import { forgetUpdateCopies, sweepCopies } from '../backup/writes.ts';
import type { Db } from '../db/db.ts';
import { noteBackup } from '../http/metrics.ts';
import { Notice } from '../notice.ts';
import type { Serving } from '../serving.ts';

const known = new WeakMap<Db, BackupStanding>();

/** What the last look found; null where this installation makes no backups by night. */
export function backupStanding(db: Db): BackupStanding | null {
	return known.get(db) ?? null;
}

/** Makes the night's backup; so that tests need no process. */
export type MakeNight = (stopped: AbortSignal) => Promise<{ failure: string | null }>;

/**
 * Looks every hour whether the night's backup is there and makes it where it is not: what failed is tried again an hour later, and a
 * night that the machine slept through is made up for when it wakes. Throws where it did not come about.
 */
export async function watchBackups(
	{ db, environment }: Pick<Serving, 'db' | 'environment'>,
	now: number,
	stopped: AbortSignal,
	make: MakeNight = makeInOwnProcess
) {
	if (!environment.backup) return;
	const { folder } = environment.backup;
	let failure = known.get(db)?.failure ?? null;
	try {
		const { newest } = readNewest(folder, now);
		if (newest === null || newest < nightOf(now)) {
			const made = await make(stopped);
			// The process may have been ended in the middle.
			sweepCopies(environment.databaseUrl.slice('file:'.length));
			if (stopped.aborted) return;
			failure = made.failure === null ? null : { at: now, says: made.failure };
		} else failure = null;
		note(db, { ...readNewest(folder, now), failure });
	} catch (problem) {
		failure = { at: now, says: (problem as Error).message };
		note(db, { newest: null, finishedAt: null, ...known.get(db), failure });
	}
	if (failure) throw new Notice(`The nightly backup failed: ${failure.says}`);
}

/** Forgets the copy that an update left beside the database, when it is old. */
export async function forgetCopies(databaseUrl: string, now: number) {
	if (databaseUrl.startsWith('file:'))
		await Promise.resolve(forgetUpdateCopies(databaseUrl.slice('file:'.length), now));
}

function note(db: Db, standing: BackupStanding) {
	known.set(db, standing);
	noteBackup({ finishedAt: standing.finishedAt, failed: standing.failure !== null });
}

/** For an operator; null while all is well. Without the reason, which may name a folder and stands in the log: everybody may ask. */
export function sayBackup(standing: BackupStanding | null, now: number): string | null {
	if (!standing) return null;
	if (!isBackupLate(standing, now)) return standing.failure ? 'the last try of a backup failed' : null;
	const missed = missedNights(standing, now);
	return missed === null ? 'there is no backup yet' : `the last backup is ${missed} nights old`;
}

/** In a process of its own and with the machine's leftover time: copying and sealing a large database would hold up every answer. */
function makeInOwnProcess(stopped: AbortSignal): Promise<{ failure: string | null }> {
	const child = spawn(process.execPath, ['src/entry/lang-nghe.js', 'backup', '--nightly'], {
		stdio: ['ignore', 'ignore', 'pipe'],
		signal: stopped
	});
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
	if (child.pid !== undefined) {
		try {
			setPriority(child.pid, constants.priority.PRIORITY_LOW);
		} catch {
			// It is made all the same.
		}
	}
	return new Promise((resolve) => {
		child.on('error', (problem) => resolve({ failure: problem.message }));
		child.on('close', (code) => {
			const words = said.trim().split('\n').at(-1) || `ended with ${code}`;
			resolve({ failure: code === 0 ? null : words });
		});
	});
}
