import { fail, redirect } from '@sveltejs/kit';
import { signIn } from '$lib/server/account/writes.ts';
import { addressOf } from '$lib/server/http/address.ts';
import { orBusy } from '$lib/server/http/busy.ts';
import { homeOf } from '$lib/server/http/home.ts';
import { countSignIn, forgiveSignIn } from '$lib/server/http/limits.ts';
import { pathWithin, withNext } from '$lib/server/http/return-to.ts';
import { readSessionCookie, setSessionCookie } from '$lib/server/http/session-cookie.ts';
import { deviceOf } from '$lib/domain/account/device.ts';
import { isLogin, normalizeLogin } from '$lib/domain/account/login.ts';
import { isEmptyInstallation } from '$lib/server/place/setup/reads.ts';
import { noteSignIn, type SignInOutcome } from '$lib/server/http/sign-in-log.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	if (!locals.signedIn && (await isEmptyInstallation(locals.running.db))) redirect(303, '/setup');
	const next = pathWithin(url.searchParams.get('next'), locals.origin, '/');
	if (locals.signedIn) redirect(303, next === '/' ? homeOf(locals.signedIn) : next);
	const chosen = normalizeLogin(url.searchParams.get('chosen') ?? '');
	return { next, chosen: isLogin(chosen) ? chosen : '', again: url.searchParams.has('again') };
};

export const actions: Actions = {
	default: async (event) => {
		const { request, locals, cookies } = event;
		const form = await request.formData();
		const login = normalizeLogin(String(form.get('login') ?? '')).slice(0, 200);
		const password = String(form.get('password') ?? '');
		const note = (outcome: SignInOutcome, userId?: string) =>
			noteSignIn(locals.running.log, request, { step: 'password', outcome, userId });
		if (!login || !password) {
			note('incomplete');
			return fail(400, { login, reason: 'incomplete' as const });
		}

		const attempt = { login, address: addressOf(event) };
		const wait = await countSignIn(attempt);
		if (wait !== null) {
			note('too-many');
			return fail(429, { login, reason: 'too-many' as const, minutes: Math.ceil(wait / 60) });
		}
		const previousToken = readSessionCookie(cookies, locals.origin);
		const device = deviceOf(request.headers.get('user-agent'));
		const outcome = await orBusy(
			signIn(locals.running.db, { login, password, previousToken, device, now: Date.now() })
		);
		if (!outcome.ok) {
			note(outcome.reason);
			return fail(outcome.reason === 'busy' ? 503 : 400, { login, reason: outcome.reason });
		}
		note('passed', outcome.value.userId);

		await forgiveSignIn(attempt);
		setSessionCookie(cookies, locals.origin, outcome.value.token);
		const next = pathWithin(String(form.get('next') ?? ''), locals.origin, '/');
		redirect(303, outcome.value.hasFactor ? withNext('/sign-in/second-factor', next) : next);
	}
};
