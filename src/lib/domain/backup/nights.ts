import { addDays, daysBetween, HOUR_MS, isLocalDay, localDay, monthOf } from '../shared/time.ts';

/** After the jobs of the night that forget what is old, so that a backup does not keep it a night longer. */
const NIGHT_MS = 3.5 * HOUR_MS;
const DAILY = 30;
const MONTHLY = 12;
/** So many nights without a backup are too many. */
const LATE_NIGHTS = 2;

/** Which night's backup is owed at a moment: of the day it falls on, or of the day before while the night's jobs still run. */
export function nightOf(now: number): string {
	return localDay(now - NIGHT_MS);
}

/** How the file of a night's backup is called. */
export function backupName(night: string): string {
	return `lang-nghe-${night}.age`;
}

/** The night that a file is the backup of; null: it is something else, and nobody's to touch. */
export function nightOfName(name: string): string | null {
	const night = /^lang-nghe-(\d{4}-\d{2}-\d{2})\.age$/.exec(name)?.[1];
	return night && isLocalDay(night) ? night : null;
}

/**
 * Which nights stay: the newest thirty, and of what is older the newest of each of the newest twelve months. It goes by the backups
 * that there are and not by the clock, so that neither a wrong clock nor a long pause throws anything away.
 */
export function keptNights(nights: readonly string[]): Set<string> {
	const newestFirst = [...new Set(nights)].sort().reverse();
	const ofMonth = new Map<string, string>();
	for (const night of newestFirst.slice(DAILY)) {
		if (!ofMonth.has(monthOf(night))) ofMonth.set(monthOf(night), night);
	}
	return new Set([...newestFirst.slice(0, DAILY), ...[...ofMonth.values()].slice(0, MONTHLY)]);
}

/** Where the backups of an installation stand. */
export interface BackupStanding {
	/** The newest night there is a backup of, none of the future; null: none. */
	newest: string | null;
	/** When that one was finished, and what went wrong since. */
	finishedAt: number | null;
	failure: { at: number; says: string } | null;
}

/** The newest night that is not in the future: a backup of a wrong clock is not the newest for years. */
export function newestNight(nights: readonly string[], now: number): string | null {
	const owed = nightOf(now);
	// Some clocks are an hour off; a day ahead is still today's.
	return nights
		.filter((night) => night <= addDays(owed, 1))
		.reduce<string | null>((a, b) => (a && a > b ? a : b), null);
}

/** Nights without a backup since the newest one; null where there never was one. */
export function missedNights({ newest }: Pick<BackupStanding, 'newest'>, now: number): number | null {
	return newest === null ? null : Math.max(0, daysBetween(newest, nightOf(now)));
}

/** Somebody has to look: there is none yet and trying failed, or it is older than two nights. */
export function isBackupLate(standing: BackupStanding, now: number): boolean {
	const missed = missedNights(standing, now);
	return missed === null ? standing.failure !== null : missed >= LATE_NIGHTS;
}
