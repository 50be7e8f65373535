import { fail, redirect } from '@sveltejs/kit';
import { counterLabel } from '$lib/domain/place/counter.ts';
import { K, K_OFFICER } from '$lib/domain/report/secrecy.ts';
import { collectorEntry, collectorName, readAimChoice } from '$lib/domain/survey/collector.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readCounters, readFields, readOfficers, readSites } from '$lib/server/place/reads.ts';
import { readCollectorList } from '$lib/server/survey/collectors/reads.ts';
import {
	addCollector,
	closeCollector,
	renameCollector,
	reopenCollector
} from '$lib/server/survey/collectors/writes.ts';
import { readUsableVersions } from '$lib/server/survey/reads.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const DONE = ['added', 'renamed', 'closed', 'reopened'] as const;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base, sites } = permitted;
	const { db } = event.locals.running;
	const ask = (name: string) => event.url.searchParams.get(name) ?? '';
	const mayWrite = hasRightToo(event, permitted, 'collector:write');
	const all = await readCollectorList(db, organization.id);
	// Whoever looks after one site sees its posters, and those that belong to no site.
	const posters = all.filter(({ siteId }) => sites === null || siteId === '' || sites.includes(siteId));
	const adding = mayWrite && ask('add') === 'poster';
	const what = DONE.find((each) => ask(each) !== '');
	const subject = what && posters.find(({ id }) => id === ask(what));
	return {
		base,
		organization: { name: organization.name },
		mayWrite,
		k: { usual: K, officer: K_OFFICER },
		posters: posters.map(({ id, name, code, closedAt, aim, answers }) => ({
			...{ id, name, code, aim, answers },
			closed: closedAt !== null
		})),
		renaming: mayWrite ? (posters.find(({ id }) => id === ask('rename'))?.id ?? null) : null,
		adding,
		choices: adding ? await readChoices(event, organization.id) : null,
		freshId: newId(),
		done: subject ? { what, id: subject.id, name: subject.name } : null
	};
};

/** What a new poster may be about, and which questionnaires it may show. */
async function readChoices({ locals }: Pick<RequestEvent, 'locals'>, organizationId: string) {
	const { db } = locals.running;
	const [sites, counters, fields, officers, versions] = await Promise.all([
		readSites(db, organizationId),
		readCounters(db, organizationId),
		readFields(db, organizationId),
		readOfficers(db, organizationId),
		readUsableVersions(db, organizationId)
	]);
	const inUse = <Each extends { archivedAt: number | null }>(all: readonly Each[]) =>
		all.filter(({ archivedAt }) => archivedAt === null);
	const named = (kind: 'site' | 'field' | 'officer') => (row: { id: string; name: string }) => ({
		...{ kind, id: row.id, name: row.name }
	});
	return {
		aims: [
			...inUse(sites).map(named('site')),
			...inUse(counters).map((row) => ({ kind: 'counter' as const, id: row.id, name: counterLabel(row) })),
			...inUse(fields).map(named('field')),
			...inUse(officers).map(named('officer'))
		],
		versions: versions.map(({ id, title }) => ({ id, title: title.vi }))
	};
}

const BESIDE: Record<string, string> = { 'aim-unknown': 'aim', 'version-unknown': 'versionId', 'form-stale': 'form' };

export const actions: Actions = {
	add: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'add');
		const form = parseForm(collectorEntry, data);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const { id, name, aim, versionId } = form.value;
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const poster = { id, name, aim: readAimChoice(aim)!, versionId: versionId || null };
		const added = await addCollector(event.locals.running.db, { ...change, ...poster });
		if (!added.ok) {
			const problems: Record<string, string> = { [BESIDE[added.reason]]: added.reason };
			return fail(409, { values: textsOf(data), problems, refused: undefined });
		}
		redirect(303, `${base}/posters?added=${id}#done`);
	},
	rename: async (event) => {
		const data = await event.request.formData();
		const id = idOf(data);
		const { user, organization, base } = await requireRight(event, 'rename', id);
		const form = parseForm(collectorName, data);
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id };
		const renamed = await renameCollector(event.locals.running.db, { ...change, ...form.value });
		if (!renamed.ok) return refuse(renamed.reason);
		redirect(303, `${base}/posters?renamed=${id}#done`);
	},
	close: async (event) => {
		const id = idOf(await event.request.formData());
		const { user, organization, base } = await requireRight(event, 'close', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id };
		const closed = await closeCollector(event.locals.running.db, change);
		if (!closed.ok) return refuse(closed.reason);
		redirect(303, `${base}/posters?closed=${id}#done`);
	},
	reopen: async (event) => {
		const id = idOf(await event.request.formData());
		const { user, organization, base } = await requireRight(event, 'reopen', id);
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now(), id };
		const reopened = await reopenCollector(event.locals.running.db, change);
		if (!reopened.ok) return refuse(reopened.reason);
		redirect(303, `${base}/posters?reopened=${id}#done`);
	}
};

const idOf = (data: FormData) => String(data.get('id') ?? '');
const refuse = (reason: string) => fail(409, { values: undefined, problems: undefined, refused: reason });
