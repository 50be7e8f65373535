import { HOUR_MS, MINUTE_MS } from '../shared/time.ts';

/** How the server and what it relies on are, at one moment; null: it could not be told. Instants and spans in milliseconds. */
export interface Standing {
	now: number;
	startedAt: number;
	version: string;
	/** The newest migration that the database has been through. */
	migration: string;
	database: {
		engine: 'sqlite' | 'postgres';
		bytes: number | null;
		walBytes: number | null;
		/** What the last commit failed with; null: it was well. */
		failed: 'full' | 'unavailable' | null;
	};
	disk: { free: number; total: number } | null;
	/** null: none is made here. */
	backup: { finishedAt: number | null; late: boolean; failed: boolean } | null;
	letters: { waiting: number; oldest: number } | null;
	withheld: number | null;
	viewers: number;
	/** How late the event loop runs, 99 times in 100 at most. */
	loop: number | null;
	/** Chains of the log that are not what their witness remembers. */
	brokenChains: number;
	tablets: { active: number; silent: number; troubled: number; queued: number };
	jobs: readonly JobStanding[];
}

export interface JobStanding {
	name: string;
	/** null: not yet since the start. */
	succeededAt: number | null;
	failedAt: number | null;
	nextAt: number;
	/** For how long it has been owed. */
	late: number;
}

/** `bad`: somebody has to do something now; `watch`: soon. */
export type State = 'well' | 'watch' | 'bad' | 'unknown';

const MIB = 1024 * 1024;
const LARGE_WAL = 256 * MIB;
/** Below either nothing can be written for long. */
const LEAST_ROOM = 200 * MIB;
const LEAST_SHARE = 0.05;
const LITTLE_SHARE = 0.1;
const BACKUP_OLD_MS = 26 * HOUR_MS;
const LETTER_OLD_MS = HOUR_MS;
/** As the alert rule has it. */
const LOOP_SLOW_MS = 500;
const LOOP_BAD_MS = 2000;
const JOB_LATE_MS = 30 * MINUTE_MS;

export function databaseState({ failed, walBytes }: Standing['database']): State {
	if (failed !== null) return 'bad';
	return (walBytes ?? 0) > LARGE_WAL ? 'watch' : 'well';
}

export function diskState(disk: Standing['disk']): State {
	if (!disk) return 'unknown';
	const share = disk.free / disk.total;
	if (disk.free < LEAST_ROOM || share < LEAST_SHARE) return 'bad';
	return share < LITTLE_SHARE ? 'watch' : 'well';
}

/** PostgreSQL is backed up with its own tools, of which nothing is known here. */
export function backupState({ backup, database, now }: Pick<Standing, 'backup' | 'database' | 'now'>): State {
	if (!backup) return database.engine === 'sqlite' ? 'watch' : 'unknown';
	if (backup.late) return 'bad';
	return backup.failed || now - (backup.finishedAt ?? 0) > BACKUP_OLD_MS ? 'watch' : 'well';
}

export function letterState(letters: Standing['letters']): State {
	if (!letters) return 'unknown';
	return letters.oldest > LETTER_OLD_MS ? 'watch' : 'well';
}

export function loopState(loop: number | null): State {
	if (loop === null) return 'unknown';
	if (loop > LOOP_BAD_MS) return 'bad';
	return loop > LOOP_SLOW_MS ? 'watch' : 'well';
}

export function tabletState({ silent, troubled }: Standing['tablets']): State {
	return silent + troubled > 0 ? 'watch' : 'well';
}

export function jobState({ succeededAt, failedAt, late }: JobStanding): State {
	if (late > JOB_LATE_MS) return 'bad';
	return failedAt !== null && failedAt > (succeededAt ?? 0) ? 'watch' : 'well';
}
