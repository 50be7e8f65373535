import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Role } from '../../../domain/account/role.ts';
import { HOUR_MS } from '../../../domain/shared/time.ts';
import { freshDb } from '../../../../../tests/factories/db.ts';
import { aPerson, aProvince, aSession, PASSWORD } from '../../../../../tests/factories/people.ts';
import { aWard } from '../../../../../tests/factories/place.ts';
import { NOON } from '../../../../../tests/factories/sheet.ts';
import { commit, type Db } from '../../db/db.ts';
import { letters, roleGrants, users } from '../../db/schema/account.ts';
import { readAuditLines } from '../audit/reads.ts';
import { choosePassword } from '../link/writes.ts';
import { readSession } from '../reads.ts';
import { signIn } from '../writes.ts';
import { readPeople } from './reads.ts';
import {
	changeDetails,
	disablePerson,
	enablePerson,
	endSessionOf,
	giveRole,
	invitePerson,
	removeSecondFactor,
	sendPasswordLink,
	withdrawRole
} from './writes.ts';

const ORIGIN = 'https://langnghe.example.vn';
const INVITATION = {
	id: '0123456789',
	organizationId: 'w1',
	login: 'Hoa',
	name: 'Trần Thị Hoa',
	email: 'hoa@phuong.example.vn',
	role: 'officer' as Role,
	siteId: 's1',
	officerId: 'o1' as string | null,
	origin: ORIGIN,
	now: NOON
};

async function aStaff() {
	const db = await freshDb();
	await aWard(db);
	const administrator = await aPerson(db, 'quan-tri', 'administrator');
	return { db, administrator };
}

const by = (changedBy: string, userId: string) => ({ organizationId: 'w1', changedBy, userId, now: NOON });
const actions = async (db: Db) => (await readAuditLines(db, 'w1', 99)).map(({ action }) => action);

test('an invitation makes one person, one letter and one link, which opens with a password of their own', async () => {
	const { db, administrator } = await aStaff();
	const invited = await invitePerson(db, { ...INVITATION, invitedBy: administrator });
	if (!invited.ok) throw new Error(invited.reason);
	const { link, expiresAt, mailedTo } = invited.value;
	expect(link).toMatch(/^https:\/\/langnghe\.example\.vn\/invitation\/[\w-]{43}$/);
	expect(expiresAt).toBe(NOON + 72 * HOUR_MS);
	expect(mailedTo).toBe('hoa@phuong.example.vn');
	expect(await db.select().from(letters)).toMatchObject([{ body: expect.stringContaining(link) }]);
	expect(await readPeople(db, 'w1')).toContainEqual(
		expect.objectContaining({
			login: 'hoa',
			state: 'invited',
			roles: [{ role: 'officer', siteId: 's1', site: 'Trung tâm' }]
		})
	);
	expect(await signIn(db, { login: 'hoa', password: '', now: NOON })).toMatchObject({ ok: false });

	const token = link.split('/').at(-1)!;
	const chosen = await choosePassword(db, { token, purpose: 'invitation', password: PASSWORD, now: NOON });
	expect(chosen).toEqual({ ok: true, value: { login: 'hoa' } });
	expect((await readPeople(db, 'w1')).find(({ login }) => login === 'hoa')).toMatchObject({ state: 'active' });
	expect(await actions(db)).toContain('user-invited');
});

test('the same invitation a hundred times at once is one person', async () => {
	const { db, administrator } = await aStaff();
	const all = await Promise.all(
		Array.from({ length: 100 }, () => invitePerson(db, { ...INVITATION, invitedBy: administrator }))
	);
	expect(all.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await db.select().from(users).where(eq(users.login, 'hoa'))).toHaveLength(1);
	expect(await db.select().from(letters)).toHaveLength(1);
	const other = await invitePerson(db, { ...INVITATION, id: '0123456788', officerId: null, invitedBy: administrator });
	expect(other).toEqual({ ok: false, reason: 'login-taken' });
});

test('a site or officer of another ward, a role that is not theirs to give, and two that exclude each other are refused', async () => {
	const { db, administrator } = await aStaff();
	await aWard(db, 'w2');
	const leader = await aPerson(db, 'lanh-dao', 'leader');
	const invite = async (change: object, invitedBy = administrator) => {
		const outcome = await invitePerson(db, { ...INVITATION, invitedBy, ...change });
		return outcome.ok ? 'invited' : outcome.reason;
	};
	expect(await invite({ siteId: 'w2-s1' })).toBe('site-unknown');
	expect(await invite({ officerId: 'w2-o1' })).toBe('officer-unknown');
	expect(await invite({ role: 'leader', siteId: 's1' })).toBe('role-unfit');
	expect(await invite({ role: 'province-leader', siteId: '' })).toBe('role-unfit');
	expect(await invite({ organizationId: 'w2', siteId: '' })).toBe('role-above');
	expect(await invite({ role: 'administrator', siteId: '' }, leader)).toBe('role-above');
	expect(await invite({ login: 'Trần' })).toBe('login-malformed');
	expect(await invite({}, leader)).toBe('invited');
	expect(await invite({ id: '0123456787', login: 'mai' })).toBe('officer-taken');
	const auditor = await aPerson(db, 'kiem-tra', 'auditor');
	const both = await giveRole(db, { ...by(administrator, auditor), role: 'administrator', siteId: '' });
	expect(both).toEqual({ ok: false, reason: 'roles-exclusive' });
});

test('nobody changes his own account here, whatever it is', async () => {
	const { db, administrator } = await aStaff();
	await aPerson(db, 'thu-hai', 'administrator');
	const own = by(administrator, administrator);
	const outcomes = [
		await giveRole(db, { ...own, role: 'leader', siteId: '' }),
		await withdrawRole(db, { ...own, role: 'administrator', roleAt: 'w1', siteId: '' }),
		await disablePerson(db, own),
		await enablePerson(db, own),
		await changeDetails(db, { ...own, name: 'Khác', email: null, officerId: 'o1' }),
		await sendPasswordLink(db, { ...own, origin: ORIGIN, byMail: false }),
		await removeSecondFactor(db, own),
		await endSessionOf(db, { ...own, sessionId: 'x' })
	];
	for (const outcome of outcomes) expect(outcome).toEqual({ ok: false, reason: 'user-self' });
	expect(await db.select().from(roleGrants).where(eq(roleGrants.userId, administrator))).toHaveLength(1);
});

test('whoever stands above is out of reach of every change', async () => {
	const { db, administrator } = await aStaff();
	await aProvince(db);
	const leader = await aPerson(db, 'lanh-dao', 'leader');
	const inProvince = await aPerson(db, 'tinh', 'province-leader', { at: 'p1' });
	for (const above of [administrator, await aPerson(db, 'lanh-dao-2', 'leader')]) {
		const change = by(leader, above);
		const outcomes = [
			await giveRole(db, { ...change, role: 'officer', siteId: '' }),
			await disablePerson(db, change),
			await changeDetails(db, { ...change, name: 'Khác', email: null, officerId: null }),
			await sendPasswordLink(db, { ...change, origin: ORIGIN, byMail: false }),
			await removeSecondFactor(db, change),
			await endSessionOf(db, { ...change, sessionId: 'x' })
		];
		for (const outcome of outcomes) expect(outcome).toEqual({ ok: false, reason: 'user-above' });
	}
	// The ward's administrator does not reach into the province, nor does anybody by naming the wrong organization.
	expect(await disablePerson(db, by(administrator, inProvince))).toEqual({ ok: false, reason: 'user-unknown' });
	expect(await disablePerson(db, { ...by(administrator, inProvince), organizationId: 'p1' })).toEqual({
		ok: false,
		reason: 'user-above'
	});
	expect(await disablePerson(db, by(inProvince, leader))).toMatchObject({ ok: true });
});

test('the last administrator stays, also when two are disabled at the same moment', async () => {
	const { db, administrator } = await aStaff();
	const alone = by('system', administrator);
	const refused = { ok: false, reason: 'last-administrator' };
	expect(await disablePerson(db, alone)).toEqual(refused);
	expect(await withdrawRole(db, { ...alone, role: 'administrator', roleAt: 'w1', siteId: '' })).toEqual(refused);
	// Whoever has not taken up the invitation can not administer yet.
	await invitePerson(db, { ...INVITATION, role: 'administrator', siteId: '', invitedBy: 'system' });
	expect(await disablePerson(db, alone)).toEqual(refused);

	const second = await aPerson(db, 'thu-hai', 'administrator');
	const both = await Promise.all([disablePerson(db, alone), disablePerson(db, by('system', second))]);
	expect(both.filter(({ ok }) => ok)).toHaveLength(1);
	expect(both).toContainEqual(refused);
});

test('two administrators who disable each other: the second comes too late', async () => {
	const { db, administrator } = await aStaff();
	const second = await aPerson(db, 'thu-hai', 'administrator');
	await aPerson(db, 'thu-ba', 'administrator');
	const both = await Promise.all([
		disablePerson(db, by(administrator, second)),
		disablePerson(db, by(second, administrator))
	]);
	expect(both.map((one) => (one.ok ? 'done' : one.reason)).sort()).toEqual(['done', 'user-above']);
});

test('a changed role, a withdrawn one and a disabled account end every session at once', async () => {
	const { db, administrator } = await aStaff();
	const person = await aPerson(db, 'hoa', 'officer');
	const change = by(administrator, person);
	const ends = async (work: () => Promise<{ ok: boolean }>) => {
		const token = await aSession(db, 'hoa');
		expect(await readSession(db, token, NOON)).not.toBeNull();
		expect(await work()).toMatchObject({ ok: true });
		expect(await readSession(db, token, NOON)).toBeNull();
	};
	await ends(() => giveRole(db, { ...change, role: 'clerk', siteId: '' }));
	await ends(() => withdrawRole(db, { ...change, role: 'clerk', roleAt: 'w1', siteId: '' }));
	await ends(() => removeSecondFactor(db, change));
	await ends(() => disablePerson(db, change));
	expect(await enablePerson(db, change)).toMatchObject({ ok: true });
	await aSession(db, 'hoa');
	expect((await actions(db)).sort()).toEqual(
		[
			'role-given',
			'role-withdrawn',
			'second-factor-removed',
			'user-added',
			'user-added',
			'user-disabled',
			'user-enabled'
		].sort()
	);
});

test('one session of somebody can be ended, and no other person’s by its name', async () => {
	const { db, administrator } = await aStaff();
	const person = await aPerson(db, 'hoa', 'officer');
	await aPerson(db, 'mai', 'officer');
	const [first, second, foreign] = [await aSession(db, 'hoa'), await aSession(db, 'hoa'), await aSession(db, 'mai')];
	const idOf = async (token: string) => (await readSession(db, token, NOON))!.sessionId;
	await endSessionOf(db, { ...by(administrator, person), sessionId: await idOf(first) });
	await endSessionOf(db, { ...by(administrator, person), sessionId: await idOf(foreign) });
	expect(await readSession(db, first, NOON)).toBeNull();
	expect(await readSession(db, second, NOON)).not.toBeNull();
	expect(await readSession(db, foreign, NOON)).not.toBeNull();
});

test('a link on its way to an address that was wrong opens nothing once the address is put right', async () => {
	const { db, administrator } = await aStaff();
	const invited = await invitePerson(db, { ...INVITATION, invitedBy: administrator });
	if (!invited.ok) throw new Error(invited.reason);
	const right = { name: 'Trần Thị Hoa', email: 'hoa.tran@phuong.example.vn', officerId: 'o1' };
	await changeDetails(db, { ...by(administrator, INVITATION.id), ...right });
	const token = invited.value.link.split('/').at(-1)!;
	const chosen = await choosePassword(db, { token, purpose: 'invitation', password: PASSWORD, now: NOON });
	expect(chosen).toEqual({ ok: false, reason: 'old' });
});

test('a name is kept as text, and a password is nowhere in what a list gives', async () => {
	const { db, administrator } = await aStaff();
	await invitePerson(db, { ...INVITATION, name: ' <b>Hoa</b>\u202E ', invitedBy: administrator });
	const people = await readPeople(db, 'w1');
	expect(people.map(({ name }) => name)).toContain('<b>Hoa</b>');
	expect(JSON.stringify(people)).not.toMatch(/argon2|secret/i);
	await commit(db, async (tx) => void (await tx.delete(users).where(eq(users.id, INVITATION.id))));
});
