import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { isLogin, normalizeLogin } from '../../../domain/account/login.ts';
import { ROLE_NAMES } from '../../../domain/account/role.ts';
import { SET_UP_CODE_BYTES, setUpCode } from '../../../domain/account/set-up-code.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { clean } from '../../../domain/shared/text.ts';
import { writeAuditLine } from '../../account/audit/writes.ts';
import { hashPassword } from '../../account/password.ts';
import { newId } from '../../account/writes.ts';
import { lock } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { installation, roleGrants, users } from '../../db/schema/account.ts';
import { organizations } from '../../db/schema/place.ts';
import { CLAIM_KEY, CODE_KEY, hashOf, isEmptyInstallation, isHashOf, readClaim, type Claim } from './reads.ts';
import { isPasswordGood } from '../../account/guessable.ts';

/** A new code that opens the set-up, in place of the one before; null where there is something to protect already. */
export async function openSetUp(db: Db): Promise<string | null> {
	if (!(await isEmptyInstallation(db))) return null;
	const code = setUpCode(randomBytes(SET_UP_CODE_BYTES));
	return commit(db, async (tx) => {
		await lock(tx, ['set-up']);
		if (!(await isEmptyInstallation(tx))) return null;
		await keep(tx, CODE_KEY, hashOf(code));
		return code;
	});
}

export interface FirstStep {
	/** As it was typed, normalized; null where the cookie of an earlier post stands for it. */
	code: string | null;
	token: string | undefined;
	/** Made by the page, so that a form sent twice is one ward. */
	organizationId: string;
	ward: string;
	province: string;
}

/**
 * Step 1: whoever has the code says which ward it is. The first one wins; their token, which follows from the code and the page, lets
 * them go on and change their mind.
 */
export async function claimSetUp(
	db: Db,
	step: FirstStep
): Promise<Outcome<{ token: string }, 'over' | 'code-wrong' | 'claimed'>> {
	return commit(db, async (tx) => {
		await lock(tx, ['set-up']);
		if (!(await isEmptyInstallation(tx))) return { ok: false, reason: 'over' };
		const own = await readClaim(tx, step.token);
		const names = { ward: clean(step.ward), province: clean(step.province) };
		if (own && step.token) {
			await keep(tx, CLAIM_KEY, JSON.stringify({ ...own, ...names }));
			return { ok: true, value: { token: step.token } };
		}
		const codeHash = await valueOf(tx, CODE_KEY);
		if (!codeHash || step.code === null || !isHashOf(step.code, codeHash)) return { ok: false, reason: 'code-wrong' };
		const token = hashOf(`${step.code} ${step.organizationId}`);
		const earlier = await valueOf(tx, CLAIM_KEY);
		if (earlier !== null) {
			const claim = JSON.parse(earlier) as Claim;
			if (claim.codeHash === codeHash && !isHashOf(token, claim.tokenHash)) return { ok: false, reason: 'claimed' };
		}
		const { organizationId } = step;
		const claim: Claim = { tokenHash: hashOf(token), codeHash, organizationId, provinceId: newId(), ...names };
		await keep(tx, CLAIM_KEY, JSON.stringify(claim));
		return { ok: true, value: { token } };
	});
}

export interface FirstAdministrator {
	token: string | undefined;
	name: string;
	login: string;
	/** '' where they have none. */
	email: string;
	password: string;
	now: number;
}

/**
 * Step 2: the ward, the province above it where one was named, and the administrator of all of it, in one transaction. Sent twice it
 * is done once; the sign-in after it looks at the password.
 */
export async function foundWard(
	db: Db,
	{ token, name, login, email, password, now }: FirstAdministrator
): Promise<Outcome<{ login: string }, 'over' | 'unclaimed' | 'login-malformed' | 'login-taken' | 'password-weak'>> {
	const normal = normalizeLogin(login);
	if (!isLogin(normal)) return { ok: false, reason: 'login-malformed' };
	if (!isPasswordGood(password, normal)) return { ok: false, reason: 'password-weak' };
	if (!(await readClaim(db, token))) return { ok: false, reason: 'unclaimed' };
	const passwordHash = await hashPassword(password);
	return commit(db, async (tx) => {
		await lock(tx, ['set-up']);
		const claim = await readClaim(tx, token);
		if (!claim) return { ok: false, reason: 'unclaimed' };
		const { organizationId } = claim;
		if (!(await isEmptyInstallation(tx))) {
			const same = and(eq(users.login, normal), eq(users.organizationId, organizationId));
			const [already] = await tx.select({ id: users.id }).from(users).where(same);
			return already ? { ok: true, value: { login: normal } } : { ok: false, reason: 'over' };
		}
		const row = { id: newId(), organizationId, login: normal, name: clean(name), passwordHash, createdAt: now };
		const person = { ...row, email: email || null };
		const [added] = await tx.insert(users).values(person).onConflictDoNothing().returning({ id: users.id });
		if (!added) return { ok: false, reason: 'login-taken' };
		await writeOrganizations(tx, claim, person, now);
		await tx.delete(installation).where(eq(installation.key, CODE_KEY));
		return { ok: true, value: { login: normal } };
	});
}

/** The administrator's role lies at the top, so that a province may add its other wards. */
async function writeOrganizations(tx: Tx, claim: Claim, user: { id: string; login: string }, now: number) {
	const ward = { id: claim.organizationId, kind: 'ward' as const, name: claim.ward };
	const province = claim.province ? { id: claim.provinceId, kind: 'province' as const, name: claim.province } : null;
	const all = province ? [province, { ...ward, parentId: province.id }] : [ward];
	await tx.insert(organizations).values(all);
	const top = (province ?? ward).id;
	await tx.insert(roleGrants).values({ organizationId: top, userId: user.id, role: 'administrator' });
	for (const { id, name } of all) {
		const by = { organizationId: id, actorId: user.id, now };
		await writeAuditLine(tx, { ...by, action: 'set-up', object: id, detail: name });
	}
	const detail = `${user.login} (${ROLE_NAMES.administrator.vi})`;
	const line = {
		organizationId: ward.id,
		actorId: user.id,
		action: 'user-added',
		object: user.id,
		detail,
		now
	} as const;
	await writeAuditLine(tx, line);
}

async function keep(tx: Tx, key: string, value: string) {
	await tx.insert(installation).values({ key, value }).onConflictDoUpdate({ target: installation.key, set: { value } });
}

async function valueOf(tx: Tx, key: string): Promise<string | null> {
	const [row] = await tx.select().from(installation).where(eq(installation.key, key));
	return row?.value ?? null;
}
