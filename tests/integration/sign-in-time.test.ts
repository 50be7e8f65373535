import { expect, test } from 'vitest';
import { isPassword } from '../../src/lib/server/account/password.ts';
import { readUserByLogin } from '../../src/lib/server/account/reads.ts';
import { createUser, signIn } from '../../src/lib/server/account/writes.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { compareTimes } from '../actors/rank-test.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';
import { FULL } from '../lane.ts';

const PAIRS = FULL ? 500 : 25;
/** So far apart by chance once in ten thousand runs; and who sits on a network cannot tell a millisecond. */
const CHANCE = 4;
const NOBODY_TELLS_MS = 1;

type Try = (db: Db, login: string) => Promise<unknown>;
const tried: Try = (db, login) => signIn(db, { login, password: 'sai rồi', now: NOON });
/** As one would write it without a thought. */
const hasty: Try = async (db, login) => {
	const user = await readUserByLogin(db, login);
	return user && (await isPassword('sai rồi', user.passwordHash));
};

/** How long it takes to refuse a login that is not there, and one that is: in turn, so that what else the machine does falls on both. */
async function timesOf(one: Try) {
	const db = await freshDb();
	await aWard(db);
	const person = {
		organizationId: 'w1',
		role: 'officer',
		siteId: '',
		password: 'một mật khẩu dài',
		now: NOON
	} as const;
	for (const login of ['lan', 'hoa']) await createUser(db, { ...person, login, name: 'Ai Đó' });
	const time = async (login: string) => {
		const start = performance.now();
		await one(db, login);
		return performance.now() - start;
	};
	// What is made once, and compiled once.
	for (const login of ['ai', 'lan']) await time(login);
	const times = { unknown: [] as number[], known: [] as number[] };
	for (let i = 0; i < PAIRS; i++) {
		const order = [() => time(`ai-${i}`), () => time(i % 2 === 0 ? 'lan' : 'hoa')];
		const unknownFirst = i % 2 === 0 || i % 5 === 0;
		const [a, b] = [await order[unknownFirst ? 0 : 1](), await order[unknownFirst ? 1 : 0]()];
		times.unknown.push(unknownFirst ? a : b);
		times.known.push(unknownFirst ? b : a);
	}
	return compareTimes(times.unknown, times.known);
}

const tells = ({ z, apartMs }: { z: number; apartMs: number }) => Math.abs(z) > CHANCE && apartMs > NOBODY_TELLS_MS;

test('the time of a refused sign-in does not tell whether the login exists', { timeout: 600_000 }, async () => {
	const told = await timesOf(tried);
	console.log(`sign-in: z ${told.z.toFixed(2)}, medians ${told.apartMs.toFixed(2)} ms apart, ${PAIRS} pairs`);
	expect(tells(told)).toBe(false);
});

test('a sign-in that hashes only for logins that exist tells them by its time', { timeout: 600_000 }, async () => {
	expect(tells(await timesOf(hasty))).toBe(true);
});
