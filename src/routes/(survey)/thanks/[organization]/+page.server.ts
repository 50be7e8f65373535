import { error } from '@sveltejs/kit';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import { readOrganizationName } from '$lib/server/survey/form/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	locals.locale = languageAsked(url);
	const organization = await readOrganizationName(locals.running.db, params.organization);
	if (organization === undefined) error(404, { message: 'organization-unknown', code: 'organization-unknown' });
	const request = `/request/${params.organization}${locals.locale === 'en' ? '?lang=en' : ''}`;
	return { organization, request, language: locals.locale, again: url.searchParams.has('again') };
};
