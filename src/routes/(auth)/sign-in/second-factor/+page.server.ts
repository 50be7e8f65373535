import { fail, redirect } from '@sveltejs/kit';
import { showSecondFactor } from '$lib/server/account/second-factor/writes.ts';
import { signOut } from '$lib/server/account/writes.ts';
import { requireHalfSignedIn } from '$lib/server/http/guard.ts';
import { countSecondFactor, forgiveSecondFactor } from '$lib/server/http/limits.ts';
import { pathWithin } from '$lib/server/http/return-to.ts';
import { dropSessionCookie, readSessionCookie, setSessionCookie } from '$lib/server/http/session-cookie.ts';
import { noteSignIn, type SignInOutcome } from '$lib/server/http/sign-in-log.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const { user } = requireHalfSignedIn(event, ['second-factor']);
	return { login: user.login, next: pathWithin(event.url.searchParams.get('next'), event.locals.origin, '/') };
};

export const actions: Actions = {
	default: async (event) => {
		const { user, sessionId } = requireHalfSignedIn(event, ['second-factor']);
		const { locals, request, cookies } = event;
		const { db } = locals.running;
		const form = await request.formData();
		const code = String(form.get('code') ?? '').slice(0, 64);
		const token = readSessionCookie(cookies, locals.origin)!;
		const note = (outcome: SignInOutcome) =>
			noteSignIn(locals.running.log, request, { step: 'second-factor', outcome, userId: user.id });
		if (!code.trim()) {
			note('incomplete');
			return fail(400, { reason: 'incomplete' as const, minutes: 0 });
		}

		const counted = await countSecondFactor(sessionId, user.id);
		if (counted !== null) note(counted === 'sign-in-again' ? counted : 'too-many');
		if (counted === 'sign-in-again') {
			await signOut(db, token);
			dropSessionCookie(cookies, locals.origin);
			redirect(303, '/sign-in?again');
		}
		if (counted !== null) return fail(429, { reason: 'too-many' as const, minutes: Math.ceil(counted / 60) });
		const shown = await showSecondFactor(db, { userId: user.id, token, code, now: Date.now() });
		note(shown.ok ? 'passed' : 'wrong');
		if (!shown.ok) return fail(400, { reason: shown.reason, minutes: 0 });

		await forgiveSecondFactor(user.id);
		setSessionCookie(cookies, locals.origin, shown.value.token);
		redirect(303, pathWithin(String(form.get('next') ?? ''), locals.origin, '/'));
	}
};
