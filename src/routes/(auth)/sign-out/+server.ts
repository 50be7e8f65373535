import { redirect } from '@sveltejs/kit';
import { signOut } from '$lib/server/account/writes.ts';
import { dropSessionCookie, readSessionCookie } from '$lib/server/http/session-cookie.ts';
import type { RequestHandler } from './$types';

/**
 * Ends the session here and in the browser. The browser's storage is left alone: on a shared device it may hold a tablet's unsent
 * sheets.
 */
export const POST: RequestHandler = async ({ cookies, locals }) => {
	const token = readSessionCookie(cookies, locals.origin);
	if (token) await signOut(locals.running.db, token);
	dropSessionCookie(cookies, locals.origin);
	redirect(303, '/sign-in');
};

export const GET: RequestHandler = () => redirect(303, '/');
