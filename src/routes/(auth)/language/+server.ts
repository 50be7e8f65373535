import { redirect } from '@sveltejs/kit';
import { cookieMaxAge, cookieName, isLocale } from '$lib/paraglide/runtime.js';
import { pathWithin } from '$lib/server/http/return-to.ts';
import type { RequestHandler } from './$types';

/** Keeps the language and goes back to the page that asked; works without JavaScript. Readable by scripts, as they speak it too. */
export const POST: RequestHandler = async ({ request, cookies, locals }) => {
	const locale = (await request.formData()).get('locale');
	if (isLocale(locale)) {
		const secure = locals.origin.startsWith('https:');
		cookies.set(cookieName, locale, { path: '/', httpOnly: false, sameSite: 'lax', secure, maxAge: cookieMaxAge });
	}
	redirect(303, pageThatAsked(request, locals.origin));
};

function pageThatAsked(request: Request, origin: string): string {
	const from = request.headers.get('referer') ?? '';
	// After a form was sent the address names the form's action; the page itself is without it.
	return from.startsWith(`${origin}/`)
		? pathWithin(from.slice(origin.length).replace(/\?\/.*$/, ''), origin, '/')
		: '/';
}
