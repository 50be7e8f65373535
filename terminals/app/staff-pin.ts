import type { TerminalConfiguration } from '$lib/domain/terminal/configuration.ts';
import { readFact, writeFact, type Database } from './database.ts';

const FREE_TRIES = 5;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 60 * 60_000;

/** How long the pad stays locked after so many misses in a row: nothing for the first four, then 30 s, doubling up to an hour. */
export function lockAfter(misses: number): number {
	if (misses < FREE_TRIES) return 0;
	return Math.min(FIRST_LOCK_MS * 2 ** (misses - FREE_TRIES), LONGEST_LOCK_MS);
}

export type PinOutcome = { open: true } | { open: false; lockedForMs: number };

/** The staff's PIN, checked on the tablet alone; misses outlive a restart. */
export class StaffPin {
	#db: Database;
	#now: () => number;

	constructor(db: Database, now: () => number) {
		this.#db = db;
		this.#now = now;
	}

	/** Milliseconds until the pad may be used again. A clock that was set back cannot lock longer than the longest lock. */
	async lockedForMs(): Promise<number> {
		const misses = await readFact(this.#db, 'pinMisses');
		return misses ? Math.min(Math.max(0, misses.lockedUntil - this.#now()), lockAfter(misses.count)) : 0;
	}

	async try(pin: string, expected: TerminalConfiguration['pin']): Promise<PinOutcome> {
		const locked = await this.lockedForMs();
		if (locked > 0) return { open: false, lockedForMs: locked };
		if (await matches(pin, expected)) {
			await writeFact(this.#db, 'pinMisses', { count: 0, lockedUntil: 0 });
			return { open: true };
		}
		const count = ((await readFact(this.#db, 'pinMisses'))?.count ?? 0) + 1;
		await writeFact(this.#db, 'pinMisses', { count, lockedUntil: this.#now() + lockAfter(count) });
		return { open: false, lockedForMs: lockAfter(count) };
	}
}

async function matches(pin: string, { salt, iterations, hash }: TerminalConfiguration['pin']): Promise<boolean> {
	const expected = bytes(hash);
	const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
	const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations };
	const derived = new Uint8Array(await crypto.subtle.deriveBits(how, key, expected.length * 8));
	return derived.reduce((difference, byte, i) => difference | (byte ^ expected[i]!), 0) === 0;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}
