import { ENTRY_PROBLEMS, type EntryProblem } from '$lib/domain/survey/view.ts';
import { openForm, openTyped } from '$lib/server/http/survey-form.ts';
import { drawSurvey, languageAsked } from '$lib/server/http/survey-page.ts';
import { readTicketOfForm } from '$lib/server/survey/form/reads.ts';
import type { PageServerLoad } from './$types';

/** A ticket: typed here or read from the fragment by a script; with a form that was opened for one, its questions. */
export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	const { db, secret } = locals.running;
	locals.locale = languageAsked(url);
	setHeaders({ 'cache-control': 'private, no-cache' });
	const asked = url.searchParams.get('problem');
	const entry = (problem: EntryProblem | null) => ({
		view: null,
		language: languageAsked(url),
		problem,
		typed: openTyped(secret, url.searchParams.get('typed'))
	});
	const token = url.searchParams.get('form');
	if (token === null) return entry(ENTRY_PROBLEMS.find((each) => each === asked) ?? null);
	const form = openForm(secret, token);
	if (form?.kind !== 'ticket') return entry('form-malformed');
	const { ticket, problem } = await readTicketOfForm(db, form.target, Date.now());
	if (!ticket) return entry(problem);
	const view = await drawSurvey(locals.running, form, { token, aim: ticket, url, now: Date.now() });
	return view ? { view } : entry('survey-closed');
};
