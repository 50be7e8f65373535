import { error, fail, redirect } from '@sveltejs/kit';
import { siteEntry } from '$lib/domain/place/entry.ts';
import { hoursOfForm, USUAL_HOURS } from '$lib/domain/place/calendar/hours.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readSite } from '$lib/server/place/site/reads.ts';
import { changeSite, setSiteHours } from '$lib/server/place/site/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.params.site);
	const { organization, base } = permitted;
	const site = await readSite(event.locals.running.db, organization.id, event.params.site);
	if (!site) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	const { id, name, kind, address, hours, archivedAt } = site;
	return {
		base,
		organization: { name: organization.name },
		site: { id, name, kind, address, hours: hours ?? USUAL_HOURS, usual: hours === null, archivedAt },
		mayWrite: hasRightToo(event, permitted, 'place:write', id) && archivedAt === null,
		maySetHours: hasRightToo(event, permitted, 'calendar:write', id) && archivedAt === null,
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	change: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'change', event.params.site);
		const form = parseForm(siteEntry, data);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.site };
		const changed = await changeSite(event.locals.running.db, { ...change, ...form.value });
		if (!changed.ok) {
			const beside = changed.reason === 'name-taken' ? 'name' : 'form';
			return fail(409, { values: textsOf(data), problems: { [beside]: changed.reason } as Record<string, string> });
		}
		redirect(303, `${base}/places?changed=${event.params.site}#done`);
	},
	hours: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'hours', event.params.site);
		const { hours, wrongDays } = hoursOfForm((name) => String(data.get(name) ?? '').trim());
		if (wrongDays.length > 0) return fail(400, { typed: textsOf(data), wrongDays });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.site };
		const set = await setSiteHours(event.locals.running.db, { ...change, hours });
		if (!set.ok) return fail(409, { typed: textsOf(data), wrongDays: [] });
		redirect(303, `${base}/places/sites/${event.params.site}?done=hours#hours`);
	},
	usualHours: async (event) => {
		const { user, organization, base } = await requireRight(event, 'usualHours', event.params.site);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id: event.params.site };
		await setSiteHours(event.locals.running.db, { ...change, hours: null });
		redirect(303, `${base}/places/sites/${event.params.site}?done=hours#hours`);
	}
};
