import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { readAlerts, readQuietHours } from '$lib/server/report/alert/reads.ts';
import { seeAlert, setQuietHours } from '$lib/server/report/alert/writes.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const orgOf = (event: RequestEvent) => event.url.searchParams.get('org') ?? undefined;

/** What needs the leader's eye now, what has passed, and when nobody is written to. */
export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load', event.url.searchParams.get('org') ?? undefined);
	const { organization, above, org } = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const all = await readAlerts(event.locals.running.db, organization.id, Date.now());
	return {
		organization: { name: organization.name, above },
		org,
		open: all.filter(({ closedAt }) => closedAt === null),
		past: all.filter(({ closedAt }) => closedAt !== null),
		quiet: await readQuietHours(event.locals.running.db, organization.id),
		mayHandle: hasRightToo(event, permitted, 'alert:handle'),
		done: event.url.searchParams.get('done')
	};
};

const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'clock'));
const quietSchema = v.object({ from: clock, until: clock });
const seenSchema = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });

export const actions: Actions = {
	seen: async (event) => {
		const { user, organization } = await requireRight(event, 'seen', orgOf(event));
		const form = parseForm(seenSchema, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'alert-gone' });
		const by = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		const seen = await seeAlert(event.locals.running.db, { ...by, id: form.value.id });
		if (!seen.ok) return fail(409, { refused: seen.reason });
		redirect(303, backTo(event, 'seen'));
	},
	quiet: async (event) => {
		const { user, organization } = await requireRight(event, 'quiet', orgOf(event));
		const form = parseForm(quietSchema, await event.request.formData());
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });
		const by = { organizationId: organization.id, changedBy: user.id, now: Date.now() };
		await setQuietHours(event.locals.running.db, { ...by, ...form.value });
		redirect(303, backTo(event, 'quiet'));
	}
};

function backTo(event: RequestEvent, done: string): string {
	const org = orgOf(event);
	return `/leader/alerts?${new URLSearchParams({ ...(org && { org }), done })}`;
}
