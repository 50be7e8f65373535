import { pageOf } from '$lib/domain/shared/list.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { readCaseFigures } from '$lib/server/casework/due/reads.ts';
import { readRegister, REGISTER_CACHE, registerOf } from '$lib/server/http/register-page.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { PageServerLoad } from './$types';

/** As many as somebody looks through on a phone. */
const PAGE = 20;

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const language = (locals.locale = languageAsked(url));
	const { db } = locals.running;
	const now = Date.now();
	const register = await registerOf(db, params.organization, language);
	const { found, total: all, ...asked } = await readRegister(db, register, url.searchParams, now);
	const year = asked.filter.year || localDay(now).slice(0, 4);
	const figures = await readCaseFigures(db, register.id, { from: `${year}-01-01`, to: `${year}-12-31` }, now);
	setHeaders(REGISTER_CACHE);
	const { id, name, demonstration } = register;
	const { received, answered, published } = figures;
	const { rows, page, pages } = pageOf(found, url.searchParams.get('page'), PAGE);
	return {
		...{ language, id, name, demonstration, ...asked, year, all, found: found.length, rows, page, pages },
		figures: { received, answered, published, satisfied: satisfiedOf(figures.ratings) }
	};
};

/** Below this many ratings one of them could be told from another look. */
const FEWEST_RATINGS = 5;

function satisfiedOf(ratings: readonly number[]) {
	const of = ratings.reduce((sum, n) => sum + n, 0);
	return of < FEWEST_RATINGS ? null : { inTime: ratings[3] + ratings[4], of };
}
