import { getTableColumns, getTableName } from 'drizzle-orm';
import type { InferInsertModel, InferSelectModel } from 'drizzle-orm';
import { getTableConfig as pgConfig, type PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type Sqlite from 'better-sqlite3';
import { connectionOf, type Db, type Tx } from './db.ts';
import { engine } from './twin.ts';

/**
 * Many rows in one call, for the intake: on SQLite a prepared statement a row, on PostgreSQL one statement
 * over `jsonb_to_recordset`. Everything else uses the query builder.
 */

/** Inserts what is new by the table's key; returns the rows that were. */
export async function insertNew<T extends SQLiteTable>(tx: Tx, table: T, rows: InferInsertModel<T>[]) {
	if (rows.length === 0) return [];
	const shape = shapeOf(table);
	const connection = connectionOf(tx);
	if (connection.engine === 'sqlite') {
		const statement = prepare(
			connection.client,
			`${insertInto(shape)} values (${marks(shape)}) on conflict do nothing`
		);
		return rows.filter((row) => statement.run(valuesOf(shape, row)).changes > 0);
	}
	const text = `${insertInto(shape)} ${fromRows(shape)} on conflict do nothing returning ${names(shape.key)}`;
	const fresh = new Set((await connection.query(text, [json(shape, rows)])).map((row) => keyText(shape, row)));
	// Deleted as it is met: of two rows with one key only the first was inserted, as on SQLite.
	return rows.filter((row) => fresh.delete(keyText(shape, named(shape, row))));
}

/** Inserts rows or, where the key exists, replaces the other columns. */
export async function put<T extends SQLiteTable>(tx: Tx, table: T, rows: InferInsertModel<T>[]) {
	const shape = shapeOf(table);
	const others = shape.columns.filter((column) => !shape.key.includes(column));
	await upsert(tx, shape, rows, others.map(({ name }) => `"${name}" = excluded."${name}"`).join(', '));
}

/**
 * Inserts rows of figures or adds them to those that stand under the same key; columns in `set` are replaced. Where no key comes twice,
 * `across` names the key column in which most neighbours differ: on SQLite those of them that add the same are one statement.
 */
export async function add<T extends SQLiteTable>(
	tx: Tx,
	table: T,
	rows: InferInsertModel<T>[],
	figures: readonly (keyof InferInsertModel<T> & string)[],
	set: readonly (keyof InferInsertModel<T> & string)[] = [],
	across?: keyof InferInsertModel<T> & string
) {
	const shape = shapeOf(table);
	const name = (key: string) => shape.byKey[key].name;
	const sums = figures.map((key) => `"${name(key)}" = "${shape.name}"."${name(key)}" + excluded."${name(key)}"`);
	const sets = set.map((key) => `"${name(key)}" = excluded."${name(key)}"`);
	const connection = connectionOf(tx);
	const fresh =
		connection.engine === 'sqlite'
			? bundlesOf(shape, rows, figures, set, across).flatMap((bundle) =>
					addToStanding(connection.client, shape, bundle)
				)
			: rows;
	await upsert(tx, shape, fresh, [...sums, ...sets].join(', '));
}

type Row = Record<string, unknown>;

/** Rows that add the same to the same columns and differ in the column `across` alone, if at all. */
interface Bundle {
	rows: Row[];
	figures: readonly string[];
	/** What is the same in all of them and finds them: the key and the columns in `set`. */
	same: readonly string[];
	set: readonly string[];
	across: string;
}

function bundlesOf(
	shape: Shape,
	rows: Row[],
	figures: readonly string[],
	set: readonly string[],
	across?: string
): Bundle[] {
	const keys = Object.keys(shape.byKey).filter((key) => shape.key.includes(shape.byKey[key]));
	const last = across ?? keys.at(-1)!;
	const same = [...keys, ...set].filter((key) => key !== last);
	const bundles: Bundle[] = [];
	let alike = new Map<string, Row[]>();
	let before: Row | undefined;
	for (const row of rows) {
		if (!before || !across || same.some((key) => row[key] !== before![key])) alike = new Map();
		before = row;
		const moved = figures.filter((key) => row[key] !== 0);
		// One figure or all of them, so that the statements stay few.
		const added = moved.length === 1 ? moved : figures;
		const sum = added.map((key) => `${key} ${row[key] as number}`).join();
		const own = alike.get(sum);
		if (own) own.push(row);
		else {
			const rows = [row];
			alike.set(sum, rows);
			bundles.push({ rows, figures: added, same, set, across: last });
		}
	}
	return bundles;
}

/**
 * SQLite, for most rows stand already: an update by key is one seek where an upsert is two, and while the columns in `set` are what
 * they would become it leaves their indexes alone. Returns the other rows.
 */
function addToStanding(client: Sqlite.Database, shape: Shape, { rows, figures, same, set, across }: Bundle): Row[] {
	const name = (key: string) => `"${shape.byKey[key].name}"`;
	// The plus hides the column from the partial index on it, for which SQLite would prepare anew with every value.
	const where = () =>
		[
			...same.map((key) => `${set.includes(key) ? '+' : ''}${name(key)} = ?`),
			`${name(across)} in (${rows.map(() => '?').join()})`
		].join(' and ');
	const sums = () => figures.map((key) => `${name(key)} = ${name(key)} + ?`).join(', ');
	// The text is longer than what is done with it, so it is made once.
	const kind = `${shape.name} ${figures.join()} ${set.join()} ${across} ${rows.length}`;
	const update = prepare(client, `add ${kind}`, () => `update "${shape.name}" set ${sums()} where ${where()}`);
	const bound = (keys: readonly string[]) => keys.map((key) => driverValue(shape.byKey[key], rows[0], key));
	const which = [...bound(same), ...rows.map((row) => driverValue(shape.byKey[across], row, across))];
	const { changes } = update.run([...bound(figures), ...which]);
	if (changes === rows.length) return [];
	if (changes === 0) return rows;
	const select = prepare(client, `of ${kind}`, () => `select ${name(across)} from "${shape.name}" where ${where()}`);
	const standing = select.pluck().all(which);
	return rows.filter((row) => !standing.includes(driverValue(shape.byKey[across], row, across)));
}

/** The rows whose columns `by` equal one of the given keys. */
export async function find<T extends SQLiteTable>(
	db: Db | Tx,
	table: T,
	by: readonly (keyof InferSelectModel<T> & string)[],
	keys: readonly Partial<InferSelectModel<T>>[]
): Promise<InferSelectModel<T>[]> {
	if (keys.length === 0) return [];
	const shape = shapeOf(table);
	const on = by.map((key) => shape.byKey[key]);
	const connection = connectionOf(db);
	let found: Record<string, unknown>[];
	if (connection.engine === 'sqlite') {
		const where = on.map(({ name }) => `"${name}" = ?`).join(' and ');
		const statement = prepare(connection.client, `select * from "${shape.name}" where ${where}`);
		const each = () => keys.flatMap((key) => statement.all(by.map((name) => key[name])) as Record<string, unknown>[]);
		// Outside a transaction each of many looks would take and give back the read lock by itself.
		found = keys.length === 1 || connection.client.inTransaction ? each() : connection.client.transaction(each)();
	} else {
		const wanted = keys.map((key) => Object.fromEntries(on.map(({ name }, i) => [name, key[by[i]]])));
		const text = `select t.* from (select distinct * from jsonb_to_recordset($1::jsonb) as k(${typed(on)})) k
			join "${shape.name}" t on ${on.map(({ name }) => `t."${name}" = k."${name}"`).join(' and ')}`;
		found = await connection.query(text, [JSON.stringify(wanted)]);
	}
	return found.map((row) => fromDriver(shape, row) as InferSelectModel<T>);
}

/**
 * Keeps other nodes from the same keys until this transaction ends. SQLite has one writer, so nothing is to be done there.
 */
export async function lock(tx: Tx, keys: readonly string[]) {
	const connection = connectionOf(tx);
	if (connection.engine === 'sqlite') return;
	await connection.query(`select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest($1::text[]) k order by k`, [
		[...new Set(keys)].sort()
	]);
}

interface Shape {
	name: string;
	columns: SQLiteColumn[];
	byKey: Record<string, SQLiteColumn>;
	key: SQLiteColumn[];
}

const shapes = new WeakMap<SQLiteTable, Shape>();

function shapeOf(table: SQLiteTable): Shape {
	let shape = shapes.get(table);
	if (!shape) {
		const byKey = getTableColumns(table) as Record<string, SQLiteColumn>;
		const config =
			engine === 'sqlite' ? getTableConfig(table) : (pgConfig(table as unknown as PgTable) as unknown as never);
		const { primaryKeys } = config as ReturnType<typeof getTableConfig>;
		const columns = Object.values(byKey);
		const names =
			primaryKeys[0]?.columns.map(({ name }) => name) ?? columns.filter((c) => c.primary).map((c) => c.name);
		const key = names.map((name) => columns.find((column) => column.name === name)!);
		shapes.set(table, (shape = { name: getTableName(table), columns, byKey, key }));
	}
	return shape;
}

async function upsert(tx: Tx, shape: Shape, rows: Record<string, unknown>[], set: string) {
	if (rows.length === 0) return;
	const connection = connectionOf(tx);
	const conflict = `on conflict (${names(shape.key)}) do update set ${set}`;
	if (connection.engine === 'sqlite') {
		const statement = prepare(connection.client, `${insertInto(shape)} values (${marks(shape)}) ${conflict}`);
		for (const row of rows) statement.run(valuesOf(shape, row));
		return;
	}
	await connection.query(`${insertInto(shape)} ${fromRows(shape)} ${conflict}`, [json(shape, rows)]);
}

const statements = new WeakMap<Sqlite.Database, Map<string, Sqlite.Statement>>();

/** By its text, or by a short name that stands for one. */
function prepare(client: Sqlite.Database, name: string, text = () => name): Sqlite.Statement {
	let known = statements.get(client);
	if (!known) statements.set(client, (known = new Map()));
	let statement = known.get(name);
	if (!statement) known.set(name, (statement = client.prepare(text())));
	return statement;
}

const names = (columns: SQLiteColumn[]) => columns.map(({ name }) => `"${name}"`).join(', ');
const typed = (columns: SQLiteColumn[]) =>
	columns.map((column) => `"${column.name}" ${column.getSQLType()}`).join(', ');
const marks = (shape: Shape) => shape.columns.map(() => '?').join(', ');
const insertInto = (shape: Shape) => `insert into "${shape.name}" (${names(shape.columns)})`;
/** Rows go in by their key, so that two nodes never wait for each other crosswise. */
const fromRows = (shape: Shape) =>
	`select ${names(shape.columns)} from jsonb_to_recordset($1::jsonb) as r(${typed(shape.columns)}) order by ${names(shape.key)}`;

function driverValue(column: SQLiteColumn, row: Record<string, unknown>, key: string) {
	const value = row[key] ?? column.default ?? null;
	return value === null ? null : column.mapToDriverValue(value);
}

function valuesOf(shape: Shape, row: Record<string, unknown>): unknown[] {
	const values: unknown[] = [];
	for (const key in shape.byKey) values.push(driverValue(shape.byKey[key], row, key));
	return values;
}

/** The row under the database's column names; jsonb values stay objects. */
function named(shape: Shape, row: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(shape.byKey).map(([key, column]) => [column.name, row[key] ?? column.default ?? null])
	);
}

const json = (shape: Shape, rows: Record<string, unknown>[]) => JSON.stringify(rows.map((row) => named(shape, row)));
const keyText = (shape: Shape, row: Record<string, unknown>) =>
	JSON.stringify(shape.key.map(({ name }) => String(row[name])));

function fromDriver(shape: Shape, row: Record<string, unknown>): Record<string, unknown> {
	const mapped: Record<string, unknown> = {};
	for (const key in shape.byKey) {
		const column = shape.byKey[key];
		const value = row[column.name];
		mapped[key] = value === null ? null : column.mapFromDriverValue(value);
	}
	return mapped;
}
