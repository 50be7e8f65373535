import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { LONGEST_ANSWER } from '$lib/domain/casework/case.ts';
import { termsEntry } from '$lib/domain/casework/clock.ts';
import { freshId, needed } from '$lib/domain/place/entry.ts';
import { clean } from '$lib/domain/shared/text.ts';
import { newId } from '$lib/server/account/writes.ts';
import { readCaseSettings } from '$lib/server/casework/cases/reads.ts';
import { readTemplates } from '$lib/server/casework/desk/reads.ts';
import { addTemplate, archiveTemplate, changeCaseSettings } from '$lib/server/casework/settings/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { requireRight, type Permitted } from '$lib/server/http/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization } = await requireRight(event, 'load', event.url.searchParams.get('org') ?? undefined);
	const { db } = event.locals.running;
	return {
		organization: { name: organization.name },
		org: event.url.searchParams.get('org') ? organization.id : null,
		settings: await readCaseSettings(db, organization.id),
		templates: await readTemplates(db, organization.id),
		freshId: newId(),
		done: event.url.searchParams.get('done')
	};
};

const templateEntry = v.object({
	id: freshId,
	title: needed(80),
	text: v.pipe(v.string(), v.transform(clean), v.minLength(1, 'required'), v.maxLength(LONGEST_ANSWER, 'too-long'))
});

const by = ({ organization, user }: Permitted) => ({
	...{ organizationId: organization.id, actorId: user.id },
	now: Date.now()
});

function back(url: URL, done: string): never {
	const org = url.searchParams.get('org');
	redirect(303, `/office/cases/settings?${new URLSearchParams({ ...(org && { org }), done })}#done`);
}

export const actions: Actions = {
	terms: async (event) => {
		const permitted = await requireRight(event, 'terms', event.url.searchParams.get('org') ?? undefined);
		const data = await event.request.formData();
		const form = parseForm(termsEntry, data);
		if (!form.ok) return fail(400, { about: 'terms' as const, problems: form.problems, values: form.values });
		const chosen = { ...form.value, fromSheets: data.get('fromSheets') === 'yes' };
		await changeCaseSettings(event.locals.running.db, chosen, by(permitted));
		back(event.url, 'terms');
	},
	addTemplate: async (event) => {
		const permitted = await requireRight(event, 'addTemplate', event.url.searchParams.get('org') ?? undefined);
		const form = parseForm(templateEntry, await event.request.formData());
		if (!form.ok) return fail(400, { about: 'template' as const, problems: form.problems, values: form.values });
		await addTemplate(event.locals.running.db, form.value, by(permitted));
		back(event.url, 'template');
	},
	archiveTemplate: async (event) => {
		const permitted = await requireRight(event, 'archiveTemplate', event.url.searchParams.get('org') ?? undefined);
		const id = String((await event.request.formData()).get('id') ?? '').slice(0, 64);
		const archived = await archiveTemplate(event.locals.running.db, id, by(permitted));
		if (!archived.ok) return fail(409, { about: 'archive' as const, problems: {}, values: {} });
		back(event.url, 'archived');
	}
};
