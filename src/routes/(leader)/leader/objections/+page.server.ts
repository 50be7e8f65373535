import { fail, redirect } from '@sveltejs/kit';
import { LONGEST_OBJECTION, objectionAnswer } from '$lib/domain/report/objection.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { readObjections } from '$lib/server/report/objection/reads.ts';
import { answerObjection } from '$lib/server/report/objection/writes.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const asked = ({ url }: RequestEvent) => url.searchParams.get('org') ?? undefined;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', asked(event));
	const { organization, org } = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const lines = await readObjections(event.locals.running.db, organization.id);
	return {
		organization: { name: organization.name },
		org,
		lines: lines.map(({ createdAt, answeredAt, ...line }) => ({
			...line,
			on: localDay(createdAt),
			answeredOn: answeredAt === null ? null : localDay(answeredAt)
		})),
		mayAnswer: hasRightToo(event, permitted, 'objection:answer'),
		longest: LONGEST_OBJECTION,
		done: event.url.searchParams.get('done') === 'answered'
	};
};

export const actions: Actions = {
	answer: async (event) => {
		const { organization, user } = await requireRight(event, 'answer', asked(event));
		const form = parseForm(objectionAnswer, await event.request.formData());
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });
		const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
		const answered = await answerObjection(event.locals.running.db, form.value, by);
		if (!answered.ok) return fail(409, { refused: answered.reason });
		const org = asked(event);
		redirect(303, `/leader/objections?${new URLSearchParams({ ...(org && { org }), done: 'answered' })}`);
	}
};
