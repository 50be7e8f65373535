import { spawnSync } from 'node:child_process';
import {
	appendFileSync,
	copyFileSync,
	cpSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { Db } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { forgetUpdateCopies } from '../../src/lib/server/db/schema-version.ts';
import { meetingDecisions } from '../../src/lib/server/db/schema/meeting.ts';
import { openSqlite } from '../../src/lib/server/db/sqlite.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { langNghe } from '../actors/lang-nghe.ts';
import { openEmptyDatabase } from '../factories/postgres-database.ts';
import { SERVER } from '../factories/postgres-server.ts';
import { FULL } from '../lane.ts';

const once = engine === 'sqlite';

interface Journal {
	entries: { idx: number; when: number; tag: string }[];
}
const journalOf = (dialect: string) =>
	JSON.parse(readFileSync(`drizzle/${dialect}/meta/_journal.json`, 'utf8')) as Journal;
const NEWEST = journalOf('sqlite').entries.length;

function aFolder() {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-migrations-'));
	onTestFinished(() => rmSync(folder, { recursive: true }), 60_000);
	return folder;
}

/** The migrations as a release had them that knew so many, or one that knows one more. */
function releaseWith(folder: string, change: (journal: Journal) => Journal): string {
	const release = mkdtempSync(join(folder, 'release-'));
	cpSync('drizzle', release, { recursive: true });
	for (const dialect of ['sqlite', 'postgres'])
		writeFileSync(join(release, dialect, 'meta/_journal.json'), JSON.stringify(change(journalOf(dialect))));
	return release;
}
const first = (count: number) => (journal: Journal) => ({ ...journal, entries: journal.entries.slice(0, count) });

/** What the first release wrote: a ward, its people, its log, sheets and what was counted of them. */
const OLD_ROWS = [
	`insert into organization (id, kind, name) values ('w1', 'ward', 'Phường Thử')`,
	`insert into site (id, organization_id, name, kind) values ('s1', 'w1', 'Trung tâm', 'main')`,
	`insert into field (id, organization_id, code, name, name_en) values ('f1', 'w1', 'HT', 'Hộ tịch', 'Civil status')`,
	`insert into counter (id, organization_id, site_id, number, name) values ('q1', 'w1', 's1', '1', 'Quầy 1')`,
	`insert into officer (id, organization_id, name) values ('o1', 'w1', 'Công Chức')`,
	`insert into user_account (id, organization_id, login, name, role, password_hash) values ('u1', 'w1', 'lan', 'Lan', 'leader', '')`,
	`insert into audit_line (id, organization_id, at, actor_id, action, object, detail) values ('b', 'w1', 2, 'u1', 'duty-ended', 'd1', 'sau')`,
	...['a', 'b', 'c'].map(
		(
			id
		) => `insert into sheet (organization_id, id, day, shift, channel, site_id, counter_id, field_id, officer_id, version_id, locale, answers, reasons, digest, flags)
			values ('w1', '${id}', '2026-11-02', 'morning', 'terminal', 's1', 'q1', 'f1', 'o1', 'SIPAS5-v1', 'vi', '11111', '', '', '')`
	)
];

/** Everything that stands in a file: its schema and each row, but for when it was opened. */
function allOf(path: string): Record<string, unknown> {
	const client = new Sqlite(path, { readonly: true });
	const names = client.prepare(`select name, sql from sqlite_schema where name not like 'sqlite%' order by name`);
	const schema = names.all() as { name: string; sql: string }[];
	const tables = schema.filter(({ sql }) => sql?.toLowerCase().startsWith('create table') && !sql.includes('opening'));
	const rows = tables.map(({ name }) => [
		name,
		(client.prepare(`select * from "${name}"`).raw().all() as unknown[]).map((row) => JSON.stringify(row)).sort()
	]);
	client.close();
	return { schema: schema.filter(({ name }) => name !== 'opening'), ...Object.fromEntries(rows) };
}

async function aReleaseDatabase(folder: string, path: string, migrations: number) {
	const db = openSqlite(path);
	await db.store.migrate(releaseWith(folder, first(1)));
	const { reader } = db.store;
	if (reader.engine !== 'sqlite') throw new Error('not SQLite');
	await db.store.transaction(async (_, connection) => {
		if (connection.engine === 'sqlite') for (const row of OLD_ROWS) connection.client.exec(row);
		return Promise.resolve();
	});
	await db.store.migrate(releaseWith(folder, first(migrations)));
	await db.store.close();
}

const copyAll = (from: string, to: string) => {
	for (const suffix of ['', '-wal']) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
};

interface Killed {
	expected: Record<string, unknown>;
	/** Files as they stood on the disk when the process might have been killed: what it had written until then, before a statement. */
	snapshots: string[];
}

/** Updates a database of a release, keeping what stands on the disk before every so many statements. */
async function updateFrom(folder: string, start: number, every: number, transaction = true): Promise<Killed> {
	const path = join(folder, `from-${start}.db`);
	await aReleaseDatabase(folder, path, start);
	const snapshots: string[] = [];
	let statements = 0;
	const { prepare } = Sqlite.prototype;
	function counted(this: Sqlite.Database, source: string) {
		if (!this.readonly && this.name === path && ++statements % every === 0) {
			snapshots.push(`${path}.killed-${statements}`);
			copyAll(path, snapshots.at(-1)!);
		}
		const isEdge = /^(begin|commit)$/i.test(source.trim());
		return prepare.call(this, isEdge && !transaction ? 'delete from opening where false' : source);
	}
	Sqlite.prototype.prepare = counted as typeof prepare;
	const db = await openDb(`file:${path}`).finally(() => (Sqlite.prototype.prepare = prepare));
	await db.store.close();
	return { expected: allOf(path), snapshots };
}

test.runIf(once)(
	'killed at any statement of the way from a release, an update is done again and ends as one that nobody killed',
	{ timeout: FULL ? 900_000 : 60_000 },
	async () => {
		const folder = aFolder();
		const starts = FULL ? Array.from({ length: NEWEST - 1 }, (_, i) => i + 1) : [1, 13, NEWEST - 1];
		let kills = 0;
		for (const start of starts) {
			const { expected, snapshots } = await updateFrom(folder, start, FULL ? 3 : 17);
			expect([expected.user_account, expected.audit_entry, expected.sheet]).toMatchObject([
				{ length: 1 },
				{ length: 1 },
				{ length: 3 }
			]);
			for (const killed of snapshots) {
				await (await openDb(`file:${killed}`)).store.close();
				expect(allOf(killed)).toEqual(expected);
				rmSync(killed);
				kills++;
			}
		}
		console.log(`migrations: ${starts.length} releases, ${kills} kills`);
		expect(kills).toBeGreaterThan(10);
	}
);

test.runIf(once)(
	'an update that is not one transaction does not survive being killed, and the comparison says so',
	async () => {
		const { snapshots } = await updateFrom(aFolder(), 20, 17, false);
		const again = snapshots.map((killed) => openDb(`file:${killed}`).then((db) => db.store.close()));
		expect((await Promise.allSettled(again)).map(({ status }) => status)).toContain('rejected');
	}
);

const STRACE = existsSync('/usr/bin/strace');
if (once && FULL && !STRACE)
	console.log('SKIPPED: strace is not installed, so no update is killed at a write of the system.');

test.runIf(once && FULL && STRACE)(
	'killed at a write of the system, an update is done again by the next start',
	{ timeout: 600_000 },
	async () => {
		const folder = aFolder();
		const old = join(folder, 'old.db');
		await aReleaseDatabase(folder, old, 1);
		const straight = join(folder, 'straight.db');
		copyAll(old, straight);
		await (await openDb(`file:${straight}`)).store.close();
		let kills = 0;
		for (const call of ['pwrite64', 'fdatasync', 'ftruncate', 'unlink']) {
			for (const nth of [1, 2, 3, 5, 9, 17, 40, 90]) {
				const path = join(folder, `${call}-${nth}.db`);
				copyAll(old, path);
				const inject = [
					'-f',
					'-qq',
					'-o',
					'/dev/null',
					'-e',
					`trace=${call}`,
					'-e',
					`inject=${call}:signal=KILL:when=${nth}`
				];
				const node = [process.execPath, 'src/entry/lang-nghe.js', 'migrate'];
				const ended = spawnSync('strace', [...inject, ...node], {
					env: { ...process.env, DATABASE_URL: `file:${path}` }
				});
				if (ended.status === 0) break;
				kills++;
				await (await openDb(`file:${path}`)).store.close();
				expect(allOf(path)).toEqual(allOf(straight));
				expect(
					readdirSync(folder).filter((name) => name.startsWith(`${call}-${nth}.db.`) && name.includes('copying'))
				).toEqual([]);
			}
		}
		console.log(`migrations: ${kills} kills at writes of the system`);
		expect(kills).toBeGreaterThan(5);
	}
);

test.runIf(once)(
	'before an update a copy is kept beside the database, the one before it goes, and a month later so does it',
	async () => {
		const folder = aFolder();
		const path = join(folder, 'ward.db');
		await aReleaseDatabase(folder, path, 5);
		const before = allOf(path);
		writeFileSync(`${path}.before-update-0001`, 'of an earlier update');
		await (await openDb(`file:${path}`)).store.close();
		const copies = () => readdirSync(folder).filter((name) => name.startsWith('ward.db.'));
		expect(copies()).toEqual(['ward.db.before-update-0004']);
		expect(allOf(`${path}.before-update-0004`)).toEqual(before);
		expect(statSync(`${path}.before-update-0004`).mode & 0o077).toBe(0);
		await (await openDb(`file:${path}`)).store.close();
		expect(copies()).toEqual(['ward.db.before-update-0004']);
		forgetUpdateCopies(path, Date.now() + 29 * DAY_MS);
		expect(copies()).toHaveLength(1);
		forgetUpdateCopies(path, Date.now() + 31 * DAY_MS);
		expect(copies()).toEqual([]);
	}
);

test.runIf(once)(
	'an older program refuses a newer database with a sentence and exit 3, and writes nothing',
	async () => {
		const folder = aFolder();
		const path = join(folder, 'ward.db');
		await (await openDb(`file:${path}`)).store.close();
		const client = new Sqlite(path);
		client.exec(`insert into __drizzle_migrations (hash, created_at) values ('of tomorrow', ${Date.UTC(2040, 0)})`);
		client.close();
		const bytes = readFileSync(path);
		for (const args of [['migrate'], ['verify']]) {
			const { code, out, errors } = await langNghe(args, { url: `file:${path}` });
			expect([args, code, out]).toEqual([args, 3, '']);
			expect(errors).toContain('phiên bản mới hơn');
		}
		expect(readFileSync(path).equals(bytes)).toBe(true);
		expect(readdirSync(folder).filter((name) => name.startsWith('ward.db.'))).toEqual([]);
		const wal = `${path}-wal`;
		expect(existsSync(wal) ? statSync(wal).size : 0).toBe(0);
	}
);

/** A database of either engine at a release, and how to take it further; null: PostgreSQL without a server here. */
async function anEmpty(folder: string): Promise<Db | null> {
	if (once) return openSqlite(join(folder, 'ward.db'));
	const server = process.env[SERVER];
	return server ? openEmptyDatabase(server) : null;
}

test('an update that breaks at its last statement leaves the database as it was, and the right one then goes through', async () => {
	const folder = aFolder();
	const db = await anEmpty(folder);
	if (!db) return console.log('SKIPPED: no PostgreSQL server');
	onTestFinished(() => db.store.close());
	await db.store.migrate(releaseWith(folder, first(20)));
	const broken = releaseWith(folder, (journal) => journal);
	const { tag } = journalOf(engine).entries.at(-1)!;
	appendFileSync(join(broken, engine, `${tag}.sql`), '--> statement-breakpoint\nselect * from no_such_table;');
	await expect(db.store.migrate(broken)).rejects.toThrow();
	await expect(db.select({ id: meetingDecisions.organizationId }).from(meetingDecisions)).rejects.toThrow();
	await db.store.migrate('drizzle');
	expect(await db.select({ id: meetingDecisions.organizationId }).from(meetingDecisions)).toEqual([]);
	const newer = (journal: Journal) => first(journal.entries.length - 1)(journal);
	if (!once) await expect(db.store.migrate(releaseWith(folder, newer))).rejects.toThrow('phiên bản mới hơn');
});
