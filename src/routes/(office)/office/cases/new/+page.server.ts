import { error, fail, redirect } from '@sveltejs/kit';
import { caseEntry, showCaseNumber } from '$lib/domain/casework/case.ts';
import { showCode } from '$lib/domain/survey/code.ts';
import { requestEntry } from '$lib/domain/casework/request.ts';
import { newId } from '$lib/server/account/writes.ts';
import { openCaseByHand } from '$lib/server/casework/cases/writes.ts';
import { caseCode, readCaseOf } from '$lib/server/casework/cases/reads.ts';
import { keepRequest } from '$lib/server/casework/request/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { requireRight, type Permitted } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { readSites } from '$lib/server/place/reads.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const orgOf = (event: RequestEvent) => event.url.searchParams.get('org') ?? undefined;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.url.searchParams.get('org') ?? undefined);
	const { organization } = permitted;
	return {
		organization: { name: organization.name, ward: organization.kind === 'ward' },
		sites: await sitesOf(event, permitted),
		/** Whoever holds some sites only opens none that is about no site: they would not see it again. */
		needsSite: permitted.sites !== null,
		freshId: newId(),
		form: event.url.searchParams.get('as') === 'hand' ? ('hand' as const) : ('request' as const),
		org: orgOf(event) ?? null
	};
};

async function sitesOf({ locals }: RequestEvent, { organization, sites }: Permitted) {
	const all = await readSites(locals.running.db, organization.id);
	return all
		.filter(({ id, archivedAt }) => archivedAt === null && (sites === null || sites.includes(id)))
		.map(({ id, name }) => ({ id, name }));
}

/** At which site it is, as far as whoever opens it may say so. */
async function siteOf(event: RequestEvent, permitted: Permitted, asked: string): Promise<string | null> {
	const known = (await sitesOf(event, permitted)).some(({ id }) => id === asked);
	if (known) return asked;
	return permitted.sites === null ? '' : null;
}

export const actions: Actions = {
	open: async (event) => {
		const permitted = await requireRight(event, 'open', event.url.searchParams.get('org') ?? undefined);
		const data = await event.request.formData();
		const form = parseForm(caseEntry, data);
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values, refused: null });
		const { subject, text, class: own, toHead, siteId: asked } = form.value;
		const siteId = await siteOf(event, permitted, asked);
		if (siteId === null) return fail(400, { problems: { siteId: 'required' }, values: textsOf(data), refused: null });
		refuseProvince(permitted);
		const { db, secret } = event.locals.running;
		const now = Date.now();
		const fresh = {
			...{ organizationId: permitted.organization.id, subject, text, siteId, receivedAt: now },
			...{ class: own, toHead: toHead === 'yes', formId: formIdOf(data) }
		};
		const { row } = await openCaseByHand(db, secret, fresh, { actorId: permitted.user.id, now });
		redirect(303, row.toHead ? '/office/cases?done=open#done' : `/office/cases/${row.id}?done=open#done`);
	},
	/** What somebody says at a counter or on the phone, with their name: kept like what they would have sent themselves. */
	receive: async (event) => {
		const permitted = await requireRight(event, 'receive', event.url.searchParams.get('org') ?? undefined);
		const data = await event.request.formData();
		const form = parseForm(requestEntry, data);
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values, refused: null });
		const values = textsOf(data);
		const siteId = await siteOf(event, permitted, values.siteId ?? '');
		if (siteId === null) return fail(400, { problems: { siteId: 'required' }, values, refused: null });
		refuseProvince(permitted);
		const { db, secret } = event.locals.running;
		const { consent: _, ...request } = form.value;
		const organizationId = permitted.organization.id;
		const at = { siteId, actorId: permitted.user.id, toHead: values.toHead === 'yes' };
		const kept = await keepRequest(db, secret, { ...request, organizationId }, Date.now(), at);
		if (!kept.ok) return fail(409, { problems: {}, values: { ...values, id: newId() }, refused: kept.reason });
		const its = { organizationId, source: 'request' as const, sourceId: request.id };
		const row = await readCaseOf(db, its);
		// Said once and stored nowhere: it is made of the number of the form.
		return {
			received: { number: row ? showCaseNumber(row) : '', id: row?.id ?? '', code: showCode(caseCode(secret, its)) }
		};
	}
};

const formIdOf = (data: FormData) => {
	const sent = String(data.get('formId') ?? '');
	return /^[0-9a-z]{10}$/.test(sent) ? sent : newId();
};

function refuseProvince({ organization }: Permitted) {
	if (organization.kind !== 'ward') error(404, { message: PROBLEMS['not-found'].message, code: 'not-a-ward' });
}
