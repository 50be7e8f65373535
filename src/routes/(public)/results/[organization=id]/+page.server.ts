import { PUBLIC_DAY } from '$lib/domain/report/edition.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { PUBLIC_CACHE, readBoard } from '$lib/server/http/public-page.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const language = (locals.locale = languageAsked(url));
	const board = await readBoard(locals.running.db, params.organization, url.searchParams.get('month'), language);
	setHeaders(PUBLIC_CACHE);
	const { edition, revisions, months, ...rest } = board;
	return {
		...rest,
		language,
		day: PUBLIC_DAY,
		edition: edition && { ...edition, publishedOn: localDay(edition.publishedAt) },
		revisions: revisions.map(({ revision, publishedAt, content: { sipas, sheets } }) => ({
			...{ revision, sipas, sheets },
			publishedOn: localDay(publishedAt)
		})),
		months: months.map(({ from, content: { sipas } }) => ({ from, sipas }))
	};
};
