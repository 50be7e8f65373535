import { posterFormat, sideFor } from '$lib/domain/survey/print-size.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { readCollectorList } from '$lib/server/survey/collectors/reads.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { params, url, locals } = event;
	const { organization, base } = await requireRight(event, 'load', params.collector);
	const poster = (await readCollectorList(locals.running.db, organization.id)).find(
		({ id }) => id === params.collector
	);
	if (!poster) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	const paper = url.searchParams.get('paper');
	const address = `${locals.origin}/s/${poster.code}`;
	const drawing = drawQr(address);
	const format = paper === 'card' ? null : posterFormat(paper, url.searchParams.get('distance'));
	const { hostname } = new URL(locals.origin);
	return {
		base,
		ward: organization.name,
		poster: { id: poster.id, name: poster.name, code: poster.code, aim: poster.aim, closed: poster.closedAt !== null },
		/** null: pocket cards. */
		format,
		drawing,
		side: format && sideFor({ modules: drawing.size, distance: format.distance }),
		address,
		origin: locals.origin,
		/** Nobody's phone opens it. */
		local: ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
	};
};
