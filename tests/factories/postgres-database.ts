import pg from 'pg';
import type { Db } from '../../src/lib/server/db/db.ts';
import { openPostgres } from '../../src/lib/server/db/postgres.ts';
import { emptyWritten } from './empty.ts';
import type { Installation } from './installation.ts';
import { databaseOf, MIGRATED } from './postgres-server.ts';

/** Of the process, not of the test file, whose modules are its own. */
const once = globalThis as { ownDatabase?: Partial<Record<Installation, Promise<Opened>>> };
interface Opened {
	url: string;
	client: pg.Client;
}

/** The database of this process on the server of the run, opened as the product opens it; made once, emptied for each test. */
export async function openOwnDatabase(server: string, installation: Installation): Promise<Db> {
	const { url, client } = await ((once.ownDatabase ??= {})[installation] ??= copyMigrated(server, installation));
	await emptyWritten((text) => client.query(text));
	return openPostgres(url);
}

/** A database of its own that has been through no migration yet. */
export async function openEmptyDatabase(server: string): Promise<Db> {
	const name = `empty_${process.pid}_${performance.now().toFixed(0)}`;
	await asked(server, `create database ${name}`);
	return openPostgres(databaseOf(server, name));
}

async function copyMigrated(server: string, installation: Installation): Promise<Opened> {
	const name = `of_process_${process.pid}_${installation}`;
	await asked(server, `create database ${name} template ${MIGRATED}`);
	const url = databaseOf(server, name);
	const client = new pg.Client(url);
	await client.connect();
	// The server ends before the processes of the tests do.
	client.on('error', () => {});
	return { url, client };
}

async function asked(server: string, statement: string) {
	const client = new pg.Client(server);
	await client.connect();
	await client.query(statement);
	await client.end();
}
