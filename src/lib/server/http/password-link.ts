import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { LinkPurpose } from '../../domain/account/password-link.ts';
import { readPasswordLink } from '../account/link/reads.ts';
import { choosePassword } from '../account/link/writes.ts';
import { orBusy } from './busy.ts';
import { countLinkTry } from './limits.ts';

type Event = RequestEvent<{ token: string }>;

/** What the page of a link shows. Looking does not use it up: programs that read mail before people do open every link. */
export async function showPasswordLink({ locals, params }: Event, purpose: LinkPurpose) {
	const known = await readPasswordLink(locals.running.db, params.token, Date.now());
	if (known?.purpose !== purpose) return { state: 'old' as const, user: null, organization: '' };
	const { state, user, organization } = known;
	// Who the link was for is said only to whoever holds one that is good.
	return state === 'good'
		? { state, user: { name: user.name, login: user.login }, organization }
		: { state, user: null, organization: '' };
}

export async function takePasswordLink({ locals, params, request }: Event, purpose: LinkPurpose) {
	const form = await request.formData();
	const password = String(form.get('password') ?? '');
	if (password !== String(form.get('again') ?? '')) return fail(400, { reason: 'again' as const, minutes: 0 });
	const wait = await countLinkTry(params.token);
	if (wait !== null) return fail(429, { reason: 'too-many' as const, minutes: Math.ceil(wait / 60) });
	const choice = { token: params.token, purpose, password, now: Date.now() };
	const chosen = await orBusy(choosePassword(locals.running.db, choice));
	if (!chosen.ok) return fail(chosen.reason === 'busy' ? 503 : 400, { reason: chosen.reason, minutes: 0 });
	redirect(303, `/sign-in?${new URLSearchParams({ chosen: chosen.value.login })}`);
}
