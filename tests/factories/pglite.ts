import { readFileSync, writeFileSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import type { Connection, Db, Store } from '../../src/lib/server/db/db.ts';
import { emptyWritten } from './empty.ts';
import type { Installation } from './installation.ts';
import { onceARun } from './once-a-run.ts';

/** Of the process, not of the test file, whose modules are its own. */
const once = globalThis as { pglite?: Partial<Record<Installation, Promise<PGlite>>> };

/** PostgreSQL in this process: the same dialect as a server, one connection; started once, emptied for each test. */
export async function openPglite(installation: Installation): Promise<Db> {
	const { drizzle } = await import('drizzle-orm/pglite');
	const client = await ((once.pglite ??= {})[installation] ??= start());
	await emptyWritten((text) => client.query(text));
	const queries = drizzle(client);
	const connection: Connection = {
		engine: 'postgres',
		query: async (text, values) => (await client.query<Record<string, unknown>>(text, values)).rows
	};
	let last: Promise<unknown> = Promise.resolve();
	const store: Store = {
		reader: connection,
		transaction(work) {
			const run = last.then(async () => {
				await client.query('begin');
				try {
					const value = await work(drizzle(client) as never, connection);
					await client.query('commit');
					return value;
				} catch (problem) {
					await client.query('rollback');
					throw problem;
				}
			});
			last = run.catch(() => {});
			return run;
		},
		snapshot: (work) => work(queries as never),
		migrate: async () => {},
		close: async () => {
			await last;
		}
	};
	return Object.assign(queries, { store }) as unknown as Db;
}

async function start(): Promise<PGlite> {
	const { PGlite } = await import('@electric-sql/pglite');
	const made = await onceARun('pglite', async (folder) => {
		const client = await migrated();
		writeFileSync(`${folder}/migrated.tar`, await bytesOf(await client.dumpDataDir('none')));
		await client.close();
	});
	return made ? new PGlite({ loadDataDir: new Blob([readFileSync(`${made}/migrated.tar`)]) }) : migrated();
}

async function migrated(): Promise<PGlite> {
	const { PGlite } = await import('@electric-sql/pglite');
	const { drizzle } = await import('drizzle-orm/pglite');
	const { migrate } = await import('drizzle-orm/pglite/migrator');
	const client = new PGlite();
	await migrate(drizzle(client), { migrationsFolder: 'drizzle/postgres' });
	return client;
}

const bytesOf = async (blob: Blob) => Buffer.from(await blob.arrayBuffer());
