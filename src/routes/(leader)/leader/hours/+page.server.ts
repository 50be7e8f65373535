import { redirect } from '@sveltejs/kit';
import { localDay } from '$lib/domain/shared/time.ts';
import { CRITERIA } from '$lib/domain/survey/criterion.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { openLeaderQuestion, readerOf } from '$lib/server/http/leader-page.ts';
import { readSites } from '$lib/server/place/reads.ts';
import { readHours } from '$lib/server/report/hours/reads.ts';
import type { PageServerLoad } from './$types';

/** One criterion over the hours of the week at one site: the same address as the table's, whose other filters it leaves aside. */
export const load: PageServerLoad = async (event) => {
	const query = event.url.searchParams;
	const permitted = await requireRight(event, 'load', query.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	const { organization, above } = reader;
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const { db } = event.locals.running;
	query.set('by', 'site');
	for (const name of ['officer', 'counter', 'field', 'channel']) query.delete(name);
	const now = Date.now();
	const { question, period, filter } = await openLeaderQuestion(event, reader, now, 'hours');
	const all = await readSites(db, organization.id);
	const sites = all.filter(({ archivedAt, id }) => archivedAt === null || id === filter.site);
	const site = sites.find(({ id }) => id === filter.site) ?? sites.find(({ kind }) => kind === 'main') ?? sites[0];
	const criterion = CRITERIA.find((known) => known === query.get('criterion')) ?? 'PV';
	return {
		...(await readHours(db, question, site?.id ?? '', criterion)),
		site: { id: site?.id ?? '', name: site?.name ?? '' },
		sites: sites.map(({ id, name }) => ({ id, name })),
		period,
		versionId: question.versionId,
		asOf: now,
		today: localDay(now),
		organization: { name: organization.name, above }
	};
};
