import { readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isBackupLate } from '../../domain/backup/nights.ts';
import type { Standing } from '../../domain/status/standing.ts';
import { lastFailure } from '../db/db.ts';
import { newestMigration } from '../db/open.ts';
import { engine } from '../db/twin.ts';
import { readJobs, readLoopDelay, type Look } from '../http/metrics.ts';
import { storageProblem } from '../http/problem.ts';
import { backupStanding } from '../jobs/backup.ts';
import { chainProblems } from '../jobs/witness.ts';
import { readDueLetters } from '../mail/reads.ts';
import { countWithheld } from '../report/pending/reads.ts';
import type { Serving } from '../serving.ts';
import { readTerminalHealth } from '../terminal/reads.ts';

/** All that an operator watches, looked up now, for /metrics and for the page: a database that does not answer leaves its own figures out (NaN). */
export async function lookNow(serving: Serving, now: number): Promise<Omit<Look, 'ready'>> {
	const { db, environment, live, report } = serving;
	const told = <T>(look: Promise<T>) =>
		look.catch((problem: unknown) => {
			report(problem);
			return null;
		});
	const [withheld, letters] = await Promise.all([told(countWithheld(db)), told(readDueLetters(db, now))]);
	return {
		viewers: live.viewers(),
		withheld: withheld ?? NaN,
		letters: letters?.waiting ?? NaN,
		letterSeconds: letters ? Math.max(0, now - letters.oldest) / 1000 : NaN,
		walBytes: bytesOf(environment.databaseUrl, '-wal'),
		backupSeconds: backupSeconds(serving, now)
	};
}

/** What the operator's page says of the installation, and of the tablets of one organization. */
export async function readStanding(serving: Serving, organizationId: string, now: number): Promise<Standing> {
	const { db, environment } = serving;
	const look = await lookNow(serving, now);
	const all = await readTerminalHealth(db, organizationId, now);
	const active = all.filter(({ revokedAt }) => revokedAt === null);
	const silent = active.filter(({ health }) => health.signs.includes('silent'));
	const troubled = active.filter(({ health }) => health.level !== 'well' && !health.signs.includes('silent'));
	const standing = backupStanding(db);
	return {
		now,
		startedAt: now - Math.round(process.uptime() * 1000),
		version: version(),
		migration: newestMigration(),
		database: {
			engine,
			bytes: orNull(bytesOf(environment.databaseUrl)),
			walBytes: orNull(look.walBytes),
			failed: failureOf(lastFailure(db))
		},
		disk: roomAround(environment.databaseUrl, environment.dataDir),
		backup: environment.backup && {
			finishedAt: standing?.finishedAt ?? null,
			late: standing !== null && isBackupLate(standing, now),
			failed: (standing?.failure ?? null) !== null
		},
		letters: Number.isNaN(look.letters) ? null : { waiting: look.letters, oldest: look.letterSeconds * 1000 },
		withheld: orNull(look.withheld),
		viewers: look.viewers,
		loop: orNull((await readLoopDelay()) * 1000),
		brokenChains: chainProblems(db).length,
		tablets: {
			active: active.length,
			silent: silent.length,
			troubled: troubled.length,
			queued: active.reduce((sum, { queued }) => sum + (queued ?? 0), 0)
		},
		jobs: readJobs(now)
	};
}

const orNull = (figure: number) => (Number.isFinite(figure) ? figure : null);

function failureOf(problem: unknown): Standing['database']['failed'] {
	if (problem === undefined) return null;
	const code = storageProblem(problem ?? {});
	if (code === 'storage-full') return 'full';
	// What was refused for another reason was a fault of the request or of the program, not of the disk.
	return code === null ? null : 'unavailable';
}

/** Of the embedded database; NaN elsewhere. */
function bytesOf(databaseUrl: string, suffix = ''): number {
	if (!databaseUrl.startsWith('file:')) return NaN;
	return statSync(`${databaseUrl.slice('file:'.length)}${suffix}`, { throwIfNoEntry: false })?.size ?? 0;
}

function roomAround(databaseUrl: string, dataDir: string): Standing['disk'] {
	try {
		const folder = databaseUrl.startsWith('file:') ? dirname(resolve(databaseUrl.slice('file:'.length))) : dataDir;
		const { bavail, blocks, bsize } = statfsSync(folder);
		return { free: bavail * bsize, total: blocks * bsize };
	} catch {
		return null;
	}
}

function backupSeconds({ db, environment }: Serving, now: number): number {
	if (!environment.backup) return NaN;
	const finishedAt = backupStanding(db)?.finishedAt ?? null;
	return finishedAt === null ? Infinity : (now - finishedAt) / 1000;
}

/** Every entry point is started in the program's folder. */
function version(): string {
	return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
}
