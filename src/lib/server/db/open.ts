import type { Db } from './db.ts';
import { newestTag, prepareUpdate } from './schema-version.ts';
import { engine } from './twin.ts';

/** Every entry point is started in the program's folder, from the sources as from the bundle. */
const MIGRATIONS = 'drizzle';

/** The only way to a database: the engine that the address names, opened, asserted and migrated. */
export async function openDb(databaseUrl: string): Promise<Db> {
	const db = await open(databaseUrl);
	await db.store.migrate(MIGRATIONS);
	return db;
}

/** What every database that is open here has been through. */
export function newestMigration(): string {
	return newestTag(`${MIGRATIONS}/${engine}`);
}

async function open(url: string): Promise<Db> {
	const expected = url.startsWith('file:') ? 'sqlite' : 'postgres';
	if (expected !== engine)
		throw new Error(`The tables of this process are for ${engine}, but the database is ${expected}`);
	if (url.startsWith('file:')) {
		const path = url.slice('file:'.length);
		prepareUpdate(path, `${MIGRATIONS}/sqlite`);
		return (await import('./sqlite.ts')).openSqlite(path);
	}
	return (await import('./postgres.ts')).openPostgres(url);
}
