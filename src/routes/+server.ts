import { redirect } from '@sveltejs/kit';
import { homeOf } from '$lib/server/http/home.ts';
import type { RequestHandler } from './$types';

/** The front door: everybody is led to the page that is theirs. */
export const GET: RequestHandler = ({ locals }) => redirect(303, homeOf(locals.signedIn));
