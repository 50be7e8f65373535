import { statSync } from 'node:fs';
import { backupStanding } from '../jobs/backup.ts';
import { readOldestDue } from '../mail/reads.ts';
import { countWithheld } from '../report/pending/reads.ts';
import type { Serving } from '../serving.ts';
import { metricsText } from './metrics.ts';

/** All that an operator watches, looked up now: a database that does not answer leaves its own figures out, and nothing else. */
export async function scrape(serving: Serving, ready: boolean, now: number): Promise<string> {
	const { db, environment, live, report } = serving;
	const told = (look: Promise<number>) =>
		look.catch((problem: unknown) => {
			report(problem);
			return NaN;
		});
	const [withheld, oldest] = await Promise.all([told(countWithheld(db)), told(readOldestDue(db, now))]);
	return metricsText({
		ready: ready ? 1 : 0,
		viewers: live.viewers(),
		withheld,
		letterSeconds: Math.max(0, now - oldest) / 1000,
		walBytes: walBytes(environment.databaseUrl),
		backupSeconds: backupSeconds(serving, now)
	});
}

function walBytes(databaseUrl: string): number {
	if (!databaseUrl.startsWith('file:')) return NaN;
	return statSync(`${databaseUrl.slice('file:'.length)}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

function backupSeconds({ db, environment }: Serving, now: number): number {
	if (!environment.backup) return NaN;
	const finishedAt = backupStanding(db)?.finishedAt ?? null;
	return finishedAt === null ? Infinity : (now - finishedAt) / 1000;
}
