import type { Db } from '../../src/lib/server/db/db.ts';

export interface StoredRow {
	table: string;
	/** Every column there is, those that no one names too; `place` is where the row stands when nobody asks for an order. */
	cells: Record<string, unknown>;
	place: number;
}

/** Every row of every table, as whoever holds the database can read it: the schema is asked, never listed here. */
export async function everything(db: Db): Promise<StoredRow[]> {
	const rows: StoredRow[] = [];
	for (const { table, hidden } of await tablesOf(db)) {
		const found = await ask(db, `select ${[...hidden, '*'].join(', ')} from "${table}"`);
		found.forEach((cells, place) => rows.push({ table, cells, place }));
	}
	return rows;
}

async function ask(db: Db, text: string): Promise<Record<string, unknown>[]> {
	const { reader } = db.store;
	return reader.engine === 'sqlite'
		? (reader.client.prepare(text).all() as Record<string, unknown>[])
		: reader.query(text, []);
}

async function tablesOf(db: Db): Promise<{ table: string; hidden: string[] }[]> {
	if (db.store.reader.engine === 'postgres') {
		const found = await ask(db, "select tablename from pg_tables where schemaname = 'public'");
		return found.map(({ tablename }) => ({
			table: String(tablename),
			hidden: ['ctid::text', "'transaction ' || xmin::text as xmin"]
		}));
	}
	const found = await ask(db, "select name, wr from pragma_table_list where type = 'table' and schema = 'main'");
	return found.map(({ name, wr }) => ({ table: String(name), hidden: wr ? [] : ['rowid as rowid'] }));
}
