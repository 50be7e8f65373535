import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { deviceOf } from '$lib/domain/account/device.ts';
import { isLogin, LONGEST_LOGIN, normalizeLogin } from '$lib/domain/account/login.ts';
import { clean } from '$lib/domain/shared/text.ts';
import { signIn } from '$lib/server/account/writes.ts';
import { orBusy } from '$lib/server/http/busy.ts';
import { countSetUpTry } from '$lib/server/http/limits.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import {
	dropClaimCookie,
	readClaimCookie,
	readSessionCookie,
	setSessionCookie
} from '$lib/server/http/session-cookie.ts';
import { isEmptyInstallation, readClaim } from '$lib/server/place/setup/reads.ts';
import { foundWard } from '$lib/server/place/setup/writes.ts';
import type { Actions, PageServerLoad } from './$types';
import { isPasswordGood } from '$lib/server/account/guessable.ts';

export const load: PageServerLoad = async ({ locals, cookies }) => {
	const { db } = locals.running;
	if (!(await isEmptyInstallation(db))) {
		if (locals.signedIn) redirect(303, '/');
		error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	}
	const claim = await readClaim(db, readClaimCookie(cookies, locals.origin));
	if (!claim) redirect(303, '/setup');
	return { ward: claim.ward, province: claim.province };
};

const required = v.pipe(v.string(), v.trim(), v.minLength(1, 'required'));
const administratorSchema = v.pipe(
	v.object({
		name: v.pipe(required, v.transform(clean), v.minLength(1, 'required'), v.maxLength(120, 'too-long')),
		login: v.pipe(
			required,
			v.transform(normalizeLogin),
			v.maxLength(LONGEST_LOGIN, 'login'),
			v.check(isLogin, 'login')
		),
		email: v.union([v.literal(''), v.pipe(v.string(), v.trim(), v.email('email'), v.maxLength(254, 'email'))], 'email'),
		// Not trimmed: what was typed is the password.
		password: v.pipe(v.string(), v.minLength(1, 'required')),
		again: v.string()
	}),
	v.forward(
		v.partialCheck([['login'], ['password']], ({ login, password }) => isPasswordGood(password, login), 'password'),
		['password']
	),
	v.forward(
		v.partialCheck([['password'], ['again']], ({ password, again }) => password === again, 'again'),
		['again']
	)
);

export const actions: Actions = {
	default: async ({ locals, cookies, request }) => {
		const { db } = locals.running;
		const token = readClaimCookie(cookies, locals.origin);
		// A form that was sent twice still has its claim after the ward stands; nobody else has.
		if (!(await readClaim(db, token))) {
			if (await isEmptyInstallation(db)) redirect(303, '/setup');
			error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
		}
		const data = Object.fromEntries([...(await request.formData())].map(([key, value]) => [key, String(value)]));
		const typed = { name: data.name ?? '', login: data.login ?? '', email: data.email ?? '' };
		const form = v.safeParse(administratorSchema, data);
		if (!form.success) return fail(400, { problems: problemsOf(form.issues), values: typed, refused: null, wait: 0 });

		const wait = await countSetUpTry();
		if (wait !== null) return fail(429, { problems: none, values: typed, refused: null, wait });
		const now = Date.now();
		const { password, ...person } = form.output;
		const made = await orBusy(foundAndSignIn(db, { ...person, password, token, now }));
		if (!made.ok) {
			const status = made.reason === 'busy' ? 503 : 409;
			return fail(status, { problems: none, values: typed, refused: made.reason, wait: 0 });
		}
		setSessionCookie(cookies, locals.origin, made.value.token);
		dropClaimCookie(cookies, locals.origin);
		// The guard leads there by way of the second factor, which an administrator must have.
		redirect(303, '/setup/sites');

		async function foundAndSignIn(...[to, step]: Parameters<typeof foundWard>) {
			const founded = await foundWard(to, step);
			if (!founded.ok) return founded;
			const previousToken = readSessionCookie(cookies, locals.origin);
			const device = deviceOf(request.headers.get('user-agent'));
			const signedIn = await signIn(to, { login: step.login, password: step.password, previousToken, device, now });
			return signedIn.ok ? signedIn : ({ ok: false, reason: 'over' } as const);
		}
	}
};

const none: Record<string, string> = {};

function problemsOf(issues: readonly v.BaseIssue<unknown>[]): Record<string, string> {
	const problems: Record<string, string> = {};
	for (const issue of issues) {
		const field = String(issue.path?.[0]?.key ?? '');
		problems[field] ??= issue.received === 'undefined' ? 'required' : issue.message;
	}
	return problems;
}
