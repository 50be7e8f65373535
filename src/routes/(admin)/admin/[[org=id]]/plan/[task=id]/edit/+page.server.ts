import { error, fail, redirect } from '@sveltejs/kit';
import { readTask, textOf } from '$lib/server/casework/plan/reads.ts';
import { changeTask } from '$lib/server/casework/plan/writes.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { choicesOf, parseTask } from '$lib/server/http/plan-page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load', event.params.task);
	const { db } = event.locals.running;
	const task =
		(await readTask(db, organization.id, event.params.task)) ??
		error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	return {
		...{ base, id: task.id, year: task.year, version: task.version, text: textOf(task) },
		organization: { name: organization.name },
		choices: await choicesOf(db, organization)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { user, organization, base } = await requireRight(event, 'default', event.params.task);
		const sent = await event.request.formData();
		const form = parseTask(sent);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const expected = Number(sent.get('version'));
		const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
		const change = { do: 'change', text: form.value } as const;
		const done = await changeTask(event.locals.running.db, by, { id: event.params.task, expected, change });
		if (!done.ok) return fail(409, { values: undefined, problems: undefined, refused: done.reason });
		redirect(303, `${base}/plan/${event.params.task}?done=1`);
	}
};
