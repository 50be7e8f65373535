import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { freshId, organizationEntry } from '$lib/domain/place/entry.ts';
import { DEFAULT_TARGET } from '$lib/domain/report/verdict.ts';
import { matches } from '$lib/domain/shared/list.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { readOrganizationTree } from '$lib/server/place/organization/reads.ts';
import {
	addWard,
	archiveOrganization,
	changeOrganization,
	restoreOrganization
} from '$lib/server/place/organization/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base } = permitted;
	const { organization: home } = requireSignedIn(event);
	const ask = (name: string) => event.url.searchParams.get(name) ?? '';
	const query = ask('q').slice(0, 100);
	const { top, below } = await readOrganizationTree(event.locals.running.db, organization.id);
	const open = below.filter(({ archivedAt }) => archivedAt === null);
	const named = (id: string) => [top, ...below].find((one) => one.id === id) ?? null;
	return {
		base,
		organization: { name: organization.name },
		homeId: home.id,
		mayWrite: hasRightToo(event, permitted, 'organization:write'),
		query,
		top,
		wards: open.filter(({ name }) => matches(name, query)),
		total: open.length,
		shelf: below.filter(({ archivedAt }) => archivedAt !== null),
		adding: ask('add') === 'ward' && top.kind === 'province',
		editing: named(ask('edit')),
		usualTarget: DEFAULT_TARGET,
		freshId: newId(),
		done: {
			added: named(ask('added')),
			changed: named(ask('changed')),
			archived: named(ask('archived')),
			restored: named(ask('restored'))
		}
	};
};

const newWard = v.object({ id: freshId, ...organizationEntry.entries });
const NOTHING = {
	values: undefined as Record<string, string> | undefined,
	problems: undefined as Record<string, string> | undefined,
	refused: undefined as string | undefined
};

export const actions: Actions = {
	add: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'add');
		const form = parseForm(newWard, data);
		if (!form.ok) return fail(400, { ...NOTHING, values: form.values, problems: form.problems });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const added = await addWard(event.locals.running.db, { ...change, ...form.value });
		if (!added.ok) return fail(409, refusedEntry(data, added.reason));
		redirect(303, `${base}/organizations?added=${form.value.id}#done`);
	},
	change: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization } = await requireRight(event, 'change', id);
		const form = parseForm(organizationEntry, data);
		if (!form.ok) return fail(400, { ...NOTHING, values: form.values, problems: form.problems });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const changed = await changeOrganization(event.locals.running.db, { ...change, ...form.value });
		if (!changed.ok) return fail(409, refusedEntry(data, changed.reason));
		redirect(303, `${event.url.pathname}?changed=${id}#done`);
	},
	archive: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization } = await requireRight(event, 'archive', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const archived = await archiveOrganization(event.locals.running.db, change);
		if (!archived.ok) return fail(409, { ...NOTHING, refused: archived.reason as string });
		redirect(303, `${event.url.pathname}?archived=${id}#done`);
	},
	restore: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization } = await requireRight(event, 'restore', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const restored = await restoreOrganization(event.locals.running.db, change);
		if (!restored.ok) return fail(409, { ...NOTHING, refused: restored.reason as string });
		redirect(303, `${event.url.pathname}?restored=${id}#done`);
	}
};

function refusedEntry(data: FormData, reason: string) {
	const beside = reason === 'name-taken' ? 'name' : 'form';
	return { ...NOTHING, values: textsOf(data), problems: { [beside]: reason } as Record<string, string> };
}
