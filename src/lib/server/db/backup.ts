import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Outcome } from '../../domain/shared/outcome.ts';

/** What stands in a backup: read back from the finished file. */
export interface Backup {
	tables: number;
	rows: number;
}

/**
 * Copies the whole database into one file while others go on writing. The copy is made under another name, flushed, opened again,
 * checked and compared with its source; only then it gets its name. Readable by its owner only: it holds password hashes.
 */
export function backupSqlite(
	source: string,
	target: string
): Outcome<Backup, 'source-missing' | 'target-exists' | 'copy-damaged'> {
	if (!existsSync(source)) return { ok: false, reason: 'source-missing' };
	if (existsSync(target)) return { ok: false, reason: 'target-exists' };
	const copy = `${target}.${process.pid}.part`;
	closeSync(openSync(copy, 'wx', 0o600));
	try {
		const [before, after] = copyInto(source, copy);
		flush(copy);
		const counted = readWhole(copy);
		if (!counted || !liesBetween(counted, before, after)) return { ok: false, reason: 'copy-damaged' };
		renameSync(copy, target);
		flush(dirname(target));
		return { ok: true, value: { tables: counted.size, rows: [...counted.values()].reduce((sum, n) => sum + n, 0) } };
	} finally {
		rmSync(copy, { force: true });
	}
}

type RowCounts = Map<string, number>;

/** The rows of each table before and after the copying, since the server may write meanwhile. */
function copyInto(source: string, copy: string): [before: RowCounts, after: RowCounts] {
	const client = new Database(source, { readonly: true, timeout: 5_000 });
	try {
		const before = countRows(client);
		client.prepare('vacuum into ?').run(copy);
		return [before, countRows(client)];
	} finally {
		client.close();
	}
}

/** Rows of each table of a file in which nothing is broken; null where something is. */
export function readWhole(path: string): RowCounts | null {
	let client: Database.Database | undefined;
	try {
		client = new Database(path, { readonly: true });
		client.pragma('cell_size_check = ON');
		if (client.pragma('integrity_check', { simple: true }) !== 'ok') return null;
		return countRows(client);
	} catch (problem) {
		if (problem instanceof Database.SqliteError) return null;
		throw problem;
	} finally {
		client?.close();
	}
}

function countRows(client: Database.Database): RowCounts {
	const names = client
		.prepare(
			`select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name`
		)
		.pluck()
		.all() as string[];
	return new Map(
		names.map((name) => [
			name,
			client
				.prepare(`select count(*) from "${name.replaceAll('"', '""')}"`)
				.pluck()
				.get() as number
		])
	);
}

function liesBetween(copy: RowCounts, before: RowCounts, after: RowCounts): boolean {
	const names = new Set([...copy.keys(), ...before.keys(), ...after.keys()]);
	return [...names].every((name) => {
		const [own, first, last] = [copy, before, after].map((counts) => counts.get(name) ?? -1);
		return own >= Math.min(first, last) && own <= Math.max(first, last);
	});
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
