import { error, redirect } from '@sveltejs/kit';
import { can, type Ability } from '../../domain/account/role.ts';
import type { SignedIn } from '../account/reads.ts';
import { PROBLEMS } from './problem.ts';
import { signInAddress } from './return-to.ts';

/** What hooks.server.ts has found out about the request. */
interface Identified {
	signedIn: SignedIn | null;
	here: string;
}

/** Who is signed in and for which organization; a visitor is sent to sign in, somebody without the right is told so. */
export function requireAbility(locals: Identified, ability: Ability): Pick<SignedIn, 'user' | 'organization'> {
	const { signedIn, here } = locals;
	if (!signedIn) redirect(303, signInAddress(here));
	if (!can(signedIn.user.role, ability)) {
		error(403, { message: PROBLEMS.forbidden.message, code: 'forbidden' });
	}
	return signedIn;
}
