import { localDay } from '$lib/domain/shared/time.ts';
import { PUBLIC_CACHE, readBoard } from '$lib/server/http/public-page.ts';
import { drawQr } from '$lib/server/http/qr.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { PageServerLoad } from './$types';

/** As many as are read from the last row of chairs. */
const SENTENCES = 3;
const MONTHS = 6;

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const language = (locals.locale = languageAsked(url));
	const board = await readBoard(locals.running.db, params.organization, null, language);
	setHeaders(PUBLIC_CACHE);
	const { name, demonstration, edition } = board;
	const improvements = board.improvements.slice(0, SENTENCES);
	return {
		...{ name, demonstration, language, improvements },
		edition: edition && { ...edition, publishedOn: localDay(edition.publishedAt) },
		months: board.months
			// A line of months never crosses a change of method or questionnaire.
			.filter(({ content }) => sameMeasure(content, edition?.content))
			.slice(0, MONTHS)
			.map(({ from, content: { sipas } }) => ({ from, sipas })),
		address: drawQr(`${locals.origin}/results/${params.organization}`),
		/** What the screen compares to know that there is something new. */
		stamp: [edition?.from, edition?.revision, ...improvements.map(({ id }) => id)].join('-')
	};
};

type Measured = { method: string; versionId: string };
const sameMeasure = (a: Measured, b: Measured | undefined) => a.method === b?.method && a.versionId === b.versionId;
