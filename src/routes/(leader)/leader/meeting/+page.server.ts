import { fail, redirect } from '@sveltejs/kit';
import { decisionChangeEntry, decisionEntry } from '$lib/domain/casework/meeting/decision.ts';
import { fridayOf } from '$lib/domain/report/period.ts';
import { addDays, isLocalDay, localDay } from '$lib/domain/shared/time.ts';
import { newId } from '$lib/server/account/writes.ts';
import { readMeeting } from '$lib/server/casework/meeting/reads.ts';
import { changeDecision, writeDecision } from '$lib/server/casework/meeting/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { openReport } from '$lib/server/http/leader-report.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const orgOf = ({ url }: RequestEvent) => url.searchParams.get('org') ?? undefined;

/** The Friday an address asks for; what is none, or still to come, is the last one. */
function fridayAsked({ url }: RequestEvent, now: number): string {
	const last = fridayOf(localDay(now));
	const asked = url.searchParams.get('at') ?? '';
	return isLocalDay(asked) && asked < last ? fridayOf(asked) : last;
}

/** What a ward's meeting on Friday speaks of, on one page: its figures are those of the week's report. */
export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', orgOf(event));
	const reader = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (reader.organization.kind === 'province') redirect(303, '/leader');
	const now = Date.now();
	const friday = fridayAsked(event, now);
	event.url.searchParams.set('preset', 'week');
	event.url.searchParams.set('at', friday);
	const { report, address } = await openReport(event, { ...reader, officers: false }, now);
	const { index, cover, findings, foot, warnings } = report;
	const head = hasRightToo(event, permitted, 'case:head');
	const { organization } = reader;
	return {
		...{ organization: { id: organization.id, name: organization.name }, org: reader.org, friday },
		...{ figures: { index, cover, findings, foot, warnings }, reportAddress: address },
		meeting: await readMeeting(event.locals.running.db, organization.id, { friday, head, now }),
		...{ now, today: localDay(now), last: fridayOf(localDay(now)), nextDue: addDays(localDay(now), 7) },
		mayWrite: hasRightToo(event, permitted, 'meeting:write'),
		freshId: newId()
	};
};

export const actions: Actions = {
	decide: async (event) => {
		const { user, organization } = await requireRight(event, 'decide', orgOf(event));
		const form = parseForm(decisionEntry, await event.request.formData());
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const now = Date.now();
		const by = { organizationId: organization.id, userId: user.id, now };
		await writeDecision(event.locals.running.db, by, { ...form.value, friday: fridayAsked(event, now) });
		redirect(303, backTo(event));
	},
	change: async (event) => {
		const { user, organization } = await requireRight(event, 'change', orgOf(event));
		const form = parseForm(decisionChangeEntry, await event.request.formData());
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const { id, version: expected, ...change } = form.value;
		const by = { organizationId: organization.id, userId: user.id, now: Date.now() };
		const done = await changeDecision(event.locals.running.db, by, { id, expected, change });
		if (!done.ok) return fail(409, { values: undefined, problems: undefined, refused: done.reason });
		redirect(303, backTo(event));
	}
};

function backTo({ url }: RequestEvent): string {
	const kept = [...url.searchParams].filter(([name]) => !name.startsWith('/'));
	return `/leader/meeting?${new URLSearchParams(kept)}#decisions`;
}
