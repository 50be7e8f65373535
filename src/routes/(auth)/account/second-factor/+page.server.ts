import { fail } from '@sveltejs/kit';
import { knowsPassword } from '$lib/server/account/own/writes.ts';
import { readSecondFactor } from '$lib/server/account/second-factor/reads.ts';
import { renewRecoveryCodes, setSecondFactor } from '$lib/server/account/second-factor/writes.ts';
import { otpauthAddress, secretOf } from '$lib/server/account/totp.ts';
import type { SignedIn } from '$lib/server/account/reads.ts';
import { orBusy } from '$lib/server/http/busy.ts';
import { requireHalfSignedIn } from '$lib/server/http/guard.ts';
import {
	countOwnPassword,
	countSecondFactor,
	forgiveOwnPassword,
	forgiveSecondFactor
} from '$lib/server/http/limits.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { pathWithin } from '$lib/server/http/return-to.ts';
import { readSessionCookie, setSessionCookie } from '$lib/server/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, stage } = requireHalfSignedIn(event, ['enrol', 'complete']);
	const { locals, cookies, url } = event;
	const secret = secretOf(readSessionCookie(cookies, locals.origin)!);
	return {
		login: user.login,
		isNeeded: stage === 'enrol',
		factor: await readSecondFactor(locals.running.db, user.id),
		secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
		drawing: drawQr(otpauthAddress({ secret, login: user.login })),
		next: pathWithin(url.searchParams.get('next'), locals.origin, '/')
	};
};

export const actions: Actions = {
	enrol: async (event) => {
		const signedIn = requireHalfSignedIn(event, ['enrol', 'complete']);
		const { user, sessionId, stage } = signedIn;
		const { locals, request, cookies } = event;
		const { db } = locals.running;
		const form = await request.formData();
		const { since } = await readSecondFactor(db, user.id);
		// Where there is one already, a device that was left open must not be enough to put another in its place.
		const refused = since === null ? null : await refusePassword(signedIn, db, String(form.get('password') ?? ''));
		if (refused) return fail(refused.status, { ...refused, form: 'enrol' as const });

		const counted = await countSecondFactor(sessionId, user.id);
		if (typeof counted === 'number') return fail(429, refusal('too-many', 'enrol', Math.ceil(counted / 60)));
		if (counted) return fail(429, refusal('too-many', 'enrol', 60));
		const token = readSessionCookie(cookies, locals.origin)!;
		const code = String(form.get('code') ?? '').slice(0, 64);
		const set = await setSecondFactor(db, { userId: user.id, token, code, now: Date.now() });
		if (!set.ok) return fail(400, refusal(set.reason, 'enrol'));
		await forgiveSecondFactor(user.id);
		setSessionCookie(cookies, locals.origin, set.value.token);
		return { codes: set.value.codes, wasNeeded: stage === 'enrol' };
	},
	codes: async (event) => {
		const signedIn = requireHalfSignedIn(event, ['complete']);
		const { locals, request } = event;
		const { db } = locals.running;
		const form = await request.formData();
		const refused = await refusePassword(signedIn, db, String(form.get('password') ?? ''));
		if (refused) return fail(refused.status, { ...refused, form: 'codes' as const });
		const { since } = await readSecondFactor(db, signedIn.user.id);
		if (since === null) return fail(400, refusal('wrong', 'codes'));
		return { codes: await renewRecoveryCodes(db, { userId: signedIn.user.id, now: Date.now() }), wasNeeded: false };
	}
};

const refusal = (reason: string, form: 'enrol' | 'codes', minutes = 0) => ({ reason, form, minutes });

async function refusePassword({ user }: SignedIn, db: App.Locals['running']['db'], password: string) {
	const wait = await countOwnPassword(user.id);
	if (wait !== null) return { status: 429, reason: 'too-many', minutes: Math.ceil(wait / 60) };
	const known = await orBusy(knowsPassword(db, user.id, password));
	if (typeof known === 'object') return { status: 503, reason: 'busy', minutes: 0 };
	if (!known) return { status: 400, reason: 'password-wrong', minutes: 0 };
	await forgiveOwnPassword(user.id);
	return null;
}
