import { redirect } from '@sveltejs/kit';
import { homeOf } from '$lib/server/http/home.ts';
import { isEmptyInstallation } from '$lib/server/place/setup/reads.ts';
import type { RequestHandler } from './$types';

/** The front door: everybody is led to the page that is theirs; where there is nothing yet, to the set-up. */
export const GET: RequestHandler = async ({ locals }) => {
	const { signedIn, running } = locals;
	if (!signedIn && (await isEmptyInstallation(running.db))) redirect(303, '/setup');
	redirect(303, homeOf(signedIn));
};
