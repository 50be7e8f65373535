import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { ChainHead } from '../../domain/account/chain.ts';
import type { Outcome } from '../../domain/shared/outcome.ts';
import { countRows, readHash, readWhole, type Content, type RowCounts } from './content.ts';

/** What stands in a backup: read back from the finished file. */
export interface Backup {
	tables: number;
	rows: number;
	/** Over all counts that reports stand on. */
	fingerprint: string;
}

/**
 * Copies the whole database into one file while others go on writing. The copy is made under another name, flushed, opened again,
 * checked and compared with its source; only then it gets its name. Readable by its owner only: it holds password hashes.
 */
export function backupSqlite(
	source: string,
	target: string
): Outcome<Backup, 'source-missing' | 'target-exists' | 'copy-damaged'> {
	if (existsSync(target)) return { ok: false, reason: 'target-exists' };
	const copy = `${target}.${process.pid}.part`;
	try {
		const made = copySqlite(source, copy);
		if (!made.ok) return made;
		renameSync(copy, target);
		flush(dirname(target));
		return made;
	} finally {
		rmSync(copy, { force: true });
	}
}

/** A copy under a name that is not there yet, flushed, read through to its end and compared with its source. */
export function copySqlite(source: string, copy: string): Outcome<Backup, 'source-missing' | 'copy-damaged'> {
	if (!existsSync(source)) return { ok: false, reason: 'source-missing' };
	closeSync(openSync(copy, 'wx', 0o600));
	const client = new Database(source, { readonly: true, timeout: 5_000 });
	try {
		const before = countRows(client);
		client.prepare('vacuum into ?').run(copy);
		const after = countRows(client);
		flush(copy);
		const content = readWhole(copy);
		if (!content || !liesBetween(content.rows, before, after) || !isOfChains(client, content.heads))
			return { ok: false, reason: 'copy-damaged' };
		return { ok: true, value: summaryOf(content) };
	} finally {
		client.close();
	}
}

export function summaryOf({ rows, fingerprint }: Content): Backup {
	return { tables: rows.size, rows: [...rows.values()].reduce((sum, n) => sum + n, 0), fingerprint };
}

/** The server may have written meanwhile. */
function liesBetween(copy: RowCounts, before: RowCounts, after: RowCounts): boolean {
	const names = new Set([...copy.keys(), ...before.keys(), ...after.keys()]);
	return [...names].every((name) => {
		const [own, first, last] = [copy, before, after].map((counts) => counts.get(name) ?? -1);
		return own >= Math.min(first, last) && own <= Math.max(first, last);
	});
}

/** Where each chain of the copy ends, the source has the same line: the log is only ever appended to. */
function isOfChains(source: Database.Database, heads: readonly ChainHead[]): boolean {
	return heads.every((head) => readHash(source, head) === head.hash);
}

/** Makes a file, or the names in a folder, outlive a power cut. */
export function flush(path: string) {
	const handle = openSync(path, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
