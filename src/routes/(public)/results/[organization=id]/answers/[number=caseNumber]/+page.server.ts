import { error } from '@sveltejs/kit';
import { readCaseNumber } from '$lib/domain/casework/register.ts';
import { m } from '$lib/paraglide/messages.js';
import { readPublishedCase } from '$lib/server/casework/register/reads.ts';
import { REGISTER_CACHE, registerOf } from '$lib/server/http/register-page.ts';
import { languageAsked } from '$lib/server/http/survey-page.ts';
import type { PageServerLoad } from './$types';

/** One answer under an address of its own; what is not published is answered like what never was. */
export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const language = (locals.locale = languageAsked(url));
	const { db } = locals.running;
	const { id, name, demonstration, named } = await registerOf(db, params.organization, language);
	const number = readCaseNumber(params.number);
	const row = number && (await readPublishedCase(db, id, number));
	if (!row) error(404, { message: m.register_gone({}, { locale: language }), code: 'answer-unknown' });
	setHeaders(REGISTER_CACHE);
	return { language, id, name, demonstration, row: named(row) };
};
