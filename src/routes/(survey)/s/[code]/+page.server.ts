import { error } from '@sveltejs/kit';
import { newForm, openForm } from '$lib/server/http/survey-form.ts';
import { drawSurvey, languageAsked } from '$lib/server/http/survey-page.ts';
import { readCollectorByCode } from '$lib/server/survey/collectors/reads.ts';
import { versionToShow } from '$lib/server/survey/reads.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import type { PageServerLoad } from './$types';

/** A poster. A look writes nothing, whoever looks: messengers and scanners open every address they see. */
export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const { db, secret } = locals.running;
	locals.locale = languageAsked(url);
	// Not no-store: whoever comes back from a dead network finds the same form, as it was filled in.
	setHeaders({ 'cache-control': 'private, no-cache' });
	const collector = await readCollectorByCode(db, params.code);
	if (!collector) error(404, { message: PROBLEMS['not-found'].message, code: 'poster-unknown' });
	const { organizationId, id: target, code } = collector;
	const version = await versionToShow(db, organizationId, collector.versionId);
	if (!version || collector.closedAt !== null)
		error(410, { message: PROBLEMS['survey-closed'].message, code: 'survey-closed' });

	const asked = url.searchParams.get('form');
	const kept = openForm(secret, asked);
	const fresh = { kind: 'poster' as const, organizationId, target, code, versionId: version.id };
	const [form, token] = kept?.target === target ? [kept, asked] : [newForm(fresh, Date.now()), null];
	const view = await drawSurvey(locals.running, form, { token, aim: collector, url, now: Date.now() });
	if (!view) error(410, { message: PROBLEMS['survey-closed'].message, code: 'survey-closed' });
	return { view };
};
