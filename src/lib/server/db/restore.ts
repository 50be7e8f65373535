import {
	chmodSync,
	closeSync,
	copyFileSync,
	existsSync,
	linkSync,
	mkdirSync,
	openSync,
	readSync,
	renameSync,
	statSync
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Anchor, ChainProblem } from '../../domain/account/chain.ts';
import type { Outcome } from '../../domain/shared/outcome.ts';
import { isSealed, openSealed, type OpenWith } from '../backup/seal.ts';
import { flush, summaryOf, type Backup } from './backup.ts';
import { readHash, readHeads, readWhole } from './content.ts';
import { copyBeside, removeCopy, sweepCopies } from './leftovers.ts';
import { newestKnown } from './schema-version.ts';

const MIGRATIONS = '__drizzle_migrations';

export interface HowToRestore {
	/** What opens a sealed backup. */
	by?: OpenWith;
	/** The heads of the audit log that were noted outside the database. */
	anchors?: readonly Anchor[];
	/** Whoever asks knows that the file is a copy of a database that nobody had open. */
	raw?: boolean;
	/** Whoever asks knows that the log of the backup is not the one that was noted. */
	anyLog?: boolean;
}

export interface Taken extends Backup {
	/** Where the backup's log is not (yet) what was noted outside: an older backup ends before what was noted last. */
	log: ChainProblem[];
}

type Refused =
	| 'backup-missing'
	| 'backup-unfinished'
	| 'backup-raw'
	| 'backup-damaged'
	| 'backup-foreign'
	| 'backup-newer'
	| 'key-missing'
	| 'key-wrong'
	| 'log-rewritten'
	| 'log-foreign'
	| 'database-in-use';

/**
 * Puts a backup in the place of the database. It is copied (or opened, where it is sealed) beside it and read through first; what stood
 * there, with its log, is kept under another name; the last step is one rename, so that a power cut leaves the old or the new. Nobody
 * may have it open.
 */
export async function restoreSqlite(
	backup: string,
	target: string,
	now: Date,
	how: HowToRestore = {}
): Promise<Outcome<Taken & { keptAs: string | null }, Refused>> {
	return withCopy(backup, target, how, (copy, taken) => {
		if (isInUse(target)) return { ok: false, reason: 'database-in-use' };
		const keptAs = keepAside(target, now);
		renameSync(copy, target);
		flush(dirname(target));
		return { ok: true, value: { ...taken, keptAs } };
	});
}

/** Looks through a backup as a restore would and gives it to somebody to look further; nothing is left of it afterwards. */
export async function checkSqlite<T>(
	backup: string,
	target: string,
	how: HowToRestore,
	look: (copy: string) => Promise<T>
): Promise<Outcome<Taken & { seen: T }, Refused>> {
	return withCopy(backup, target, how, async (copy, taken) => ({
		ok: true,
		value: { ...taken, seen: await look(copy) }
	}));
}

async function withCopy<T>(
	backup: string,
	target: string,
	how: HowToRestore,
	use: (copy: string, taken: Taken) => Outcome<T, Refused> | Promise<Outcome<T, Refused>>
): Promise<Outcome<T, Refused>> {
	if (!existsSync(backup)) return { ok: false, reason: 'backup-missing' };
	if (sizeOf(`${backup}-wal`) > 0) return { ok: false, reason: 'backup-unfinished' };
	mkdirSync(dirname(target), { recursive: true });
	sweepCopies(target);
	const copy = copyBeside(target, 'restoring');
	try {
		const put = await putCopy(backup, copy, how);
		if (!put.ok) return put;
		const taken = lookThrough(copy, how);
		return taken.ok ? await use(copy, taken.value) : taken;
	} finally {
		removeCopy(copy);
	}
}

async function putCopy(
	backup: string,
	copy: string,
	{ by, raw = false }: HowToRestore
): Promise<Outcome<null, Refused>> {
	if (isSealed(backup)) {
		if (!by) return { ok: false, reason: 'key-missing' };
		const opened = await openSealed(backup, copy, by);
		if (!opened.ok) return { ok: false, reason: opened.reason === 'key-wrong' ? 'key-wrong' : 'backup-damaged' };
	} else {
		copyFileSync(backup, copy);
		chmodSync(copy, 0o600);
		flush(copy);
	}
	return !raw && isInWalMode(copy) ? { ok: false, reason: 'backup-raw' } : { ok: true, value: null };
}

/** A database that was copied while it was open says so in its head; what its log held is then missing, and nothing in the file shows it. */
function isInWalMode(path: string): boolean {
	const head = Buffer.alloc(20);
	const handle = openSync(path, 'r');
	try {
		readSync(handle, head);
	} finally {
		closeSync(handle);
	}
	return head.toString('latin1', 0, 15) === 'SQLite format 3' && head[18] === 2;
}

function lookThrough(copy: string, { anchors = [], anyLog = false }: HowToRestore): Outcome<Taken, Refused> {
	const content = readWhole(copy);
	if (!content) return { ok: false, reason: 'backup-damaged' };
	const { rows } = content;
	if (!rows.has(MIGRATIONS) || !rows.has('sheet') || !rows.has('organization'))
		return { ok: false, reason: 'backup-foreign' };
	const client = new Database(copy, { readonly: true });
	try {
		const latest = client.prepare(`select max(created_at) from ${MIGRATIONS}`).pluck().get() as number;
		if (latest > newestKnown('drizzle/sqlite')) return { ok: false, reason: 'backup-newer' };
		const log = compareLog(client, anchors);
		if (!anyLog && log.some(({ fault }) => fault === 'rewritten')) return { ok: false, reason: 'log-rewritten' };
		const noted = new Set(anchors.map(({ organizationId }) => organizationId));
		const none = noted.size > 0 && log.filter(({ fault }) => fault === 'gone').length === noted.size;
		if (!anyLog && none) return { ok: false, reason: 'log-foreign' };
		return { ok: true, value: { ...summaryOf(content), log } };
	} finally {
		client.close();
	}
}

/** The first line of each chain that is not as it was noted outside: another line, or not there (any more, or not yet). */
function compareLog(client: Database.Database, anchors: readonly Anchor[]): ChainProblem[] {
	const ends = new Set(readHeads(client).map(({ organizationId }) => organizationId));
	const problems: ChainProblem[] = [];
	for (const [organizationId, own] of Map.groupBy(anchors, (anchor) => anchor.organizationId)) {
		if (!ends.has(organizationId)) {
			problems.push({ organizationId, seq: 1, fault: 'gone' });
			continue;
		}
		for (const { seq, hash } of own.toSorted((a, b) => a.seq - b.seq)) {
			const stored = readHash(client, { organizationId, seq });
			if (stored?.startsWith(hash)) continue;
			problems.push({ organizationId, seq, fault: stored === undefined ? 'cut' : 'rewritten' });
			break;
		}
	}
	return problems;
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

/** A log that belongs to another file must never meet the new one, so what there is of the three is moved together. */
function keepAside(path: string, now: Date): string | null {
	const there = ['', '-wal', '-shm'].filter((suffix) => existsSync(path + suffix));
	if (there.length === 0) return null;
	const aside = `${path}.before-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
	// A second name, not a move: until the new file takes the first one, the old stands there.
	if (there.includes('')) linkSync(path, aside);
	for (const suffix of there.filter((each) => each !== '')) renameSync(path + suffix, aside + suffix);
	flush(dirname(path));
	return aside;
}

function sizeOf(path: string): number {
	return existsSync(path) ? statSync(path).size : 0;
}
