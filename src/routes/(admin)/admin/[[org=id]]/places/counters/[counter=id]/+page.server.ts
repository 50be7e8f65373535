import { error, fail, redirect } from '@sveltejs/kit';
import { counterEntry } from '$lib/domain/place/entry.ts';
import { compareText } from '$lib/domain/shared/text.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { changeCounter } from '$lib/server/place/counter/writes.ts';
import { readCounters, readFields } from '$lib/server/place/reads.ts';
import { readTablets } from '$lib/server/place/site/reads.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.counter);
	const { organization, base } = permitted;
	const { db } = event.locals.running;
	const [counters, fields, tablets] = await Promise.all([
		readCounters(db, organization.id),
		readFields(db, organization.id),
		readTablets(db, organization.id)
	]);
	const counter = counters.find(({ id }) => id === event.params.counter);
	if (!counter) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	return {
		base,
		organization: { name: organization.name },
		counter,
		tablets: tablets.get(counter.id) ?? [],
		fields: fields
			.filter(({ archivedAt }) => archivedAt === null)
			.sort((a, b) => compareText(a.name, b.name))
			.map(({ id, name, code }) => ({ id, name, code })),
		mayWrite: hasRightToo(event, permitted, 'place:write', counter.siteId) && counter.archivedAt === null
	};
};

export const actions: Actions = {
	change: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'change', event.params.counter);
		const form = parseForm(counterEntry, data);
		const fieldIds = data.getAll('fieldId').map(String);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, fieldIds });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.counter };
		const changed = await changeCounter(event.locals.running.db, { ...change, ...form.value, fieldIds });
		if (!changed.ok) {
			const beside = changed.reason === 'number-taken' ? 'number' : 'form';
			const problems = { [beside]: changed.reason } as Record<string, string>;
			return fail(409, { values: textsOf(data), problems, fieldIds });
		}
		redirect(303, `${base}/places?changed=${event.params.counter}#done`);
	}
};
