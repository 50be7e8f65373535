import { fail, redirect } from '@sveltejs/kit';
import { K } from '$lib/domain/report/secrecy.ts';
import { LONGEST_TAKEDOWN, takedownEntry } from '$lib/domain/submission/comment/decision.ts';
import { topicsOf } from '$lib/domain/submission/comment/topic.ts';
import { CRITERIA } from '$lib/domain/survey/criterion.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { readFilterChoices } from '$lib/server/http/leader-question.ts';
import { countWaiting } from '$lib/server/submission/comment/reads.ts';
import { readNamedBatches } from '$lib/server/submission/comment/release/reads.ts';
import { takeDown } from '$lib/server/submission/comment/writes.ts';
import { versionToShow } from '$lib/server/survey/reads.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** More than half a year of a ward with many comments. */
const BATCHES = 100;
const PLACES = { site: 'siteId', counter: 'counterId', field: 'fieldId' } as const;
type Place = keyof typeof PLACES;

const asked = ({ url }: RequestEvent) => url.searchParams.get('org') ?? undefined;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', asked(event));
	const { organization, org } = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const { db } = event.locals.running;
	const query = event.url.searchParams;
	const { site, counter, field } = await readFilterChoices(db, organization.id, false);
	const choices = { counter, field, site };
	const place = placeIn(query, choices);
	const narrowed = place ? { [PLACES[place.name]]: place.value } : {};
	const version = await versionToShow(db, organization.id, null);
	return {
		organization: { name: organization.name },
		...{ org, choices, place, least: K, longest: LONGEST_TAKEDOWN },
		criterion: CRITERIA.find((known) => known === query.get('criterion')) ?? null,
		topics: topicsOf(version?.reasons ?? []),
		batches: await readNamedBatches(db, organization.id, narrowed, BATCHES),
		waiting: await countWaiting(db, organization.id),
		mayTakeDown: hasRightToo(event, permitted, 'comment:take-down'),
		page: /^[1-9]\d{0,3}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 1,
		taking: query.get('open'),
		done: query.get('done') === 'down'
	};
};

/** 'place=counter.ID' of the form, or 'counter=ID' of a link; null for a place that is not there. */
function placeIn(query: URLSearchParams, choices: Record<Place, { value: string }[]>) {
	const [chosen = '', id = ''] = (query.get('place') ?? '').split('.', 2);
	for (const name of Object.keys(PLACES) as Place[]) {
		const value = chosen === name ? id : query.get(name);
		if (value !== null && choices[name].some((each) => each.value === value)) return { name, value };
	}
	return null;
}

export const actions: Actions = {
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
