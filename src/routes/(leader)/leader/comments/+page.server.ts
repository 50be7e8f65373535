import { fail, redirect } from '@sveltejs/kit';
import { K } from '$lib/domain/report/secrecy.ts';
import { LONGEST_TAKEDOWN, takedownEntry } from '$lib/domain/submission/comment/decision.ts';
import { topicsOf } from '$lib/domain/submission/comment/topic.ts';
import { CRITERIA } from '$lib/domain/survey/criterion.ts';
import { openCaseFromComment } from '$lib/server/casework/comments/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readAskedComments } from '$lib/server/http/leader-comments.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { countWaiting } from '$lib/server/submission/comment/reads.ts';
import { takeDown } from '$lib/server/submission/comment/writes.ts';
import { versionToShow } from '$lib/server/survey/reads.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const asked = ({ url }: RequestEvent) => url.searchParams.get('org') ?? undefined;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', asked(event));
	const { organization, org } = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const { db } = event.locals.running;
	const query = event.url.searchParams;
	const version = await versionToShow(db, organization.id, null);
	return {
		organization: { name: organization.name },
		...(await readAskedComments(db, organization.id, query)),
		...{ org, least: K, longest: LONGEST_TAKEDOWN },
		criterion: CRITERIA.find((known) => known === query.get('criterion')) ?? null,
		topics: topicsOf(version?.reasons ?? []),
		waiting: await countWaiting(db, organization.id),
		mayOpen: (['case:open', 'case:head'] as const).every((right) => hasRightToo(event, permitted, right)),
		mayTakeDown: hasRightToo(event, permitted, 'comment:take-down'),
		page: /^[1-9]\d{0,3}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 1,
		taking: query.get('open'),
		done: query.get('done') === 'down'
	};
};

export const actions: Actions = {
	/** What is for the head alone is opened by who may see it, and only they are shown the button. */
	openCase: async (event) => {
		const permitted = await requireRight(event, 'openCase', asked(event));
		const { organization, user } = permitted;
		const form = textsOf(await event.request.formData());
		const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
		const { db, secret } = event.locals.running;
		const comment = { id: form.id ?? '', criterion: form.criterion ?? '' };
		const opened = await openCaseFromComment(db, secret, comment, by);
		if (!opened.ok) return fail(409, { refused: opened.reason });
		redirect(303, `/office/cases/${opened.value.id}?done=open#done`);
	},
	takeDown: async (event) => {
		const { organization, user } = await requireRight(event, 'takeDown', asked(event));
		const form = parseForm(takedownEntry, await event.request.formData());
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });
		const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
		const taken = await takeDown(event.locals.running.db, form.value, by);
		if (!taken.ok) return fail(409, { refused: taken.reason });
		const org = asked(event);
		redirect(303, `/leader/comments?${new URLSearchParams({ ...(org && { org }), done: 'down' })}`);
	}
};
