import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { openPglite } from './pglite.ts';

/** An empty, migrated database: SQLite in one run of the tests, PostgreSQL (in this process) in the other. */
export async function freshDb(): Promise<Db> {
	if (engine === 'postgres') {
		const db = await openPglite();
		onTestFinished(() => db.store.close());
		return db;
	}
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-'));
	const db = await openDb(`file:${folder}/test.db`);
	onTestFinished(async () => {
		await db.store.close();
		rmSync(folder, { recursive: true });
	});
	return db;
}
