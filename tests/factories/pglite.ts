import type { Connection, Db, Store } from '../../src/lib/server/db/db.ts';

/** PostgreSQL in this process, for tests: the same dialect as a server, one connection. */
export async function openPglite(path: string): Promise<Db> {
	const { PGlite } = await import('@electric-sql/pglite');
	const { drizzle } = await import('drizzle-orm/pglite');
	const { migrate } = await import('drizzle-orm/pglite/migrator');
	const client = path ? new PGlite(path) : new PGlite();
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
		migrate: (folder) => migrate(queries, { migrationsFolder: `${folder}/postgres` }),
		close: async () => {
			await last;
			await client.close();
		}
	};
	return Object.assign(queries, { store }) as unknown as Db;
}
