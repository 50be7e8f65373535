import { fail, redirect } from '@sveltejs/kit';
import { isEmail } from '$lib/domain/account/email.ts';
import { readAliveSessions, readEmail, readRolesInWords } from '$lib/server/account/own/reads.ts';
import { changeOwnEmail, changeOwnPassword, endOwnSessions } from '$lib/server/account/own/writes.ts';
import { readSecondFactor } from '$lib/server/account/second-factor/reads.ts';
import { orBusy } from '$lib/server/http/busy.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { countOwnPassword, forgiveOwnPassword } from '$lib/server/http/limits.ts';
import { readSessionCookie, setSessionCookie } from '$lib/server/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, organization } = await requireRight(event, 'load');
	const { sessionId } = requireSignedIn(event);
	const { locals, url } = event;
	const { db } = locals.running;
	const [roles, sessions, factor, email] = await Promise.all([
		readRolesInWords(db, user.id),
		readAliveSessions(db, user.id, user.roles, Date.now()),
		readSecondFactor(db, user.id),
		readEmail(db, user.id)
	]);
	return {
		user: { name: user.name, login: user.login, roles: user.roles, email },
		organization: { name: organization.name, demonstration: organization.demonstration },
		roles: roles.map(({ role, organization: at, site }) => ({ role, at: site ?? at })),
		sessions: sessions.map((session) => ({ ...session, isThis: session.id === sessionId })),
		factor,
		done: url.searchParams.get('done')
	};
};

export const actions: Actions = {
	password: async (event) => {
		const { user } = await requireRight(event, 'password');
		const { locals, request, cookies } = event;
		const form = await request.formData();
		const [old, next, again] = ['old', 'password', 'again'].map((name) => String(form.get(name) ?? ''));
		if (next !== again) return fail(400, { reason: 'again' as const, minutes: 0 });
		const wait = await countOwnPassword(user.id);
		if (wait !== null) return fail(429, { reason: 'too-many' as const, minutes: Math.ceil(wait / 60) });
		const token = readSessionCookie(cookies, locals.origin)!;
		const change = { userId: user.id, token, password: old, next, now: Date.now() };
		const changed = await orBusy(changeOwnPassword(locals.running.db, change));
		if (!changed.ok) return fail(changed.reason === 'busy' ? 503 : 400, { reason: changed.reason, minutes: 0 });
		await forgiveOwnPassword(user.id);
		setSessionCookie(cookies, locals.origin, changed.value.token);
		redirect(303, '/account?done=password');
	},
	email: async (event) => {
		const { user } = await requireRight(event, 'email');
		const { locals, request } = event;
		const form = await request.formData();
		const email = String(form.get('email') ?? '').trim();
		const refused = (reason: string, minutes = 0) => ({ email: { reason, minutes, value: email } });
		if (email !== '' && !isEmail(email)) return fail(400, refused('email'));
		const wait = await countOwnPassword(user.id);
		if (wait !== null) return fail(429, refused('too-many', Math.ceil(wait / 60)));
		const password = String(form.get('old') ?? '');
		const change = { userId: user.id, password, email: email || null, now: Date.now() };
		const changed = await orBusy(changeOwnEmail(locals.running.db, change));
		if (!changed.ok) return fail(changed.reason === 'busy' ? 503 : 400, refused(changed.reason));
		await forgiveOwnPassword(user.id);
		redirect(303, '/account?done=email');
	},
	end: async (event) => {
		const { user } = await requireRight(event, 'end');
		const { locals, request } = event;
		const id = String((await request.formData()).get('sessionId') ?? '');
		await endOwnSessions(locals.running.db, { userId: user.id, which: { id }, now: Date.now() });
		redirect(303, '/account?done=session#sessions');
	},
	endOthers: async (event) => {
		const { user } = await requireRight(event, 'endOthers');
		const { sessionId } = requireSignedIn(event);
		const which = { allBut: sessionId };
		await endOwnSessions(event.locals.running.db, { userId: user.id, which, now: Date.now() });
		redirect(303, '/account?done=sessions#sessions');
	}
};
