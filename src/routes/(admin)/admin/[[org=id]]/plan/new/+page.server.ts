import { fail, redirect } from '@sveltejs/kit';
import { isShortId } from '$lib/domain/shared/id.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { CRITERIA } from '$lib/domain/survey/criterion.ts';
import { newId } from '$lib/server/account/writes.ts';
import { writeTask } from '$lib/server/casework/plan/writes.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { choicesOf, parseTask } from '$lib/server/http/plan-page.ts';
import { readYear } from '$lib/domain/report/period.ts';
import type { Actions, PageServerLoad } from './$types';

const yearOf = (query: URLSearchParams) => readYear(query, Number(localDay(Date.now()).slice(0, 4)));

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load');
	const query = event.url.searchParams;
	return {
		...{ base, year: yearOf(query), id: newId() },
		organization: { name: organization.name },
		criterion: CRITERIA.find((known) => known === query.get('criterion')) ?? CRITERIA[0],
		choices: await choicesOf(event.locals.running.db, organization)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { user, organization, base } = await requireRight(event, 'default');
		const sent = await event.request.formData();
		const id = String(sent.get('id') ?? '');
		if (!isShortId(id)) return fail(400, { values: {}, problems: {}, refused: 'form-stale' });
		const form = parseTask(sent);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const year = yearOf(event.url.searchParams);
		const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
		const written = await writeTask(event.locals.running.db, by, { id, year, text: form.value });
		if (!written.ok) return fail(409, { values: {}, problems: {}, refused: written.reason });
		redirect(303, `${base}/plan/${id}?done=1`);
	}
};
