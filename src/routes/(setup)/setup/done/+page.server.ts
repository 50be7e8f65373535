import { redirect } from '@sveltejs/kit';
import { nextStep, setUpPage } from '$lib/domain/place/set-up.ts';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readSetUp } from '$lib/server/place/setup/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization } = await requireRight(event, 'load');
	const { sites, counters, fields } = await readSetUp(event.locals.running.db, organization.id);
	const next = nextStep({ sites: sites.length, counters: counters.length, fields: fields.length });
	if (next !== null) redirect(303, setUpPage(next));
	return {
		organization: { name: organization.name },
		sites: sites.map(({ id, name }) => ({
			id,
			name,
			counters: counters.filter(({ siteId }) => siteId === id).map(counterLabel)
		})),
		fields: fields.length,
		counters: counters.length,
		idle: counters.filter(({ serves }) => serves.length === 0).map(counterLabel)
	};
};
