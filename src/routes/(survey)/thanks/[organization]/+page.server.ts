import { error } from '@sveltejs/kit';
import { codesOfLow } from '$lib/server/http/low-answers.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import { readImprovements } from '$lib/server/report/improvement/reads.ts';
import { readPublicMonth } from '$lib/server/report/publication/reads.ts';
import { readOrganizationName } from '$lib/server/survey/form/reads.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import type { PageServerLoad } from './$types';

/** As many as somebody reads who has just answered. */
const SENTENCES = 3;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	locals.locale = languageAsked(url);
	const { db, secret } = locals.running;
	const organization = await readOrganizationName(db, params.organization);
	if (organization === undefined) error(404, { message: PROBLEMS['not-found'].message, code: 'organization-unknown' });
	const query = locals.locale === 'en' ? '?lang=en' : '';
	const request = `/request/${params.organization}${query}`;
	const published = await readPublicMonth(db, params.organization);
	const sipas = published?.content.sipas;
	return {
		organization,
		request,
		language: locals.locale,
		again: url.searchParams.has('again'),
		codes: codesOfLow(secret, params.organization, url.searchParams.get('follow'), Date.now()),
		follows: url.searchParams.has('follow'),
		// Only where there is a result that everybody may read.
		result:
			published && sipas && 'value' in sipas
				? {
						href: `/results/${params.organization}${query}`,
						from: published.from,
						...sipas,
						improvements: await readImprovements(db, params.organization, SENTENCES)
					}
				: null
	};
};
