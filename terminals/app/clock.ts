import { localStamp } from '$lib/domain/shared/time.ts';
import { readFact, writeFact, type Database } from './database.ts';

const WORTH_KEEPING_MS = 500;

/** This tablet's clock, corrected by what the server's answers said the time was. */
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
