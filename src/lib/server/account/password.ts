import { hash, verify } from '@node-rs/argon2';
import { LONGEST_PASSWORD, normalizePassword } from '../../domain/account/login.ts';

/** argon2id with 19 MiB, two passes, one lane (OWASP password storage). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 2;
const WAITING_AT_MOST = 20;

/** So many sign-ins wait already that another would only wait longer; the caller answers 503. */
export class HashingBusy extends Error {
	readonly code = 'busy';
}

export function hashPassword(password: string): Promise<string> {
	return inTurn(() => hash(normalizePassword(password), COST));
}

/**
 * Whether the password belongs to the hash. An unknown user (undefined) costs the same time as a wrong password, so that nobody
 * learns by the clock which logins exist.
 */
export async function isPassword(password: string, expected: string | undefined): Promise<boolean> {
	const stored = expected ?? (await decoy());
	// What is too long was never accepted as a password; its hash would only cost time.
	const tried = password.length > LONGEST_PASSWORD ? '' : normalizePassword(password);
	const matches = await inTurn(() => verify(stored, tried));
	return matches && expected !== undefined;
}

let made: Promise<string> | undefined;
const decoy = () => (made ??= hashPassword('nobody has this password'));

let running = 0;
const waiting: (() => void)[] = [];

/** Two hashes at once on two cores; the rest wait in line, and a line of twenty is closed. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= AT_ONCE) {
		if (waiting.length >= WAITING_AT_MOST) throw new HashingBusy();
		// Whoever finishes hands its turn over, so `running` does not change here.
		await new Promise<void>((resolve) => waiting.push(resolve));
	} else running++;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else running--;
	}
}
