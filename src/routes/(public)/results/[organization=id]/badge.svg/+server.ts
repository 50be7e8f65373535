import { drawBadge } from '$lib/server/http/badge.ts';
import { PUBLIC_CACHE, readBoard } from '$lib/server/http/public-page.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { RequestHandler } from './$types';

/** For the ward's own website: the newest month in one small picture, which any page may show. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const language = languageAsked(url);
	const { edition } = await readBoard(locals.running.db, params.organization, null, language);
	return new Response(drawBadge(edition, language), {
		headers: {
			...PUBLIC_CACHE,
			'content-type': 'image/svg+xml; charset=utf-8',
			'content-security-policy': "default-src 'none'",
			'cross-origin-resource-policy': 'cross-origin'
		}
	});
};
