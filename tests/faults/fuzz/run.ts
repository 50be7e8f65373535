import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '../../../src/lib/server/db/open.ts';
import { freePort } from '../../actors/free-port.ts';
import { startServer, type ServerOptions } from '../../actors/server.ts';
import { twoProvinces } from '../../factories/provinces.ts';
import { fuzz, type FuzzResult, type HowMuch } from './fuzz.ts';

export interface FuzzRun extends FuzzResult {
	/** What /readyz says afterwards, and what the server ended with. */
	ready: number;
	exit: number | null;
	/** All that the server printed after it was ready: what it reports is a fault that somebody met. */
	printed: string;
}

/** Two provinces of everything and everybody on the real server, and so many wrong requests at it. */
export async function runFuzz(how: HowMuch, { preload }: Pick<ServerOptions, 'preload'> = {}): Promise<FuzzRun> {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-fuzz-'));
	const databaseUrl = `file:${folder}/provinces.db`;
	const db = await openDb(databaseUrl);
	try {
		const world = await twoProvinces(db, Date.now());
		const server = await startServer({
			databaseUrl,
			port: await freePort(),
			preload,
			env: { DATA_DIR: folder, LOG_LEVEL: 'error' }
		});
		try {
			const result = await fuzz({ server, db, world, folder }, how);
			const { status } = await fetch(`${server.origin}/readyz`).catch(() => {
				throw new Error(`The server is gone; it printed:\n${server.output()}`);
			});
			const exit = await server.stop();
			return { ...result, ready: status, exit, printed: server.output().replace(/^ready \S+\n/m, '') };
		} finally {
			await server.kill();
		}
	} finally {
		await db.store.close();
		rmSync(folder, { recursive: true });
	}
}

export function sayFuzz({ sent, seconds, statuses, targets, forms, letIn, rss, files }: FuzzRun): string {
	const grown = Math.round((100 * (rss.late - rss.early)) / rss.early);
	return [
		`fuzz: ${sent} requests in ${seconds} s from ${targets} addresses and ${forms} forms shown; ${letIn} let in`,
		`fuzz: answers by status ${JSON.stringify(statuses)} (0: closed without an answer)`,
		`fuzz: memory ${Math.round(rss.early)} MB after a tenth, ${Math.round(rss.late)} MB at the end (${grown} %); open files ${files.before} before, ${files.after} after`
	].join('\n');
}
