import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { DAY_MS } from '../../domain/shared/time.ts';
import { copySqlite, flush } from './backup.ts';
import { copyBeside, removeCopy, sweepCopies } from './leftovers.ts';

/** Another program has been here that knows more tables; this one would write what that one does not expect. */
export class SchemaNewer extends Error {
	/** Known by it across the two module graphs of a running server. */
	readonly code = 'schema-newer';
	constructor() {
		super(
			'Cơ sở dữ liệu do một phiên bản mới hơn của chương trình tạo ra; hãy nâng cấp chương trình. Chưa có gì bị thay đổi.'
		);
	}
}

const MIGRATIONS_TABLE = '__drizzle_migrations';
const KEPT_DAYS = 30;

interface Journal {
	entries: { when: number; tag: string }[];
}

/** When the newest migration was written that this program has. */
export function newestKnown(folder: string): number {
	return Math.max(...journalOf(folder).map(({ when }) => when));
}

/** Its name. */
export function newestTag(folder: string): string {
	return journalOf(folder).at(-1)!.tag;
}

/** Refuses a database that has been through a migration which this program does not have. */
export function expectKnown(latest: number | null, folder: string) {
	if (latest !== null && latest > newestKnown(folder)) throw new SchemaNewer();
}

/**
 * Before a SQLite file is opened for writing: removes what a killed process left readable beside it, refuses a newer one, and keeps a copy of an older one beside it, for what an update did
 * wrongly is done in one transaction and can not be taken back. The copy before that one goes.
 */
export function prepareUpdate(path: string, folder: string) {
	sweepCopies(path);
	const latest = latestOf(path);
	expectKnown(latest, folder);
	if (latest === null || latest === newestKnown(folder)) return;
	const tag =
		journalOf(folder)
			.find(({ when }) => when === latest)
			?.tag.slice(0, 4) ?? String(latest);
	const copy = copyBeside(path, 'copying');
	try {
		removeCopy(copy);
		const made = copySqlite(path, copy);
		if (!made.ok) throw new Error(`The copy before the update is not like the database (${made.reason})`);
		const kept = `${path}.before-update-${tag}`;
		renameSync(copy, kept);
		flush(dirname(path));
		for (const other of updateCopies(path)) if (other !== kept) rmSync(other, { force: true });
	} finally {
		removeCopy(copy);
	}
}

/** Once a night: the copy from before an update, when nobody has needed it for a month. */
export function forgetUpdateCopies(path: string, now: number) {
	for (const copy of updateCopies(path)) {
		if (statSync(copy).mtimeMs < now - KEPT_DAYS * DAY_MS) rmSync(copy, { force: true });
	}
}

function updateCopies(path: string): string[] {
	const folder = dirname(path);
	if (!existsSync(folder)) return [];
	const start = `${basename(path)}.before-update-`;
	return readdirSync(folder)
		.filter((name) => name.startsWith(start))
		.map((name) => join(folder, name));
}

/** The newest migration that a file has been through; null where it is none of ours (yet). */
function latestOf(path: string): number | null {
	if (!existsSync(path) || statSync(path).size === 0) return null;
	let client: Database.Database | undefined;
	try {
		client = new Database(path, { readonly: true, timeout: 5_000 });
		return client.prepare(`select max(created_at) from ${MIGRATIONS_TABLE}`).pluck().get() as number | null;
	} catch (problem) {
		// Not ours, or broken: whoever opens it says what it is.
		if (problem instanceof Database.SqliteError) return null;
		throw problem;
	} finally {
		client?.close();
	}
}

function journalOf(folder: string): Journal['entries'] {
	return (JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as Journal).entries;
}
