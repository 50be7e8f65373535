import { fail, redirect } from '@sveltejs/kit';
import { dialogueEntry } from '$lib/domain/dialogue/entry.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { readDialogues } from '$lib/server/dialogue/reads.ts';
import { addDialogue } from '$lib/server/dialogue/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base } = permitted;
	const all = await readDialogues(event.locals.running.db, organization.id);
	const mayWrite = hasRightToo(event, permitted, 'dialogue:write');
	return {
		base,
		organization: { name: organization.name },
		mayWrite,
		adding: mayWrite && event.url.searchParams.get('add') === 'dialogue',
		today: localDay(Date.now()),
		dialogues: all.map(({ room, title, place, day, time, state, rehearsal }) => ({
			...{ room, title, place, day, time, state, rehearsal }
		}))
	};
};

export const actions: Actions = {
	add: async (event) => {
		const { user, organization, base } = await requireRight(event, 'add');
		const form = parseForm(dialogueEntry, await event.request.formData());
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems });
		const by = { organizationId: organization.id, userId: user.id, now: Date.now() };
		const { room } = await addDialogue(event.locals.running, by, { ...form.value, rehearsal: false }, []);
		redirect(303, `${base}/dialogues/${room}`);
	}
};
