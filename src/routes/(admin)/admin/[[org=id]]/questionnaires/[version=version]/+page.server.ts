import { error, fail, redirect } from '@sveltejs/kit';
import { localDay } from '$lib/domain/shared/time.ts';
import { fitsTablet, judgeContent, missingCriteria } from '$lib/domain/survey/publishing.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readVersion } from '$lib/server/survey/version/reads.ts';
import { addNextVersion, chooseVersion, removeDraft, retireVersion } from '$lib/server/survey/version/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base } = permitted;
	const { db } = event.locals.running;
	const version = await readVersion(db, organization.id, event.params.version, localDay(Date.now()));
	if (!version) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	return {
		base,
		organization: { name: organization.name },
		version,
		mayWrite: hasRightToo(event, permitted, 'survey:write'),
		ready: version.name !== '' && judgeContent(version.content).length === 0,
		fitsTablet: fitsTablet(version.content),
		missing: missingCriteria(version.content),
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	use: async (event) => {
		const { user, organization, base } = await requireRight(event, 'use');
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.version };
		const chosen = await chooseVersion(event.locals.running.db, change);
		if (!chosen.ok) return fail(409, { refused: chosen.reason as string });
		redirect(303, `${base}/questionnaires/${event.params.version}?done=used#done`);
	},
	next: async (event) => {
		const { user, organization, base } = await requireRight(event, 'next', event.params.version);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.version };
		const added = await addNextVersion(event.locals.running.db, change);
		if (!added.ok) return fail(409, { refused: added.reason as string });
		redirect(303, `${base}/questionnaires/${added.value}/edit`);
	},
	retire: async (event) => {
		const { user, organization, base } = await requireRight(event, 'retire', event.params.version);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.version };
		const retired = await retireVersion(event.locals.running.db, change);
		if (!retired.ok) return fail(409, { refused: retired.reason as string });
		redirect(303, `${base}/questionnaires/${event.params.version}?done=retired#done`);
	},
	remove: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'remove', event.params.version);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.version };
		const changedAt = Number(data.get('changedAt'));
		const removed = await removeDraft(event.locals.running.db, { ...change, changedAt });
		if (!removed.ok) return fail(409, { refused: removed.reason as string });
		redirect(303, `${base}/questionnaires?done=removed#done`);
	}
};
