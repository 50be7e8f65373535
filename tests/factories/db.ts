import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { openPglite } from './pglite.ts';

/** Of the process, not of the test file, whose modules are its own. */
const once = globalThis as { migratedFile?: Promise<string> };

/** An empty database that has been through every migration; the tests open copies of it. */
async function migrate(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-migrated-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const db = await openDb(`file:${folder}/empty.db`);
	await db.store.close();
	return `${folder}/empty.db`;
}

/** An empty, migrated database: SQLite in one run of the tests, PostgreSQL (in this process) in the other. */
export async function freshDb(): Promise<Db> {
	if (engine === 'postgres') {
		const db = await openPglite();
		onTestFinished(() => db.store.close());
		return db;
	}
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-'));
	copyFileSync(await (once.migratedFile ??= migrate()), `${folder}/test.db`);
	const db = await openDb(`file:${folder}/test.db`);
	onTestFinished(async () => {
		await db.store.close();
		rmSync(folder, { recursive: true });
	});
	return db;
}
