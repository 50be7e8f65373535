import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { HOUR_MS } from '../../../domain/shared/time.ts';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aPerson, aSession, PASSWORD } from '../../../../../tests/factories/people.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { commit, type Db } from '../../db/db.ts';
import { letters, passwordLinks, users } from '../../db/schema/account.ts';
import { disablePerson, enablePerson, invitePerson, sendPasswordLink } from '../people/writes.ts';
import { readSession } from '../reads.ts';
import { signIn } from '../writes.ts';
import { askForReset, choosePassword } from './writes.ts';

const ORIGIN = 'https://langnghe.example.vn';
const NEW = 'mật khẩu mới dài';

async function aForgetfulPerson() {
	const db = await freshDb();
	await aWard(db);
	await aPerson(db, 'quan-tri', 'administrator');
	const id = await aPerson(db, 'hoa', 'officer', { email: 'hoa@phuong.example.vn' });
	return { db, id };
}

const ask = (db: Db, login = 'hoa', now = NOON) => askForReset(db, { login, origin: ORIGIN, now });
const reset = (db: Db, token: string, now = NOON) =>
	choosePassword(db, { token, purpose: 'reset', password: NEW, now });
async function mailedTokens(db: Db): Promise<string[]> {
	const all = await db.select().from(letters);
	return all.map(({ body }) => /\/(?:reset|invitation)\/([\w-]{43})$/m.exec(body)![1]);
}

test('a reset comes by mail, opens once, ends every session, and the old password is worth nothing', async () => {
	const { db } = await aForgetfulPerson();
	const session = await aSession(db, 'hoa');
	await ask(db);
	const [token] = await mailedTokens(db);
	expect(JSON.stringify(await db.select().from(passwordLinks))).not.toContain(token);
	expect(await reset(db, token)).toEqual({ ok: true, value: { login: 'hoa' } });
	expect(await readSession(db, session, NOON)).toBeNull();
	expect(await signIn(db, { login: 'hoa', password: PASSWORD, now: NOON })).toMatchObject({ ok: false });
	expect(await signIn(db, { login: 'hoa', password: NEW, now: NOON })).toMatchObject({ ok: true });
	expect(await reset(db, token)).toEqual({ ok: false, reason: 'used' });
});

test('of a hundred who use one link at once, one sets the password', async () => {
	const { db } = await aForgetfulPerson();
	await ask(db);
	const [token] = await mailedTokens(db);
	const all = await Promise.allSettled(Array.from({ length: 100 }, () => reset(db, token)));
	const done = all.filter((one) => one.status === 'fulfilled' && one.value.ok);
	expect(done).toHaveLength(1);
	for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'busy' });
});

test('a link is old after an hour, when a newer one was asked for, and when its owner is disabled', async () => {
	const { db, id } = await aForgetfulPerson();
	await ask(db);
	await ask(db, 'hoa', NOON + 1);
	const tokens = await mailedTokens(db);
	const old = { ok: false, reason: 'old' };
	const states = await Promise.all(tokens.map((token) => reset(db, token, NOON + HOUR_MS + 1)));
	expect(states).toEqual([old, old]);
	await ask(db, 'hoa', NOON + 2);
	const newest = (await mailedTokens(db)).find((token) => !tokens.includes(token))!;
	for (const token of tokens) expect(await reset(db, token, NOON + 3)).toEqual(old);
	const change = { organizationId: 'w1', userId: id, changedBy: 'system', now: NOON + 4 };
	await disablePerson(db, change);
	expect(await reset(db, newest, NOON + 5)).toEqual(old);
	await enablePerson(db, change);
	expect(await reset(db, newest, NOON + 5)).toEqual(old);
});

// Decidim CVE-2023-48220: an expired invitation was revived through the password reset.
test('whoever let an invitation expire, or is disabled, gets no reset and cannot use one kind of link as the other', async () => {
	const { db, id } = await aForgetfulPerson();
	const invitation = await invitePerson(db, {
		id: '0123456789',
		organizationId: 'w1',
		login: 'mai',
		name: 'Mai',
		email: 'mai@phuong.example.vn',
		role: 'officer',
		siteId: '',
		officerId: null,
		invitedBy: 'system',
		origin: ORIGIN,
		now: NOON
	});
	if (!invitation.ok) throw new Error(invitation.reason);
	const token = invitation.value.link.split('/').at(-1)!;
	expect(await reset(db, token)).toEqual({ ok: false, reason: 'old' });
	const late = NOON + 72 * HOUR_MS;
	const take = (now: number) => choosePassword(db, { token, purpose: 'invitation', password: NEW, now });
	expect(await take(late)).toEqual({ ok: false, reason: 'old' });
	const before = (await db.select().from(letters)).length;
	await ask(db, 'mai', late);
	await disablePerson(db, { organizationId: 'w1', userId: id, changedBy: 'system', now: late });
	await ask(db, 'hoa', late);
	await ask(db, 'khong-co-ai', late);
	expect(await db.select().from(letters)).toHaveLength(before);
	expect(await take(late + 1)).toEqual({ ok: false, reason: 'old' });
	const [mai] = await db.select().from(users).where(eq(users.login, 'mai'));
	expect(mai.passwordHash).toBe('');
	// A disabled account does not get one from an administrator either.
	const made = await sendPasswordLink(db, {
		organizationId: 'w1',
		userId: id,
		changedBy: 'system',
		origin: ORIGIN,
		byMail: false,
		now: late
	});
	expect(made).toEqual({ ok: false, reason: 'user-disabled' });
});

test('a reset leaves the second factor as it is: the new password alone opens nothing', async () => {
	const { db, id } = await aForgetfulPerson();
	const factor = { totpSecret: 'JBSWY3DPEHPK3PXP', totpConfirmedAt: NOON };
	await commit(db, (tx) =>
		tx
			.update(users)
			.set(factor)
			.where(eq(users.id, id))
			.then(() => {})
	);
	await ask(db);
	const [token] = await mailedTokens(db);
	expect(await reset(db, token)).toMatchObject({ ok: true });
	const signedIn = await signIn(db, { login: 'hoa', password: NEW, now: NOON });
	if (!signedIn.ok) throw new Error(signedIn.reason);
	expect(signedIn.value.hasFactor).toBe(true);
	expect(await readSession(db, signedIn.value.token, NOON)).toMatchObject({ stage: 'second-factor' });
	const [user] = await db.select().from(users).where(eq(users.id, id));
	expect(user).toMatchObject(factor);
});

test('a weak password leaves the link as good as it was', async () => {
	const { db } = await aForgetfulPerson();
	await ask(db);
	const [token] = await mailedTokens(db);
	const weak = await choosePassword(db, { token, purpose: 'reset', password: 'ngắn', now: NOON });
	expect(weak).toEqual({ ok: false, reason: 'password-weak' });
	expect(await reset(db, token)).toMatchObject({ ok: true });
});
