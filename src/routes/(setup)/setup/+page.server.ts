import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { normalizeSetUpCode } from '$lib/domain/account/set-up-code.ts';
import { clean } from '$lib/domain/shared/text.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { countSetUpTry } from '$lib/server/http/limits.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readClaimCookie, setClaimCookie } from '$lib/server/http/session-cookie.ts';
import { isEmptyInstallation, readClaim } from '$lib/server/place/setup/reads.ts';
import { claimSetUp } from '$lib/server/place/setup/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, cookies }) => {
	const { db } = locals.running;
	if (!(await isEmptyInstallation(db))) return over(locals);
	const claim = await readClaim(db, readClaimCookie(cookies, locals.origin));
	return {
		organizationId: newId(),
		/** Whoever has given the code need not do so again. */
		claimed: claim !== null,
		values: { ward: claim?.ward ?? '', province: claim?.province ?? '' }
	};
};

const name = v.pipe(v.string(), v.transform(clean), v.maxLength(120, 'too-long'));
const wardSchema = v.object({
	code: v.optional(v.string(), ''),
	organizationId: v.pipe(v.string(), v.regex(/^[0-9a-z]{10}$/, 'required')),
	ward: v.pipe(name, v.minLength(1, 'required')),
	province: v.optional(name, '')
});

export const actions: Actions = {
	default: async ({ locals, cookies, request }) => {
		const { db } = locals.running;
		if (!(await isEmptyInstallation(db))) return over(locals);
		const data = await request.formData();
		const form = parseForm(wardSchema, data);
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values, wait: 0 });

		const { code, ...names } = form.value;
		const token = readClaimCookie(cookies, locals.origin);
		// Who has taken the step before shows the cookie of it; everybody else guesses, and that is counted.
		const wait = (await readClaim(db, token)) ? null : await countSetUpTry();
		if (wait !== null) return fail(429, { problems: none, values: textsOf(data), wait });
		const claimed = await claimSetUp(db, { ...names, token, code: normalizeSetUpCode(code) });
		if (!claimed.ok) {
			if (claimed.reason === 'over') return over(locals);
			const problems: Record<string, string> = { code: claimed.reason };
			return fail(claimed.reason === 'claimed' ? 409 : 400, { problems, values: textsOf(data), wait: 0 });
		}
		setClaimCookie(cookies, locals.origin, claimed.value.token);
		redirect(303, '/setup/administrator');
	}
};

const none: Record<string, string> = {};

/** Whoever works here already goes to their page; nobody else learns that there ever was a set-up. */
function over({ signedIn }: App.Locals): never {
	if (signedIn) redirect(303, '/');
	error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
}
