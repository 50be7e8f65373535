import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Connection, Db, Store } from './db.ts';
import { expectKnown } from './schema-version.ts';

/** Two nodes met on the same rows; the transaction can simply be run again. */
const RETRYABLE = new Set(['40001', '40P01', '23505']);
const ATTEMPTS = 5;

export function openPostgres(url: string): Db {
	const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 });
	pool.on('error', () => {}); // an idle connection was cut; the next query opens another
	pool.on('connect', (client) => client.on('error', () => {})); // one in use was cut; its statement says so
	const store: Store = {
		reader: connectionTo(pool),
		async transaction(work) {
			for (let attempt = 1; ; attempt++) {
				const client = await pool.connect();
				let failure: Error | undefined;
				try {
					await client.query('begin');
					const value = await work(drizzle(client) as never, connectionTo(client));
					await client.query('commit');
					return value;
				} catch (problem) {
					failure = problem as Error;
					await client.query('rollback').catch(() => {});
					if (attempt >= ATTEMPTS || !RETRYABLE.has(codeOf(problem))) throw problem;
				} finally {
					client.release(failure && !codeOf(failure) ? failure : undefined);
				}
			}
		},
		async snapshot(work) {
			const client = await pool.connect();
			try {
				await client.query('begin transaction isolation level repeatable read read only');
				return await work(drizzle(client) as never);
			} finally {
				await client.query('rollback').catch(() => {});
				client.release();
			}
		},
		migrate: (folder) => migrateOnce(pool, folder),
		close: () => pool.end()
	};
	return Object.assign(drizzle(pool), { store }) as unknown as Db;
}

function connectionTo(client: pg.Pool | pg.PoolClient): Connection {
	return { engine: 'postgres', query: async (text, values) => (await client.query(text, values)).rows };
}

/** Several nodes may start at once; the lock lets one migrate while the others wait. */
async function migrateOnce(pool: pg.Pool, folder: string) {
	const client = await pool.connect();
	try {
		await client.query('select pg_advisory_lock(7264)');
		expectKnown(await latestOf(client), `${folder}/postgres`);
		await migrate(drizzle(client), { migrationsFolder: `${folder}/postgres` });
	} finally {
		await client.query('select pg_advisory_unlock(7264)').catch(() => {});
		client.release();
	}
}

/** The newest migration that the database has been through; null where it has been through none. */
async function latestOf(client: pg.PoolClient): Promise<number | null> {
	const { rows: found } = await client.query<{ there: boolean }>(
		`select to_regclass('drizzle.__drizzle_migrations') is not null as there`
	);
	if (!found[0].there) return null;
	const { rows } = await client.query<{ latest: string | null }>(
		'select max(created_at) as latest from drizzle.__drizzle_migrations'
	);
	return rows[0].latest === null ? null : Number(rows[0].latest);
}

function codeOf(problem: unknown): string {
	const { code, cause } = problem as { code?: string; cause?: { code?: string } };
	return code ?? cause?.code ?? '';
}
