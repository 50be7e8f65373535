import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../db/db.ts';
import { users } from '../db/schema/account.ts';
import { organizations } from '../db/schema/place.ts';
import { isPassword } from '../account/password.ts';
import { SIGN_INS } from './ward.ts';

/** Somebody who may sign in to the demonstration. */
export type SignIn = Pick<(typeof SIGN_INS)[number], 'login' | 'password' | 'role'>;

/** The printed sign-ins that still open something: none where the ward is real, disabled, or the password has been changed. */
export async function demonstrationSignIns(db: Db): Promise<SignIn[]> {
	const known = await db
		.select({ login: users.login, passwordHash: users.passwordHash })
		.from(users)
		.innerJoin(organizations, eq(organizations.id, users.organizationId))
		.where(and(eq(organizations.demonstration, true), isNull(users.disabledAt)));
	const working: SignIn[] = [];
	for (const { login, password, role } of SIGN_INS) {
		const user = known.find((each) => each.login === login);
		if (user && (await isPassword(password, user.passwordHash))) working.push({ login, password, role });
	}
	return working;
}
