import { fail, redirect } from '@sveltejs/kit';
import { nextEdition, PUBLIC_DAY } from '$lib/domain/report/edition.ts';
import { improvementEntry, LONGEST_IMPROVEMENT } from '$lib/domain/report/improvement.ts';
import { K } from '$lib/domain/report/secrecy.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { readAllImprovements } from '$lib/server/report/improvement/reads.ts';
import { withdrawImprovement, writeImprovement } from '$lib/server/report/improvement/writes.ts';
import { readPublicMonths } from '$lib/server/report/publication/reads.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const DONE = ['written', 'withdrawn'] as const;
const asked = ({ url }: RequestEvent) => url.searchParams.get('org') ?? undefined;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', asked(event));
	const { organization, above, officers, org } = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const { db } = event.locals.running;
	const months = await readPublicMonths(db, organization.id);
	return {
		organization: { id: organization.id, name: organization.name, above },
		org,
		officers,
		months: months.map(({ from, revision, publishedAt, content: { sipas, sheets } }) => ({
			...{ from, revision, sipas, sheets },
			publishedOn: localDay(publishedAt)
		})),
		rules: { day: PUBLIC_DAY, k: K, next: localDay(nextEdition('public', Date.now())), longest: LONGEST_IMPROVEMENT },
		improvements: (await readAllImprovements(db, organization.id)).map(({ withdrawnAt, ...each }) => ({
			...each,
			withdrawnOn: withdrawnAt === null ? null : localDay(withdrawnAt)
		})),
		mayWrite: hasRightToo(event, permitted, 'improvement:write'),
		freshId: newId(),
		done: DONE.find((known) => known === event.url.searchParams.get('done')) ?? null
	};
};

function back(event: RequestEvent, done: (typeof DONE)[number]): never {
	const org = asked(event);
	redirect(303, `/leader/published?${new URLSearchParams({ ...(org && { org }), done })}#improvements`);
}

export const actions: Actions = {
	write: async (event) => {
		const { organization, user } = await requireRight(event, 'write', asked(event));
		const form = parseForm(improvementEntry, await event.request.formData());
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });
		const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
		await writeImprovement(event.locals.running.db, form.value, by);
		return back(event, 'written');
	},
	withdraw: async (event) => {
		const { organization, user } = await requireRight(event, 'withdraw', asked(event));
		const id = String((await event.request.formData()).get('id') ?? '');
		const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
		const withdrawn = await withdrawImprovement(event.locals.running.db, id, by);
		if (!withdrawn.ok) return fail(409, { refused: withdrawn.reason });
		return back(event, 'withdrawn');
	}
};
