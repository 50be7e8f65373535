import { error, fail, redirect } from '@sveltejs/kit';
import { fitsTablet, judgeContent, judgeTrend, missingCriteria } from '$lib/domain/survey/publishing.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readVersionBefore, readVersionRow } from '$lib/server/survey/version/reads.ts';
import { publishVersion } from '$lib/server/survey/version/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load', event.params.version);
	const { db } = event.locals.running;
	const draft = await readVersionRow(db, organization.id, event.params.version);
	if (!draft) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	if (draft.state !== 'draft') redirect(303, `${base}/questionnaires/${draft.id}`);
	const { id, name, number, content, changedAt } = draft;
	const before = await readVersionBefore(db, draft);
	const nameless = name === '' ? [{ path: 'name', code: 'name-missing' as const }] : [];
	return {
		base,
		organization: { name: organization.name },
		draft: { id, name, number, content, changedAt },
		problems: [...nameless, ...judgeContent(content)],
		before: before ? { number: before.number, breaks: judgeTrend(before.content, content) } : null,
		fitsTablet: fitsTablet(content),
		missing: missingCriteria(content)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'default', event.params.version);
		const published = await publishVersion(event.locals.running.db, {
			organizationId: organization.id,
			changedBy: user.id,
			now: Date.now(),
			id: event.params.version,
			changedAt: Number(data.get('changedAt')),
			continuesTrend: data.get('trend') === 'continues'
		});
		if (!published.ok) return fail(409, { refused: published.reason });
		redirect(303, `${base}/questionnaires/${event.params.version}?done=published#done`);
	}
};
