import { error, fail, redirect } from '@sveltejs/kit';
import { officerEntry } from '$lib/domain/place/entry.ts';
import { LARGEST_PHOTO_BYTES } from '$lib/domain/place/photo.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { mayAskFor } from '$lib/server/http/limits.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readOfficer } from '$lib/server/place/officer/reads.ts';
import { archiveOfficer, changeOfficer, removePhoto, setPhoto } from '$lib/server/place/officer/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.officer);
	const { organization, base } = permitted;
	const officer = await readOfficer(event.locals.running.db, organization.id, event.params.officer);
	if (!officer) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	return {
		base,
		organization: { name: organization.name },
		officer,
		mayWrite: hasRightToo(event, permitted, 'place:write'),
		done: event.url.searchParams.get('done')
	};
};

/** Every answer of this page's actions has the same parts, so that the page need not ask which action it was. */
const NOTHING = {
	values: undefined as Record<string, string> | undefined,
	problems: undefined as Record<string, string> | undefined,
	photoProblem: undefined as string | undefined,
	dutiesAhead: undefined as number | undefined,
	refused: undefined as string | undefined
};

export const actions: Actions = {
	change: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'change', event.params.officer);
		const form = parseForm(officerEntry, data);
		if (!form.ok) return fail(400, { ...NOTHING, values: form.values, problems: form.problems });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.officer };
		const changed = await changeOfficer(event.locals.running.db, { ...change, ...form.value });
		if (!changed.ok) {
			if (changed.reason === 'officer-unknown') return fail(409, { ...NOTHING, refused: changed.reason });
			return fail(409, { ...NOTHING, values: textsOf(data), problems: { code: changed.reason } });
		}
		redirect(303, `${base}/officers?changed=${event.params.officer}#done`);
	},
	photo: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'photo', event.params.officer);
		if (!(await mayAskFor('photo', user.id))) return fail(429, { ...NOTHING, photoProblem: 'photo-too-often' });
		const file = data.get('photo');
		if (!(file instanceof File) || file.size === 0) return fail(400, { ...NOTHING, photoProblem: 'photo-missing' });
		if (file.size > LARGEST_PHOTO_BYTES) return fail(413, { ...NOTHING, photoProblem: 'photo-too-large' });
		const bytes = new Uint8Array(await file.arrayBuffer());
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.officer };
		const set = await setPhoto(event.locals.running.db, { ...change, bytes });
		if (!set.ok) return fail(422, { ...NOTHING, photoProblem: set.reason });
		redirect(303, `${base}/officers/${event.params.officer}?done=photo#photo`);
	},
	removePhoto: async (event) => {
		const { user, organization, base } = await requireRight(event, 'removePhoto', event.params.officer);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.officer };
		await removePhoto(event.locals.running.db, change);
		redirect(303, `${base}/officers/${event.params.officer}?done=no-photo#photo`);
	},
	archive: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'archive', event.params.officer);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.officer };
		const endDuties = data.get('endDuties') === 'yes';
		const archived = await archiveOfficer(event.locals.running.db, { ...change, endDuties });
		if (archived.ok) {
			redirect(303, `${base}/officers?archived=${event.params.officer}&duties=${archived.value.duties}#done`);
		}
		if (archived.reason === 'duties-ahead') return fail(409, { ...NOTHING, dutiesAhead: archived.duties });
		return fail(409, { ...NOTHING, refused: archived.reason });
	}
};
