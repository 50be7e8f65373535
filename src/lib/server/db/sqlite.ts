import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Db, Store } from './db.ts';

/** The first SQLite without the WAL-reset corruption bug. */
const OLDEST_SAFE = [3, 51, 3];

/**
 * SQLite in WAL mode with every promise asserted: better-sqlite3 silently drops `synchronous` to NORMAL at the first write in
 * WAL mode, and NORMAL loses acknowledged commits when the power fails. So FULL is set, a write is made, and only then is it read.
 */
export function openSqlite(path: string): Db {
	mkdirSync(dirname(path), { recursive: true });
	const writer = new Database(path);
	setPragmas(writer);
	writer.exec(`create table if not exists opening (id integer primary key check (id = 1), at integer not null)`);
	// Never what stands there already: an update that changes nothing writes nothing.
	writer
		.prepare(`insert into opening values (1, unixepoch()) on conflict do update set at = max(excluded.at, at + 1)`)
		.run();
	assertSafe(writer);

	const reader = new Database(path, { readonly: true });
	setPragmas(reader);

	let last: Promise<unknown> = Promise.resolve();
	const queries = drizzle(writer);
	const store: Store = {
		reader: { engine: 'sqlite', client: reader },
		transaction(work) {
			const run = last.then(async () => {
				writer.exec('begin immediate');
				try {
					const value = await work(queries as never, { engine: 'sqlite', client: writer });
					writer.exec('commit');
					return value;
				} catch (problem) {
					// A full disk may have rolled back already.
					if (writer.inTransaction) writer.exec('rollback');
					throw problem;
				}
			});
			last = run.catch(() => {});
			return run;
		},
		async snapshot(work) {
			const at = new Database(path, { readonly: true });
			setPragmas(at);
			// Whoever needs one moment of everything walks through it once, so what it has passed need not stay in memory.
			at.pragma('cache_size = -4096');
			try {
				at.exec('begin');
				return await work(drizzle(at) as never);
			} finally {
				at.close();
			}
		},
		migrate: async (folder) => migrate(queries, { migrationsFolder: `${folder}/sqlite` }),
		async close() {
			await last;
			reader.close();
			writer.close();
		}
	};
	return Object.assign(drizzle(reader), { store }) as unknown as Db;
}

function setPragmas(client: Database.Database) {
	if (!client.readonly) {
		client.pragma('journal_mode = WAL');
		client.pragma('synchronous = FULL');
		client.pragma('secure_delete = ON');
		client.pragma('journal_size_limit = 67108864');
		// 16 MB: a page that commit after commit changes is copied home once for all of them (a sixth less work a sheet than at 1000).
		client.pragma('wal_autocheckpoint = 4000');
	}
	client.pragma('busy_timeout = 5000');
	client.pragma('foreign_keys = ON');
	client.pragma('trusted_schema = OFF');
	client.pragma('cell_size_check = ON');
	client.pragma('mmap_size = 0');
	client.pragma('cache_size = -65536');
}

/** Throws unless the connection that has just written is durable; exported for the test that takes the defence away. */
export function assertSafe(client: Database.Database) {
	const expected: Record<string, unknown> = {
		journal_mode: 'wal',
		synchronous: 2,
		foreign_keys: 1,
		busy_timeout: 5000,
		trusted_schema: 0,
		cell_size_check: 1,
		secure_delete: 1,
		journal_size_limit: 67108864
	};
	for (const [name, value] of Object.entries(expected)) {
		const actual = client.pragma(name, { simple: true });
		if (actual !== value) throw new Error(`SQLite is not safe: ${name} is ${String(actual)}, not ${String(value)}`);
	}
	const version = client.prepare('select sqlite_version()').pluck().get() as string;
	const parts = version.split('.').map(Number);
	const difference = OLDEST_SAFE.map((oldest, i) => parts[i] - oldest).find((d) => d !== 0) ?? 0;
	if (difference < 0)
		throw new Error(`SQLite ${version} can corrupt a WAL; ${OLDEST_SAFE.join('.')} is the oldest safe one`);
}
