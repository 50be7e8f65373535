import { fail, redirect } from '@sveltejs/kit';
import { forgottenOn, REQUEST_STATES, type RequestState } from '$lib/domain/casework/request.ts';
import { daysBetween, localDay } from '$lib/domain/shared/time.ts';
import { countRequests, readRequest, readRequests } from '$lib/server/casework/request/reads.ts';
import { openRequest } from '$lib/server/casework/request/sealing.ts';
import { markRequest, noteOpening } from '$lib/server/casework/request/writes.ts';
import { hasRightToo, requireRight, type Permitted } from '$lib/server/http/guard.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const LINES = 50;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base } = permitted;
	const { db } = event.locals.running;
	const query = event.url.searchParams;
	const state = REQUEST_STATES.find((known) => known === query.get('state')) ?? 'new';
	const counts = {
		new: await countRequests(db, organization.id, 'new'),
		done: await countRequests(db, organization.id, 'done')
	};
	const pages = Math.max(1, Math.ceil(counts[state] / LINES));
	const asked = /^\d{1,6}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 1;
	const page = Math.min(Math.max(1, asked), pages);
	const lines = await readRequests(db, organization.id, state, { offset: (page - 1) * LINES, limit: LINES });
	const today = localDay(Date.now());
	return {
		base,
		organization: { name: organization.name, ward: organization.kind === 'ward' },
		formAddress: `${event.locals.origin}/request/${organization.id}`,
		mayWrite: hasRightToo(event, permitted, 'request:write'),
		state,
		counts,
		page,
		pages,
		lines: lines.map(({ id, day, doneAt }) => ({
			id,
			day,
			waiting: daysBetween(day, today),
			done: doneAt === null ? null : { on: localDay(doneAt), forgottenOn: forgottenOn(localDay(doneAt)) }
		})),
		opened: await open(event, permitted),
		done: REQUEST_STATES.find((known) => known === query.get('marked')) ?? null
	};
};

/** One at a time, and each time leaves a line in the log before anything is shown. */
async function open(event: RequestEvent, { organization, user }: Permitted) {
	const id = event.url.searchParams.get('open');
	if (!id) return null;
	const { db, secret } = event.locals.running;
	const request = await readRequest(db, organization.id, id.slice(0, 64));
	if (!request) return { missing: true as const };
	await noteOpening(db, request, { organizationId: organization.id, actorId: user.id, now: Date.now() });
	const { day, state } = request;
	return { missing: false as const, id: request.id, day, state, request: openRequest(secret, request) };
}

async function mark(event: RequestEvent, { organization, user, base }: Permitted, state: RequestState) {
	const id = String((await event.request.formData()).get('id') ?? '');
	const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
	const marked = await markRequest(event.locals.running.db, { ...by, id, state });
	if (!marked.ok) return fail(409, { refused: marked.reason });
	redirect(303, `${base}/requests?marked=${state}#done`);
}

export const actions: Actions = {
	done: async (event) => mark(event, await requireRight(event, 'done'), 'done'),
	reopen: async (event) => mark(event, await requireRight(event, 'reopen'), 'new')
};
