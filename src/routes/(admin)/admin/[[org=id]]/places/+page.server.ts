import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { counterEntry, freshId, siteEntry } from '$lib/domain/place/entry.ts';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { matches } from '$lib/domain/shared/list.ts';
import { compareText } from '$lib/domain/shared/text.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { addCounter, archiveCounter, restoreCounter } from '$lib/server/place/counter/writes.ts';
import { readFields } from '$lib/server/place/reads.ts';
import { readSitesWithCounters } from '$lib/server/place/site/reads.ts';
import { addSite, archiveSite, restoreSite } from '$lib/server/place/site/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base, sites: only } = permitted;
	const { db } = event.locals.running;
	const ask = (name: string) => event.url.searchParams.get(name) ?? '';
	const query = ask('q').slice(0, 100);
	const [all, fields] = await Promise.all([
		readSitesWithCounters(db, organization.id, only),
		readFields(db, organization.id)
	]);
	const open = all.filter(({ archivedAt }) => archivedAt === null);
	const counters = all.flatMap((site) => site.counters);
	const named = (id: string) => {
		const site = all.find((one) => one.id === id);
		const counter = counters.find((one) => one.id === id);
		if (site) return { kind: 'site' as const, id, name: site.name };
		return counter ? { kind: 'counter' as const, id, name: counterLabel(counter) } : null;
	};
	return {
		base,
		organization: { name: organization.name },
		query,
		mayWrite: hasRightToo(event, permitted, 'place:write'),
		sites: open
			.map((site) => found({ ...site, counters: site.counters.filter(({ archivedAt }) => archivedAt === null) }, query))
			.filter((site) => query === '' || site.counters.length > 0 || matches(`${site.name} ${site.address}`, query)),
		figures: { sites: open.length, counters: counters.filter(({ archivedAt }) => archivedAt === null).length },
		fields: fields
			.filter(({ archivedAt }) => archivedAt === null)
			.sort((a, b) => compareText(a.name, b.name))
			.map(({ id, name, code }) => ({ id, name, code })),
		shelf: {
			sites: all.filter(({ archivedAt }) => archivedAt !== null).map(({ id, name }) => ({ id, name })),
			counters: all.flatMap((site) =>
				site.counters
					.filter(({ archivedAt }) => archivedAt !== null)
					.map((counter) => ({ id: counter.id, name: counterLabel(counter), siteName: site.name }))
			)
		},
		adding: adding(ask('add'), open),
		freshId: newId(),
		done: {
			added: named(ask('added')),
			changed: named(ask('changed')),
			archived: named(ask('archived')),
			restored: named(ask('restored')),
			duties: Number(ask('duties')) || 0
		}
	};
};

/** What the page's form is to add: a site, a counter at one of the sites, or nothing. */
function adding(asked: string, open: readonly { id: string; name: string }[]) {
	if (asked === 'site') return { kind: 'site' as const };
	const site = open.find(({ id }) => id === asked);
	return site ? { kind: 'counter' as const, siteId: site.id, siteName: site.name } : null;
}

/** A search that names the site shows it whole, otherwise only the counters it names. */
function found<Site extends Awaited<ReturnType<typeof readSitesWithCounters>>[number]>(
	site: Site,
	query: string
): Site {
	if (query === '' || matches(`${site.name} ${site.address}`, query)) return site;
	const its = site.counters.filter((counter) =>
		matches(`${counterLabel(counter)} ${counter.fields.map(({ name }) => name).join(' ')}`, query)
	);
	return { ...site, counters: its };
}

const newSite = v.object({ id: freshId, ...siteEntry.entries });
const newCounter = v.object({ id: freshId, siteId: v.string(), ...counterEntry.entries });

export const actions: Actions = {
	addSite: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'addSite');
		const form = parseForm(newSite, data);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const added = await addSite(event.locals.running.db, { ...change, ...form.value });
		if (!added.ok) return fail(409, refusedEntry(data, added.reason, 'name'));
		redirect(303, `${base}/places?added=${form.value.id}#done`);
	},
	addCounter: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'addCounter', String(data.get('siteId') ?? ''));
		const form = parseForm(newCounter, data);
		const fieldIds = data.getAll('fieldId').map(String);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, fieldIds });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const added = await addCounter(event.locals.running.db, { ...change, ...form.value, fieldIds });
		if (!added.ok) return fail(409, { ...refusedEntry(data, added.reason, 'number'), fieldIds });
		redirect(303, `${base}/places?added=${form.value.id}#done`);
	},
	archiveSite: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'archiveSite', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const archived = await archiveSite(event.locals.running.db, { ...change, id });
		if (!archived.ok) return fail(409, { refused: { reason: archived.reason, tablet: '' } });
		redirect(303, `${base}/places?archived=${id}#done`);
	},
	restoreSite: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'restoreSite', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const restored = await restoreSite(event.locals.running.db, { ...change, id });
		if (!restored.ok) return fail(409, { refused: { reason: restored.reason, tablet: '' } });
		redirect(303, `${base}/places?restored=${id}#done`);
	},
	archiveCounter: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'archiveCounter', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const archived = await archiveCounter(event.locals.running.db, { ...change, id });
		if (!archived.ok) {
			const tablet = archived.reason === 'tablet-standing' ? archived.tablet : '';
			return fail(409, { refused: { reason: archived.reason, tablet } });
		}
		redirect(303, `${base}/places?archived=${id}&duties=${archived.value.duties}#done`);
	},
	restoreCounter: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'restoreCounter', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const restored = await restoreCounter(event.locals.running.db, { ...change, id });
		if (!restored.ok) return fail(409, { refused: { reason: restored.reason, tablet: '' } });
		redirect(303, `${base}/places?restored=${id}#done`);
	}
};

/** What was typed, with the refusal beside the field it is about, or above all where it is about none. */
function refusedEntry(data: FormData, reason: string, field: string) {
	const beside = reason.endsWith('-taken') ? field : 'form';
	return { values: textsOf(data), problems: { [beside]: reason } as Record<string, string> };
}
