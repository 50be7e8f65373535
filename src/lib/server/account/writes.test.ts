import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../domain/shared/time.ts';
import { freshDb } from '../../../../tests/factories/db.ts';
import { aWard } from '../../../../tests/factories/place.ts';
import { NOON } from '../../../../tests/factories/sheet.ts';
import type { Db } from '../db/db.ts';
import { sessions, users } from '../db/schema/account.ts';
import { engine } from '../db/twin.ts';
import { readSession } from './reads.ts';
import { createUser, keepSession, signIn, signOut } from './writes.ts';
import { disablePerson } from './people/writes.ts';

const PASSWORD = 'một mật khẩu dài';
/** Somebody who administers when the first may not. */
const SECOND = {
	organizationId: 'w1',
	login: 'thu-hai',
	name: 'Người Thứ Hai',
	role: 'administrator' as const,
	password: PASSWORD
};

async function aUser(db: Db, login = 'lan') {
	await aWard(db);
	const created = await createUser(db, {
		organizationId: 'w1',
		login,
		name: 'Người Thử',
		role: 'administrator',
		password: PASSWORD,
		now: NOON
	});
	if (!created.ok) throw new Error(created.reason);
	return created.value.id;
}

async function aSession(db: Db) {
	const outcome = await signIn(db, { login: 'lan', password: PASSWORD, now: NOON });
	if (!outcome.ok) throw new Error(outcome.reason);
	return outcome.value.token;
}

test('the right password opens a session, and the database knows neither password nor token', async () => {
	const db = await freshDb();
	const id = await aUser(db);
	const token = await aSession(db);
	expect(token).toMatch(/^[\w-]{43}$/);
	expect(await readSession(db, token, NOON)).toMatchObject({
		user: { id, login: 'lan', roles: ['administrator'] },
		organization: { id: 'w1', demonstration: false },
		stage: 'enrol'
	});
	const stored = JSON.stringify([await db.select().from(users), await db.select().from(sessions)]);
	expect(stored).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
	expect(stored).not.toContain(token);
	expect(stored).not.toContain(PASSWORD);
});

test('a login is found in any case, a password in any Unicode form', async () => {
	const db = await freshDb();
	await aUser(db, 'Lan');
	expect(await signIn(db, { login: ' LAN ', password: PASSWORD.normalize('NFD'), now: NOON })).toMatchObject({
		ok: true
	});
});

test('a password is compared whole: nothing cut off, no case changed, no space taken away', async () => {
	const db = await freshDb();
	await aWard(db);
	const password = ` Một câu dài ${'x'.repeat(120)} cuối `;
	await createUser(db, { ...SECOND, login: 'lan', password, now: NOON });
	const opens = async (tried: string) => (await signIn(db, { login: 'lan', password: tried, now: NOON })).ok;
	expect(await opens(password)).toBe(true);
	for (const other of [password.trim(), password.toLowerCase(), password.slice(0, 72), `${password}x`])
		expect(await opens(other), other).toBe(false);
});

test('a password does not grow old', async () => {
	const db = await freshDb();
	await aUser(db);
	const tenYears = NOON + 10 * 365 * 24 * HOUR_MS;
	expect(await signIn(db, { login: 'lan', password: PASSWORD, now: tenYears })).toMatchObject({ ok: true });
});

test('a wrong password, an unknown login and a disabled user get one and the same answer', async () => {
	const db = await freshDb();
	const id = await aUser(db);
	const refused = { ok: false, reason: 'wrong' };
	expect(await signIn(db, { login: 'lan', password: 'khác', now: NOON })).toEqual(refused);
	expect(await signIn(db, { login: 'ai', password: PASSWORD, now: NOON })).toEqual(refused);
	expect(await signIn(db, { login: 'lan', password: 'x'.repeat(10_000), now: NOON })).toEqual(refused);
	await createUser(db, { ...SECOND, now: NOON });
	await disablePerson(db, { userId: id, organizationId: 'w1', changedBy: 'system', now: NOON });
	expect(await signIn(db, { login: 'lan', password: PASSWORD, now: NOON })).toEqual(refused);
});

test('a session ends after 30 idle minutes, and after 12 hours however busy', async () => {
	const db = await freshDb();
	await aUser(db);
	const token = await aSession(db);
	expect(await readSession(db, token, NOON + 29 * MINUTE_MS)).not.toBeNull();
	expect(await readSession(db, token, NOON + 30 * MINUTE_MS)).toBeNull();
	for (let at = NOON; at < NOON + 12 * HOUR_MS; at += 20 * MINUTE_MS) await keepSession(db, token, at);
	expect(await readSession(db, token, NOON + 12 * HOUR_MS - 1)).not.toBeNull();
	expect(await readSession(db, token, NOON + 12 * HOUR_MS)).toBeNull();
});

test('a clock that is set back ends sessions instead of lengthening them; two nodes may differ by a minute', async () => {
	const db = await freshDb();
	await aUser(db);
	const token = await aSession(db);
	expect(await readSession(db, token, NOON - MINUTE_MS)).not.toBeNull();
	expect(await readSession(db, token, NOON - 3 * MINUTE_MS)).toBeNull();
});

test('signing out ends the session; signing in again ends the one the browser brought', async () => {
	const db = await freshDb();
	await aUser(db);
	const first = await aSession(db);
	await signIn(db, { login: 'lan', password: PASSWORD, previousToken: first, now: NOON });
	expect(await readSession(db, first, NOON)).toBeNull();
	const second = await aSession(db);
	await signOut(db, second);
	expect(await readSession(db, second, NOON)).toBeNull();
});

test('a login is given once, and a short password not at all', async () => {
	const db = await freshDb();
	await aUser(db);
	const next = {
		organizationId: 'w1',
		login: 'LAN',
		name: 'Khác',
		role: 'leader' as const,
		password: PASSWORD,
		now: NOON
	};
	expect(await createUser(db, next)).toEqual({ ok: false, reason: 'login-taken' });
	expect(await createUser(db, { ...next, login: 'h', password: 'ngắn' })).toEqual({
		ok: false,
		reason: 'login-malformed'
	});
	expect(await createUser(db, { ...next, login: 'hoa', password: 'ngắn' })).toEqual({
		ok: false,
		reason: 'password-weak'
	});
});

// A pool of connections lets them arrive one after the other, and on a busy machine the first is done before the last is there.
test.runIf(engine === 'sqlite')('the twenty-third sign-in at once is told to come back later', async () => {
	const db = await freshDb();
	await aUser(db);
	const all = await Promise.allSettled(
		Array.from({ length: 30 }, () => signIn(db, { login: 'lan', password: 'sai rồi', now: NOON }))
	);
	expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(22);
	for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'busy' });
});
