import { redirect } from '@sveltejs/kit';
import { requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { openReport } from '$lib/server/http/leader-report.ts';
import type { PageServerLoad } from './$types';

/** The report of a week, a month, a quarter or a year as a page to print. */
export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.url.searchParams.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (reader.organization.kind === 'province') redirect(303, '/leader');
	const now = Date.now();
	const { report, period, by, address } = await openReport(event, reader, now);
	return { report, period, by, address, officers: reader.officers, asOf: now };
};
