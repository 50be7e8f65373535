import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { fieldEntry, freshId } from '$lib/domain/place/entry.ts';
import { DEFAULT_FIELDS } from '$lib/domain/place/field.ts';
import { compareText } from '$lib/domain/shared/text.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { changeServedFields } from '$lib/server/place/counter/writes.ts';
import { addDefaultFields, addField, archiveField, changeField, restoreField } from '$lib/server/place/field/writes.ts';
import { readCounters, readFields } from '$lib/server/place/reads.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base, sites: only } = permitted;
	const { db } = event.locals.running;
	const ask = (name: string) => event.url.searchParams.get(name) ?? '';
	const [all, counters] = await Promise.all([readFields(db, organization.id), readCounters(db, organization.id)]);
	const open = all.filter(({ archivedAt }) => archivedAt === null).sort((a, b) => compareText(a.name, b.name));
	const shown = counters.filter(
		({ archivedAt, siteId }) => archivedAt === null && (only === null || only.includes(siteId))
	);
	const named = (id: string) => all.find((field) => field.id === id) ?? null;
	return {
		base,
		organization: { name: organization.name },
		mayWrite: hasRightToo(event, permitted, 'place:write'),
		fields: open.map(({ id, code, name, nameEn }) => ({
			id,
			code,
			name,
			nameEn,
			counters: shown.filter(({ fields }) => fields.some((field) => field.id === id)).map(({ number }) => number)
		})),
		shelf: all.filter(({ archivedAt }) => archivedAt !== null).sort((a, b) => compareText(a.name, b.name)),
		missingDefaults: DEFAULT_FIELDS.filter(({ code }) => !open.some((field) => field.code === code)).length,
		counters: shown.map((counter) => ({
			id: counter.id,
			number: counter.number,
			name: counterLabel(counter),
			siteName: counter.siteName,
			fieldIds: counter.fields.map(({ id }) => id)
		})),
		adding: ask('add') === 'field',
		editing: open.find(({ id }) => id === ask('edit'))?.id ?? null,
		freshId: newId(),
		done: {
			added: named(ask('added')),
			changed: named(ask('changed')),
			archived: named(ask('archived')),
			restored: named(ask('restored')),
			defaults: /^\d{1,2}$/.test(ask('defaults')) ? Number(ask('defaults')) : null,
			served: /^\d{1,4}$/.test(ask('served')) ? Number(ask('served')) : null
		}
	};
};

const newField = v.object({ id: freshId, ...fieldEntry.entries });

export const actions: Actions = {
	add: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'add');
		const form = parseForm(newField, data);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const added = await addField(event.locals.running.db, { ...change, ...form.value });
		if (!added.ok) return fail(409, refusedEntry(data, added.reason));
		redirect(303, `${base}/places/fields?added=${form.value.id}#done`);
	},
	addDefaults: async (event) => {
		const { user, organization, base } = await requireRight(event, 'addDefaults');
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const added = await addDefaultFields(event.locals.running.db, change);
		redirect(303, `${base}/places/fields?defaults=${added}#done`);
	},
	change: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'change', id);
		const form = parseForm(fieldEntry, data);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id };
		const changed = await changeField(event.locals.running.db, { ...change, ...form.value });
		if (!changed.ok) return fail(409, refusedEntry(data, changed.reason));
		redirect(303, `${base}/places/fields?changed=${id}#done`);
	},
	archive: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'archive', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id };
		const archived = await archiveField(event.locals.running.db, change);
		if (!archived.ok) return fail(409, { values: undefined, problems: undefined, refused: archived.reason as string });
		redirect(303, `${base}/places/fields?archived=${id}#done`);
	},
	restore: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'restore', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id };
		const restored = await restoreField(event.locals.running.db, change);
		if (!restored.ok) return fail(409, { values: undefined, problems: undefined, refused: restored.reason as string });
		redirect(303, `${base}/places/fields?restored=${id}#done`);
	},
	serve: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'serve');
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const changes = changedTicks(data.getAll('was').map(String), data.getAll('served').map(String));
		const changed = await changeServedFields(event.locals.running.db, { ...change, changes });
		if (!changed.ok) return fail(409, { values: undefined, problems: undefined, refused: changed.reason as string });
		redirect(303, `${base}/places/fields?served=${changed.value.counters}#matrix`);
	}
};

/** Each tick is 'counter.field'; `was` are those the page showed as set. */
function changedTicks(was: readonly string[], is: readonly string[]) {
	const [before, after] = [new Set(was), new Set(is)];
	const as = (served: boolean) => (tick: string) => {
		const [counterId = '', fieldId = ''] = tick.split('.');
		return { counterId, fieldId, served };
	};
	return [
		...[...after].filter((tick) => !before.has(tick)).map(as(true)),
		...[...before].filter((tick) => !after.has(tick)).map(as(false))
	];
}

function refusedEntry(data: FormData, reason: string) {
	const beside = reason === 'code-taken' ? 'code' : 'form';
	return { values: textsOf(data), problems: { [beside]: reason } as Record<string, string>, refused: undefined };
}
