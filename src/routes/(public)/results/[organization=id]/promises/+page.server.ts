import { error } from '@sveltejs/kit';
import { countPromises } from '$lib/domain/dialogue/promise.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { m } from '$lib/paraglide/messages.js';
import { readKnownOrganization } from '$lib/server/account/reads.ts';
import { readLedger } from '$lib/server/dialogue/promises/reads.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { PageServerLoad } from './$types';

/** Not kept by whoever stands between: a promise stands here as soon as it is made, and what is kept says when. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const language = (locals.locale = languageAsked(url));
	const { db } = locals.running;
	const organization = await readKnownOrganization(db, params.organization);
	if (!organization) error(404, { message: m.result_board_unknown({}, { locale: language }), code: 'result-unknown' });
	const ledger = await readLedger(db, organization.id, localDay(Date.now()));
	const { id, name, demonstration } = organization;
	return {
		...{ language, id, name, demonstration },
		counts: countPromises(ledger.map(({ standing }) => standing)),
		promises: ledger
	};
};
