import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import type { Installation } from './installation.ts';
import { onceARun } from './once-a-run.ts';
import { openPglite } from './pglite.ts';
import { openOwnDatabase } from './postgres-database.ts';
import { SERVER } from './postgres-server.ts';

/** An empty database that has been through every migration; the tests open copies of it. */
async function migrate(folder: string) {
	const db = await openDb(`file:${folder}/empty.db`);
	await db.store.close();
}

/** An empty, migrated database: SQLite in one run of the tests, PostgreSQL in the other, in this process where no server is installed. */
export async function freshDb(installation: Installation = 'own'): Promise<Db> {
	if (engine === 'postgres') {
		const server = process.env[SERVER];
		const db = server ? await openOwnDatabase(server, installation) : await openPglite(installation);
		onTestFinished(() => db.store.close());
		return db;
	}
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-'));
	const migrated = await onceARun('sqlite', migrate);
	if (migrated) copyFileSync(`${migrated}/empty.db`, `${folder}/test.db`);
	const db = await openDb(`file:${folder}/test.db`);
	onTestFinished(async () => {
		await db.store.close();
		rmSync(folder, { recursive: true });
	});
	return db;
}
