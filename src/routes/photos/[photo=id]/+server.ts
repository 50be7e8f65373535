import { error } from '@sveltejs/kit';
import { requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readPhoto } from '$lib/server/place/officer/reads.ts';
import type { RequestHandler } from './$types';

/** An id names one picture for ever, so a browser asks once; never a cache that others share. */
export const GET: RequestHandler = async (event) => {
	const { organization } = await requireRight(event, 'GET', event.params.photo);
	const picture = await readPhoto(event.locals.running.db, organization.id, event.params.photo);
	if (!picture) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	return new Response(picture, {
		headers: {
			'content-type': 'image/webp',
			'content-length': String(picture.length),
			'cache-control': 'private, max-age=31536000, immutable',
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff'
		}
	});
};
