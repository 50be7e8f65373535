import { readYear } from '$lib/domain/report/period.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { readPlan } from '$lib/server/casework/plan/reads.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import type { PageServerLoad } from './$types';

/** The plan of a year as the table of its annex. */
export const load: PageServerLoad = async (event) => {
	const { organization, base, sites } = await requireRight(event, 'load');
	const today = localDay(Date.now());
	const year = readYear(event.url.searchParams, Number(today.slice(0, 4)));
	const lines = await readPlan(event.locals.running.db, { organizationId: organization.id, year, sites, today });
	return { base, year, lines, organization: { name: organization.name } };
};
