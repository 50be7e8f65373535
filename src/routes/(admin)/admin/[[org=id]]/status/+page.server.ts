import { requireRight } from '$lib/server/http/guard.ts';
import { readStanding } from '$lib/server/status/reads.ts';
import type { PageServerLoad } from './$types';

/** How the server is, for whoever keeps it; the tablets are those of the organization. */
export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load');
	return { base, standing: await readStanding(event.locals.running, organization.id, Date.now()) };
};
