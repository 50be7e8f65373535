import { getTableColumns, is, SQL } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { getTableConfig, SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { readEngine } from '../environment.ts';

/** Which engine the tables of this process are written for. */
export const engine = readEngine();

/**
 * Tables are written once, with the SQLite builders. On PostgreSQL this gives the twin of each, cast to the SQLite type, so that
 * reads and writes are typed once and run on both (decision 0001). Anything it has no twin for throws at start-up.
 */
export function onEngine<T extends SQLiteTable>(table: T): T {
	return engine === 'sqlite' ? table : (postgresTwin(table) as unknown as T);
}

export function postgresTwin(table: SQLiteTable): pg.PgTable {
	const source = getTableConfig(table);
	const columns = Object.fromEntries(
		Object.entries(getTableColumns(table)).map(([key, column]) => [key, columnTwin(column)])
	);
	return pg.pgTable(source.name, columns, (twin) => {
		const byName = new Map(Object.values(twin).map((column) => [column.name, column]));
		const twins = (list: readonly unknown[]) =>
			list.map((column) => {
				if (!is(column, SQLiteColumn)) throw new Error(`${source.name}: an index on an expression has no twin`);
				return byName.get(column.name)!;
			}) as unknown as [pg.AnyPgColumn, ...pg.AnyPgColumn[]];
		if (source.foreignKeys.length > 0) throw new Error(`${source.name}: foreign keys have no twin yet`);
		return [
			...source.primaryKeys.map((key) => pg.primaryKey({ columns: twins(key.columns), name: key.getName() })),
			...source.indexes.map(({ config }) => {
				const on = (config.unique ? pg.uniqueIndex(config.name) : pg.index(config.name)).on(...twins(config.columns));
				return config.where ? on.where(config.where) : on;
			}),
			...source.checks.map((check) => pg.check(check.name, withTwins(check.value, byName)))
		];
	});
}

function columnTwin(column: SQLiteColumn) {
	const twin = twinOfType(column);
	const marked = column.primary ? twin.primaryKey() : column.notNull ? twin.notNull() : twin;
	return column.default === undefined ? marked : marked.default(column.default as never);
}

function twinOfType(column: SQLiteColumn) {
	switch (column.columnType) {
		case 'SQLiteText':
			return pg.text(column.name);
		case 'SQLiteInteger':
			return pg.bigint(column.name, { mode: 'number' });
		case 'SQLiteBoolean':
			return pg.boolean(column.name);
		case 'SQLiteTextJson':
			return pg.jsonb(column.name);
		default:
			throw new Error(`${column.name}: ${column.columnType} has no PostgreSQL twin`);
	}
}

/** A check names columns of the SQLite table; its twin must name its own. */
function withTwins(check: SQL, byName: Map<string, pg.AnyPgColumn>): SQL {
	const chunks = check.queryChunks.map((chunk) => (is(chunk, SQLiteColumn) ? byName.get(chunk.name) : chunk));
	return new SQL(chunks as SQL['queryChunks']);
}
