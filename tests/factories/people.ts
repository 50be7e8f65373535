import type { Role } from '../../src/lib/domain/account/role.ts';
import { createUser, signIn } from '../../src/lib/server/account/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { users } from '../../src/lib/server/db/schema/account.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { eq } from 'drizzle-orm';
import { NOON } from './sheet.ts';

export const PASSWORD = 'một mật khẩu dài';

/** Somebody with one role who has chosen a password; `at` is the ward w1 where nothing else is said. */
export async function aPerson(
	db: Db,
	login: string,
	role: Role,
	{ at = 'w1', siteId = '', email = null }: { at?: string; siteId?: string; email?: string | null } = {}
): Promise<string> {
	const person = { organizationId: at, login, name: `Người ${login}`, role, siteId, password: PASSWORD, now: NOON };
	const created = await createUser(db, person);
	if (!created.ok) throw new Error(created.reason);
	const { id } = created.value;
	if (email) await commit(db, async (tx) => void (await tx.update(users).set({ email }).where(eq(users.id, id))));
	return id;
}

/** The token of a new session; the password alone. */
export async function aSession(db: Db, login: string, now = NOON): Promise<string> {
	const outcome = await signIn(db, { login, password: PASSWORD, now });
	if (!outcome.ok) throw new Error(outcome.reason);
	return outcome.value.token;
}

/** A province above the ward w1. */
export async function aProvince(db: Db, id = 'p1') {
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id, kind: 'province', name: `Tỉnh ${id}` });
		await tx.update(organizations).set({ parentId: id }).where(eq(organizations.id, 'w1'));
	});
	return id;
}
