import { redirect } from '@sveltejs/kit';
import { requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { openReport } from '$lib/server/http/leader-report.ts';
import { readSubscription } from '$lib/server/report/mailing/reads.ts';
import { setSubscription } from '$lib/server/report/mailing/writes.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** The report of a week, a month, a quarter or a year as a page to print. */
export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.url.searchParams.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (reader.organization.kind === 'province') redirect(303, '/leader');
	const now = Date.now();
	const { report, period, by, address } = await openReport(event, reader, now);
	const mail = await readSubscription(event.locals.running.db, reader.organization.id, reader.user.id);
	return { report, period, by, address, officers: reader.officers, asOf: now, mail };
};

const orgOf = (event: RequestEvent) => event.url.searchParams.get('org') ?? undefined;

export const actions: Actions = {
	subscribe: async (event) => {
		const { user, organization } = await requireRight(event, 'subscribe', orgOf(event));
		const by = { organizationId: organization.id, userId: user.id, now: Date.now() };
		await setSubscription(event.locals.running.db, by, true);
		redirect(303, backTo(event));
	},
	unsubscribe: async (event) => {
		const { user, organization } = await requireRight(event, 'unsubscribe', orgOf(event));
		const by = { organizationId: organization.id, userId: user.id, now: Date.now() };
		await setSubscription(event.locals.running.db, by, false);
		redirect(303, backTo(event));
	}
};

function backTo({ url }: RequestEvent): string {
	const kept = [...url.searchParams].filter(([name]) => !name.startsWith('/'));
	return `/leader/report?${new URLSearchParams(kept)}`;
}
