import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freshDb } from '../../../../tests/factories/db.ts';
import { add, find, insertNew, put } from './bulk.ts';
import { commit } from './db.ts';
import { organizations } from './schema/place.ts';
import { dailyCounts } from './schema/report.ts';
import { pairings, terminalSequences } from './schema/terminal.ts';
import { engine, postgresTwin } from './twin.ts';

const aRow = (overrides = {}) => ({
	...{
		organizationId: 'w',
		day: '2026-11-23',
		channel: 'terminal',
		siteId: 's',
		counterId: 'q',
		fieldId: '',
		officerId: ''
	},
	...{
		versionId: 'SIPAS5-v1',
		itemId: 'PV',
		counted: 1,
		n1: 0,
		n2: 0,
		n3: 0,
		n4: 0,
		n5: 1,
		notApplicable: 0,
		sheets: 0
	},
	...overrides
});

test('rows are inserted once by their key, and the new ones are told', async () => {
	const db = await freshDb();
	const fresh = await commit(db, (tx) => insertNew(tx, dailyCounts, [aRow(), aRow({ itemId: 'TC' }), aRow()]));
	expect(fresh.map(({ itemId }) => itemId)).toContain('TC');
	expect(await commit(db, (tx) => insertNew(tx, dailyCounts, [aRow()]))).toEqual([]);
	expect(await db.select().from(dailyCounts)).toHaveLength(2);
});

test('figures are added to the row under the same key', async () => {
	const db = await freshDb();
	for (let i = 0; i < 3; i++)
		await commit(db, (tx) => add(tx, dailyCounts, [aRow({ pending: 1 })], ['n5', 'sheets'], ['pending']));
	expect(await db.select().from(dailyCounts)).toMatchObject([{ n5: 3, sheets: 0, pending: 1 }]);
});

test('neighbours that add the same are added in one go, and those that do not stand yet are put in', async () => {
	const db = await freshDb();
	const items = ['HC', 'KQ', 'PV', 'TC', 'TT'];
	const rows = (own: (item: string, i: number) => Partial<ReturnType<typeof aRow>>) =>
		items.map((itemId, i) => aRow({ itemId, n5: 0, sheets: 0, pending: 1, ...own(itemId, i) }));
	const write = (own: (item: string, i: number) => Partial<ReturnType<typeof aRow>>, kept = items) =>
		commit(db, (tx) => {
			const some = rows(own).filter(({ itemId }) => kept.includes(itemId));
			return add(tx, dailyCounts, some, ['n1', 'n5', 'sheets'], ['pending'], 'itemId');
		});
	await write(() => ({ n5: 1 }), ['HC', 'TC']);
	await write((item, i) => (i % 2 ? { n1: 1 } : { n5: 1 }));
	await write((item) => (item === 'TT' ? { n1: 2, n5: 3 } : { n5: 1 }));
	await write((item) => ({ n5: 1, pending: item === 'HC' ? 0 : 1, counterId: item === 'KQ' ? 'q2' : 'q' }));
	const stored = await db.select().from(dailyCounts).orderBy(dailyCounts.counterId, dailyCounts.itemId);
	expect(stored.map(({ counterId, itemId, n1, n5, pending }) => [counterId, itemId, n1, n5, pending])).toEqual([
		['q', 'HC', 0, 4, 0],
		['q', 'KQ', 1, 1, 1],
		['q', 'PV', 0, 3, 1],
		['q', 'TC', 1, 3, 1],
		['q', 'TT', 2, 5, 1],
		['q2', 'KQ', 0, 1, 1]
	]);
});

test('json, booleans and nulls come back as they went in', async () => {
	const db = await freshDb();
	const row = {
		terminalId: 't',
		organizationId: 'w',
		ranges: [[1, 4]] as [number, number][],
		forkedAt: null,
		quarantined: 2
	};
	await commit(db, (tx) => put(tx, terminalSequences, [row]));
	await commit(db, (tx) => put(tx, terminalSequences, [{ ...row, quarantined: 3 }]));
	expect(await find(db, terminalSequences, ['terminalId'], [{ terminalId: 't' }, { terminalId: 'u' }])).toEqual([
		{ ...row, quarantined: 3 }
	]);
	await commit(db, (tx) =>
		tx.insert(organizations).values({ id: 'w', kind: 'ward', name: 'Phường', demonstration: true }).then()
	);
	const [organization] = await db.select().from(organizations).where(eq(organizations.demonstration, true));
	expect(organization).toMatchObject({ name: 'Phường', demonstration: true, parentId: null });
	await commit(db, (tx) =>
		tx
			.insert(pairings)
			.values({ code: 'A', publicKey: { kty: 'EC' }, requestedAt: 1, expiresAt: 2 })
			.then()
	);
	expect((await db.select().from(pairings))[0].publicKey).toEqual({ kty: 'EC' });
});

test('a use-case that fails leaves nothing behind and announces nothing', async () => {
	const db = await freshDb();
	let announced = false;
	const failing = commit(db, async (tx, afterCommit) => {
		afterCommit(() => (announced = true));
		await insertNew(tx, dailyCounts, [aRow()]);
		throw new Error('power cut');
	});
	await expect(failing).rejects.toThrow('power cut');
	expect(await db.select().from(dailyCounts)).toEqual([]);
	expect(announced).toBe(false);
});

test('a type of column without a twin stops the program at start-up', () => {
	expect(() => postgresTwin(sqliteTable('photo', { id: integer('id').primaryKey(), bytes: blob('bytes') }))).toThrow(
		'no PostgreSQL twin'
	);
	expect(() => postgresTwin(sqliteTable('name', { id: text('id').primaryKey() }))).not.toThrow();
});

describe.runIf(engine === 'sqlite')('SQLite', () => {
	function aFile() {
		const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		return join(folder, 'test.db');
	}

	test('better-sqlite3 alone drops to NORMAL at the first write, and the assertion sees it', async () => {
		const { assertSafe } = await import('./sqlite.ts');
		const client = new Database(aFile());
		client.pragma('journal_mode = WAL');
		client.exec('create table one (id integer)');
		expect(() => assertSafe(client)).toThrow('synchronous is 1');
		client.close();
	});

	test('a database is opened with every promise kept after the first write', async () => {
		const { openSqlite } = await import('./sqlite.ts');
		const db = openSqlite(aFile());
		await db.store.transaction(async (_, connection) => {
			if (connection.engine !== 'sqlite') throw new Error('not SQLite');
			expect(connection.client.pragma('synchronous', { simple: true })).toBe(2);
		});
		await db.store.close();
	});

	test('the write after which the promises are looked at is one, also twice in a second', async () => {
		const { openSqlite } = await import('./sqlite.ts');
		const file = aFile();
		await openSqlite(file).store.close();
		const db = openSqlite(file);
		expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
		await db.store.close();
	});

	test('no table that holds sheets has a rowid that tells their order', async () => {
		const files = readdirSync('drizzle/sqlite').filter((name) => name.endsWith('.sql'));
		const migration = files.map((name) => readFileSync(`drizzle/sqlite/${name}`, 'utf8')).join('\n');
		for (const table of [
			'sheet',
			'sheet_comment',
			'intake_ledger',
			'quarantine',
			'daily_count',
			'released_count',
			'monthly_count',
			'margin_count',
			'settled_sheet'
		]) {
			expect(migration).toMatch(new RegExp(`CREATE TABLE \`${table}\` \\([^;]*\\) WITHOUT ROWID;`));
		}
		const db = await freshDb();
		await expect(
			db.store.transaction(async (_, c) => c.engine === 'sqlite' && c.client.prepare('select rowid from sheet'))
		).rejects.toThrow('rowid');
	});
});
