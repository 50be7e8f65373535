import { can, type Ability } from '../../domain/account/role.ts';
import { readSession, type SignedIn } from '../account/reads.ts';
import type { Serving } from '../serving.ts';
import type { Call } from './call.ts';
import { Refusal } from './problem.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Who calls the API with a staff session's cookie, if they may do this; the pages' guard is `requireAbility`. */
export async function requireStaff(serving: Serving, call: Call, ability: Ability, now: number): Promise<SignedIn> {
	const get = (name: string) => cookieNamed(call.header('cookie') ?? '', name);
	const token = readSessionCookie({ get }, serving.environment.origin);
	const signedIn = token ? await readSession(serving.db, token, now) : null;
	if (!signedIn) throw new Refusal('sign-in-required');
	if (!can(signedIn.user.role, ability)) throw new Refusal('forbidden');
	return signedIn;
}

function cookieNamed(header: string, name: string): string | undefined {
	const pairs = header.split(';').map((pair) => pair.trim().split('='));
	return pairs.find(([key]) => key === name)?.[1];
}
