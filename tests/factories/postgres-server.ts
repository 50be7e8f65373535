import pg from 'pg';
import { aPostgres, POSTGRES_BIN } from '../actors/postgres.ts';
import { openPostgres } from '../../src/lib/server/db/postgres.ts';

/** Where the workers find the server of the run; unset where none is installed, and they have PostgreSQL in their own process. */
export const SERVER = 'LANG_NGHE_TEST_POSTGRES';
/** The database that has been through every migration; the workers make copies of it. */
export const MIGRATED = 'migrated';

/** Vitest's `globalSetup` of the tests on PostgreSQL. */
export default async function startPostgres() {
	if (!POSTGRES_BIN) return;
	const postgres = await aPostgres({ durable: false });
	const server = new pg.Client(postgres.url);
	await server.connect();
	await server.query(`create database ${MIGRATED}`);
	await server.end();
	const migrated = openPostgres(databaseOf(postgres.url, MIGRATED));
	await migrated.store.migrate('drizzle');
	await migrated.store.close();
	process.env[SERVER] = postgres.url;
	return () => {
		delete process.env[SERVER];
		postgres.remove();
	};
}

export function databaseOf(url: string, name: string): string {
	return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
