import { TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aPerson, aSession, PASSWORD } from '../../../../../tests/factories/people.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import type { Db } from '../../db/db.ts';
import { recoveryCodes, sessions } from '../../db/schema/account.ts';
import { readEmail } from '../own/reads.ts';
import { changeOwnEmail, changeOwnPassword } from '../own/writes.ts';
import { readSession, tokenHash } from '../reads.ts';
import { secretOf, totpStep } from '../totp.ts';
import { readSecondFactor } from './reads.ts';
import { renewRecoveryCodes, setSecondFactor, showSecondFactor } from './writes.ts';

const STEP_MS = 30_000;
const codeAt = (secret: string, at: number) => new TOTP({ secret }).generate({ timestamp: at });

/** An administrator with a second factor, signed in by password only. */
async function anEnrolled() {
	const db = await freshDb();
	await aWard(db);
	const userId = await aPerson(db, 'quan-tri', 'administrator');
	const first = await aSession(db, 'quan-tri');
	expect(await readSession(db, first, NOON)).toMatchObject({ stage: 'enrol' });
	const secret = secretOf(first);
	const set = await setSecondFactor(db, { userId, token: first, code: codeAt(secret, NOON), now: NOON });
	if (!set.ok) throw new Error(set.reason);
	return { db, userId, secret, enrolled: set.value.token, first, codes: set.value.codes };
}

const show = (db: Db, userId: string, token: string, code: string, now: number) =>
	showSecondFactor(db, { userId, token, code, now });

test('the code of an app of RFC 6238 is right one step early and late, and no further', () => {
	// RFC 6238, appendix B: SHA-1, the last six of eight digits.
	const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
	expect(totpStep(secret, '287 082', 59_000)).toBe(1);
	expect(totpStep(secret, '081804', 1_111_111_109_000)).toBe(37_037_036);
	expect(totpStep(secret, '081804', 1_111_111_109_000 + STEP_MS)).toBe(37_037_036);
	expect(totpStep(secret, '081804', 1_111_111_109_000 + 2 * STEP_MS)).toBeNull();
	for (const wrong of ['081805', '', '0818041', 'abcdef', '８１８０４１']) {
		expect(totpStep(secret, wrong, 1_111_111_109_000), wrong).toBeNull();
	}
});

test('enrolling makes the session whole under a new token and ends the others', async () => {
	const { db, userId, enrolled, first, codes } = await anEnrolled();
	expect(await readSession(db, first, NOON)).toBeNull();
	expect(await readSession(db, enrolled, NOON)).toMatchObject({ stage: 'complete' });
	expect(new Set(codes).size).toBe(10);
	expect(await readSecondFactor(db, userId)).toEqual({ since: NOON, codesLeft: 10 });
	expect(JSON.stringify(await db.select().from(recoveryCodes))).not.toContain(codes[0]);
	const half = await aSession(db, 'quan-tri');
	expect(await readSession(db, half, NOON)).toMatchObject({ stage: 'second-factor' });
});

// FIX: what somebody knew of the session before the second factor is worth nothing after it.
test('showing the second factor renews the token', async () => {
	const { db, userId, secret } = await anEnrolled();
	const half = await aSession(db, 'quan-tri');
	const later = NOON + STEP_MS;
	const shown = await show(db, userId, half, codeAt(secret, later), later);
	if (!shown.ok) throw new Error(shown.reason);
	expect(shown.value.token).not.toBe(half);
	expect(await readSession(db, half, later)).toBeNull();
	expect(await readSession(db, shown.value.token, later)).toMatchObject({ stage: 'complete' });
});

test('a code is good once, also for a hundred at once, and an older one not at all', async () => {
	const { db, userId, secret } = await anEnrolled();
	const half = await aSession(db, 'quan-tri');
	expect(await show(db, userId, half, codeAt(secret, NOON), NOON)).toEqual({ ok: false, reason: 'wrong' });
	const later = NOON + 2 * STEP_MS;
	const tokens = await Promise.all(Array.from({ length: 5 }, () => aSession(db, 'quan-tri')));
	const all = await Promise.all(
		Array.from({ length: 100 }, (_, i) => show(db, userId, tokens[i % 5], codeAt(secret, later), later))
	);
	expect(all.filter(({ ok }) => ok)).toHaveLength(1);
	const older = codeAt(secret, later - STEP_MS);
	expect(await show(db, userId, half, older, later)).toEqual({ ok: false, reason: 'wrong' });
});

test('a code on paper is good once, however it is typed, also for a hundred at once', async () => {
	const { db, userId, codes } = await anEnrolled();
	const tokens = await Promise.all(Array.from({ length: 5 }, () => aSession(db, 'quan-tri')));
	const typed = ` ${codes[3].toUpperCase().replaceAll('-', ' ')}`;
	const all = await Promise.all(Array.from({ length: 100 }, (_, i) => show(db, userId, tokens[i % 5], typed, NOON)));
	expect(all.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await readSecondFactor(db, userId)).toMatchObject({ codesLeft: 9 });
	await renewRecoveryCodes(db, { userId, now: NOON });
	const half = await aSession(db, 'quan-tri');
	expect(await show(db, userId, half, codes[4], NOON)).toMatchObject({ ok: false });
	expect(await readSecondFactor(db, userId)).toMatchObject({ codesLeft: 10 });
});

test('another person’s code, on the phone or on paper, opens nothing', async () => {
	const { db, secret, codes } = await anEnrolled();
	const other = await aPerson(db, 'mai', 'officer');
	const half = await aSession(db, 'mai');
	const later = NOON + STEP_MS;
	expect(await show(db, other, half, codeAt(secret, later), later)).toMatchObject({ ok: false });
	expect(await show(db, other, half, codes[0], later)).toMatchObject({ ok: false });
});

test('an ended session is not brought back by a right code', async () => {
	const { db, userId, secret } = await anEnrolled();
	const half = await aSession(db, 'quan-tri');
	await changeOwnPassword(db, {
		userId,
		token: await aSession(db, 'quan-tri'),
		password: PASSWORD,
		next: 'một mật khẩu khác',
		now: NOON
	});
	const later = NOON + STEP_MS;
	expect(await show(db, userId, half, codeAt(secret, later), later)).toMatchObject({ ok: false });
});

test('changing the password asks for the old one, renews this session and ends the others', async () => {
	const { db, userId, enrolled } = await anEnrolled();
	const other = await aSession(db, 'quan-tri');
	const change = { userId, token: enrolled, password: PASSWORD, next: 'một mật khẩu khác', now: NOON };
	expect(await changeOwnPassword(db, { ...change, password: 'sai' })).toEqual({ ok: false, reason: 'wrong' });
	expect(await changeOwnPassword(db, { ...change, next: 'ngắn' })).toEqual({ ok: false, reason: 'password-weak' });
	const changed = await changeOwnPassword(db, change);
	if (!changed.ok) throw new Error(changed.reason);
	expect(await readSession(db, enrolled, NOON)).toBeNull();
	expect(await readSession(db, other, NOON)).toBeNull();
	expect(await readSession(db, changed.value.token, NOON)).toMatchObject({ stage: 'complete' });
	expect((await db.select().from(sessions)).map((one) => one.tokenHash)).toContain(tokenHash(changed.value.token));
});

test('the address for a forgotten password is changed only by whoever knows the password', async () => {
	const { db, userId } = await anEnrolled();
	const change = { userId, email: 'moi@phuong.example.vn', now: NOON };
	expect(await changeOwnEmail(db, { ...change, password: 'sai' })).toEqual({ ok: false, reason: 'wrong' });
	expect(await readEmail(db, userId)).toBeNull();
	expect(await changeOwnEmail(db, { ...change, password: PASSWORD })).toMatchObject({ ok: true });
	expect(await readEmail(db, userId)).toBe('moi@phuong.example.vn');
});
