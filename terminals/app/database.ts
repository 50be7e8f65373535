import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { Sheet } from '$lib/domain/submission/sheet.ts';
import type { DutyChange, TerminalConfiguration } from '$lib/domain/terminal/configuration.ts';
import type { Begun } from '$lib/domain/terminal/begun.ts';
import type { Criterion } from '$lib/domain/survey/criterion.ts';

/**
 * A sheet from the first tap until the server has it. *open*: the citizen is still answering and may add to it; *sealed*: final,
 * waits for the network; *refused*: the server has quarantined it, kept here to be seen, with the server's code.
 */
export interface KeptSheet {
	id: string;
	state: 'open' | 'sealed' | 'refused';
	sheet: Sheet;
	code?: string;
}

/** A change of duty made on this tablet; `sent` once the server has confirmed it. */
export interface KeptDuty extends DutyChange {
	sent: boolean;
}

/** How often somebody began on a day, and how much of it the server has. */
export interface KeptBegun extends Begun {
	told: number;
}

/** Single facts about this tablet, each under its own name. */
export interface Facts {
	keys: CryptoKeyPair;
	terminalId: string;
	/** A demonstration is tried although the browser may clear the storage. */
	trial: true;
	configuration: { etag: string; value: TerminalConfiguration };
	/** The highest running number ever given. */
	sequence: number;
	/** Sheets the server has confirmed as stored. */
	confirmed: number;
	/** How often each criterion has been asked here. */
	asked: Record<Criterion, number>;
	/** This tablet's clock minus the server's, milliseconds. */
	clockOffset: number;
	/** Why the server will not have this tablet any more. */
	dismissed: string;
	/** How often somebody began, by day and duty. */
	begun: KeptBegun[];
	pinMisses: { count: number; lockedUntil: number };
}

interface TabletSchema extends DBSchema {
	sheets: { key: string; value: KeptSheet; indexes: { queue: [KeptSheet['state'], number] } };
	duties: { key: string; value: KeptDuty };
	facts: { key: string; value: Facts[keyof Facts] };
}
export type Database = IDBPDatabase<TabletSchema>;
type Store = StoreNames<TabletSchema>;
export type Writing = IDBPTransaction<TabletSchema, Store[], 'readwrite'>;

/** All sheets in one state, oldest first, as a range of the index `queue`. */
export function inState(state: KeptSheet['state']): IDBKeyRange {
	return IDBKeyRange.bound([state, 0], [state, Infinity]);
}

export function openDatabase(name = 'lang-nghe-tablet'): Promise<Database> {
	return openDB<TabletSchema>(name, 1, {
		upgrade(db) {
			db.createObjectStore('sheets', { keyPath: 'id' }).createIndex('queue', ['state', 'sheet.sequence']);
			db.createObjectStore('duties', { keyPath: 'id' });
			db.createObjectStore('facts');
		}
	});
}

/**
 * The only way this program writes. Chromium's default durability lost everything since start on a power cut; strict lost nothing
 *. Resolves after the transaction is on the disk, so whoever awaits it may say thanks.
 */
export async function strictly<Value>(db: Database, work: (tx: Writing) => Promise<Value>): Promise<Value> {
	const tx = db.transaction(['sheets', 'duties', 'facts'], 'readwrite', { durability: 'strict' });
	const done = tx.done;
	done.catch(() => {}); // reported below, through `work` or the last line
	try {
		const value = await work(tx);
		await done;
		return value;
	} catch (problem) {
		abort(tx);
		throw problem;
	}
}

function abort(tx: Writing) {
	try {
		tx.abort();
	} catch {
		// It has ended by itself: the reason is already on its way up.
	}
}

export async function readFact<Name extends keyof Facts>(db: Database, name: Name): Promise<Facts[Name] | undefined> {
	return (await db.get('facts', name)) as Facts[Name] | undefined;
}

export function writeFact<Name extends keyof Facts>(db: Database, name: Name, value: Facts[Name]): Promise<void> {
	return strictly(db, async (tx) => {
		await tx.objectStore('facts').put(value, name);
	});
}

export function dropFact(db: Database, name: keyof Facts): Promise<void> {
	return strictly(db, (tx) => tx.objectStore('facts').delete(name));
}
