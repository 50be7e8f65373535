import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { needed } from '$lib/domain/place/entry.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { BATCH_KINDS, readBatches } from '$lib/server/survey/tickets/reads.ts';
import { voidBatch } from '$lib/server/survey/tickets/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base } = permitted;
	const query = event.url.searchParams;
	const kind = BATCH_KINDS.find((known) => known === query.get('kind')) ?? null;
	const { db } = event.locals.running;
	return {
		base,
		organization: { name: organization.name },
		mayWrite: hasRightToo(event, permitted, 'ticket:write'),
		mayReadKeys: hasRightToo(event, permitted, 'api-key:read'),
		kind,
		list: await readBatches(db, organization.id, { kind, page: query.get('page'), now: Date.now() }),
		annulled: query.has('annulled')
	};
};

const annulment = v.object({ reason: needed(120) });

export const actions: Actions = {
	annul: async (event) => {
		const data = await event.request.formData();
		const id = String(data.get('id') ?? '');
		const { user, organization, base } = await requireRight(event, 'annul', id);
		const form = parseForm(annulment, data);
		if (!form.ok) return fail(400, { id, reason: form.values.reason ?? '', problem: form.problems.reason });
		const change = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		await voidBatch(event.locals.running.db, { ...change, id, ...form.value });
		redirect(303, `${base}/tickets?annulled#done`);
	}
};
