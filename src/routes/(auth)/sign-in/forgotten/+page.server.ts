import { fail } from '@sveltejs/kit';
import { normalizeLogin } from '$lib/domain/account/login.ts';
import { askForReset } from '$lib/server/account/link/writes.ts';
import { countForgotten } from '$lib/server/http/limits.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ isSignedIn: locals.signedIn !== null });

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const login = normalizeLogin(String((await request.formData()).get('login') ?? '')).slice(0, 64);
		if (!login) return fail(400, { login, reason: 'incomplete' as const });
		const counted = await countForgotten(login);
		if (counted === 'wait') return fail(429, { login, reason: 'too-many' as const });
		const { db, report } = locals.running;
		// Nobody waits for it: what is answered, and when, is the same for a login that exists and one that does not.
		if (counted === 'go') askForReset(db, { login, origin: locals.origin, now: Date.now() }).catch(report);
		return { sent: true as const };
	}
};
