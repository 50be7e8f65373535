import { redirect } from '@sveltejs/kit';
import { PUBLIC_DAY } from '$lib/domain/report/edition.ts';
import { PUBLIC_CACHE } from '$lib/server/http/public-page.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import { readPublishedWards } from '$lib/server/report/publication/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	locals.locale = languageAsked(url);
	const wards = await readPublishedWards(locals.running.db);
	if (wards.length === 1) redirect(303, `/results/${wards[0].id}${locals.locale === 'en' ? '?lang=en' : ''}`);
	setHeaders(PUBLIC_CACHE);
	return { language: locals.locale, wards, day: PUBLIC_DAY };
};
