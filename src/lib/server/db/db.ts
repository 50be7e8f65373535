import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type Sqlite from 'better-sqlite3';

/** Typed queries on either engine: built with the SQLite types, simply awaited (no .all(), .get(), .run()). */
export type Queries = BaseSQLiteDatabase<'async', unknown>;

/** One connection that raw, bulk statements run on. */
export type Connection =
	| { engine: 'sqlite'; client: Sqlite.Database }
	| { engine: 'postgres'; query: (text: string, values: unknown[]) => Promise<Record<string, unknown>[]> };

export interface Store {
	reader: Connection;
	/** Runs work in one transaction on the one writer (SQLite) or on a connection of its own (PostgreSQL). */
	transaction: <T>(work: (tx: Queries, connection: Connection) => Promise<T>) => Promise<T>;
	/** Reads that all see the same moment. */
	snapshot: <T>(work: (db: Queries) => Promise<T>) => Promise<T>;
	migrate: (folder: string) => Promise<void>;
	close: () => Promise<void>;
}

declare const step: unique symbol;

/** "I am a whole use-case": read from it, or `commit` to it. */
export type Db = Queries & { readonly store: Store };
/** "I am a step of one": only `commit` makes it. */
export type Tx = Queries & { readonly connection: Connection; readonly [step]: true };

/**
 * Runs one use-case's writes in one transaction; nothing is awaited inside but the transaction itself. What `afterCommit` is
 * given is said only when the commit is durable.
 */
export async function commit<T>(
	db: Db,
	work: (tx: Tx, afterCommit: (say: () => void) => void) => Promise<T>
): Promise<T> {
	const announcements: (() => void)[] = [];
	let value: T;
	try {
		value = await db.store.transaction((queries, connection) => {
			announcements.length = 0;
			return work(Object.assign(queries, { connection }) as Tx, (say) => announcements.push(say));
		});
	} catch (thrown) {
		failures.set(db, thrown);
		throw thrown;
	}
	failures.delete(db);
	for (const say of announcements) say();
	return value;
}

const failures = new WeakMap<Db, unknown>();

/** What the last commit ended with, a refusal or a broken disk; undefined where it was well. */
export const lastFailure = (db: Db): unknown => failures.get(db);

/** The connection that bulk statements of this use-case or step run on. */
export function connectionOf(db: Db | Tx): Connection {
	return 'store' in db ? db.store.reader : db.connection;
}
