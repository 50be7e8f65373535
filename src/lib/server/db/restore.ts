import {
	chmodSync,
	copyFileSync,
	existsSync,
	linkSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Outcome } from '../../domain/shared/outcome.ts';
import { flush, readWhole } from './backup.ts';

const JOURNAL = 'drizzle/sqlite/meta/_journal.json';
const MIGRATIONS = '__drizzle_migrations';

type Refused =
	'backup-missing' | 'backup-unfinished' | 'backup-damaged' | 'backup-foreign' | 'backup-newer' | 'database-in-use';

/**
 * Puts a backup in the place of the database. It is copied beside it and read through first; what stood there, with its log, is
 * kept under another name; the last step is one rename, so that a power cut leaves the old or the new. Nobody may have it open.
 */
export function restoreSqlite(backup: string, target: string, now: Date): Outcome<{ keptAs: string | null }, Refused> {
	if (!existsSync(backup)) return { ok: false, reason: 'backup-missing' };
	if (sizeOf(`${backup}-wal`) > 0) return { ok: false, reason: 'backup-unfinished' };
	mkdirSync(dirname(target), { recursive: true });
	const copy = `${target}.${process.pid}.restoring`;
	try {
		copyFileSync(backup, copy);
		chmodSync(copy, 0o600);
		flush(copy);
		const problem = problemOf(copy) ?? (isInUse(target) ? 'database-in-use' : null);
		if (problem) return { ok: false, reason: problem };
		const keptAs = keepAside(target, now);
		renameSync(copy, target);
		flush(dirname(target));
		return { ok: true, value: { keptAs } };
	} finally {
		rmSync(copy, { force: true });
	}
}

function problemOf(copy: string): Refused | null {
	const tables = readWhole(copy);
	if (!tables) return 'backup-damaged';
	if (!tables.has(MIGRATIONS) || !tables.has('sheet') || !tables.has('organization')) return 'backup-foreign';
	const client = new Database(copy, { readonly: true });
	const latest = client.prepare(`select max(created_at) from ${MIGRATIONS}`).pluck().get() as number;
	client.close();
	const { entries } = JSON.parse(readFileSync(JOURNAL, 'utf8')) as { entries: { when: number }[] };
	return latest > Math.max(...entries.map(({ when }) => when)) ? 'backup-newer' : null;
}

/** Whether another process has the database open: then it cannot be had alone. A broken one is in nobody's use. */
function isInUse(path: string): boolean {
	if (!existsSync(path)) return false;
	let client: Database.Database | undefined;
	try {
		client = new Database(path, { timeout: 500 });
		client.pragma('locking_mode = exclusive');
		client.exec('begin immediate; commit');
		return false;
	} catch (problem) {
		return problem instanceof Database.SqliteError && problem.code.startsWith('SQLITE_BUSY');
	} finally {
		client?.close();
	}
}

/** A log that belongs to the old file must never meet the new one, so the three are moved together. */
function keepAside(path: string, now: Date): string | null {
	if (!existsSync(path)) return null;
	const aside = `${path}.before-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
	// A second name, not a move: until the new file takes the first one, the old stands there.
	linkSync(path, aside);
	for (const suffix of ['-wal', '-shm']) {
		if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
	}
	flush(dirname(path));
	return aside;
}

function sizeOf(path: string): number {
	return existsSync(path) ? statSync(path).size : 0;
}
