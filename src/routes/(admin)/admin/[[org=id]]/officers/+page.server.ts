import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { freshId, officerEntry } from '$lib/domain/place/entry.ts';
import { pageOf } from '$lib/domain/shared/list.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readOfficerList, type OfficerFilter } from '$lib/server/place/officer/reads.ts';
import { addOfficer, restoreOfficer } from '$lib/server/place/officer/writes.ts';
import { readOfficers } from '$lib/server/place/reads.ts';
import type { Actions, PageServerLoad } from './$types';

const FILTERS: readonly OfficerFilter[] = ['present', 'active', 'away', 'archived'];

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base } = permitted;
	const { db } = event.locals.running;
	const ask = (name: string) => event.url.searchParams.get(name) ?? '';
	const query = ask('q').slice(0, 100);
	const filter = FILTERS.find((known) => known === ask('state')) ?? 'present';
	const { officers, total, ever } = await readOfficerList(db, organization.id, query, filter);
	const done = ask('added') || ask('changed') || ask('archived') || ask('restored');
	const subject = done ? (await readOfficers(db, organization.id)).find(({ id }) => id === done) : undefined;
	return {
		base,
		organization: { name: organization.name },
		mayWrite: hasRightToo(event, permitted, 'place:write'),
		query,
		filter,
		list: pageOf(officers, event.url.searchParams.get('page')),
		total,
		ever,
		adding: ask('add') === 'officer',
		freshId: newId(),
		done: subject
			? {
					what: (['added', 'changed', 'archived', 'restored'] as const).find((what) => ask(what))!,
					id: subject.id,
					name: subject.name,
					duties: Number(ask('duties')) || 0
				}
			: null
	};
};

const newOfficer = v.object({ id: freshId, ...officerEntry.entries });

export const actions: Actions = {
	add: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'add');
		const form = parseForm(newOfficer, data);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const added = await addOfficer(event.locals.running.db, { ...change, ...form.value });
		if (!added.ok) {
			const beside = added.reason === 'code-taken' ? 'code' : 'form';
			const problems = { [beside]: added.reason } as Record<string, string>;
			return fail(409, { values: textsOf(data), problems, refused: undefined });
		}
		redirect(303, `${base}/officers?added=${form.value.id}#done`);
	},
	restore: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'restore', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id };
		const restored = await restoreOfficer(event.locals.running.db, change);
		if (!restored.ok) return fail(409, { values: undefined, problems: undefined, refused: restored.reason as string });
		redirect(303, `${base}/officers?restored=${id}#done`);
	}
};
