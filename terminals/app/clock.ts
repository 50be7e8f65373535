import { readFact, writeFact, type Database } from './database.ts';

const SEVEN_HOURS = 7 * 60 * 60 * 1000;
const WORTH_KEEPING_MS = 500;

/** An instant as a local Vietnamese time stamp, to the second: finer would only help to find a person. */
export function localStamp(instant: number): string {
	return new Date(instant + SEVEN_HOURS).toISOString().slice(0, 19) + '+07:00';
}

/** This tablet's clock, corrected by what the server's answers said the time was (ux.md K17). */
export class Clock {
	#db: Database;
	#offset: number | null;

	private constructor(db: Database, offset: number | null) {
		this.#db = db;
		this.#offset = offset;
	}

	static async load(db: Database): Promise<Clock> {
		return new Clock(db, (await readFact(db, 'clockOffset')) ?? null);
	}

	/** Tablet minus server, milliseconds; null until a server has been heard. */
	get offset(): number | null {
		return this.#offset;
	}

	now(): number {
		return Date.now() - (this.#offset ?? 0);
	}

	stamp(): string {
		return localStamp(this.now());
	}

	/** `sentAt` and `heardAt` are this tablet's own times around the call; the server's time is taken to lie in the middle. */
	async heard(serverTime: number, sentAt: number, heardAt: number): Promise<void> {
		const offset = Math.round((sentAt + heardAt) / 2 - serverTime);
		const moved = this.#offset === null || Math.abs(offset - this.#offset) > WORTH_KEEPING_MS;
		if (!moved) return;
		this.#offset = offset;
		await writeFact(this.#db, 'clockOffset', offset);
	}
}
