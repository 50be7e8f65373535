import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { CHANNELS } from '$lib/domain/submission/channel.ts';
import { EXCLUDABLE_FLAGS } from '$lib/domain/submission/exclusion.ts';
import { pageOf } from '$lib/domain/shared/list.ts';
import { clean } from '$lib/domain/shared/text.ts';
import { isLocalDay, localDay } from '$lib/domain/shared/time.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readExcludablePlaces, readExclusions } from '$lib/server/submission/exclusion/reads.ts';
import {
	acceptExclusion,
	declineExclusion,
	liftExclusion,
	proposeExclusion,
	withdrawExclusion,
	type Deciding,
	type Done
} from '$lib/server/submission/exclusion/writes.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const LONGEST_REASON = 500;
const SHIFTS = ['', 'morning', 'afternoon', 'evening'] as const;
const DEEDS = ['propose', 'accept', 'decline', 'withdraw', 'lift'] as const;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, sites, user, base } = permitted;
	const { db } = event.locals.running;
	const scope = { organizationId: organization.id, sites };
	const all = await readExclusions(db, scope);
	const past = all.filter(({ state }) => state !== 'proposed' && state !== 'standing');
	const { rows, ...pages } = pageOf(past, event.url.searchParams.get('page'), 20);
	const places = await readExcludablePlaces(db, scope);
	return {
		base,
		organization: { name: organization.name },
		userId: user.id,
		may: {
			propose: places.some(({ id }) => hasRightToo(event, permitted, 'exclusion:propose', id)),
			decide: hasRightToo(event, permitted, 'exclusion:decide')
		},
		freshId: newId(),
		today: localDay(Date.now()),
		places,
		waiting: all.filter(({ state }) => state === 'proposed'),
		standing: all.filter(({ state }) => state === 'standing'),
		past: rows,
		pages,
		done: DEEDS.find((deed) => deed === event.url.searchParams.get('done')) ?? null
	};
};

const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{10}$/, 'required'));
const day = v.pipe(v.string(), v.check(isLocalDay, 'day'));
const partSchema = v.object({
	id,
	/** A site, or a counter of it behind a slash. */
	siteId: v.pipe(v.string(), v.regex(/^[0-9a-zA-Z-]{1,64}(\/[0-9a-zA-Z-]{1,64})?$/, 'required')),
	channel: v.picklist(CHANNELS, 'required'),
	from: day,
	until: day,
	shift: v.picklist(SHIFTS, 'required'),
	flag: v.picklist(['', ...EXCLUDABLE_FLAGS], 'required'),
	reason: v.pipe(v.string(), v.transform(clean), v.minLength(1, 'required'), v.maxLength(LONGEST_REASON, 'too-long'))
});
const decisionSchema = v.object({
	id,
	answer: v.optional(v.pipe(v.string(), v.transform(clean), v.maxLength(LONGEST_REASON, 'too-long')), '')
});

const nothing = { problems: {} as Record<string, string>, values: {} as Record<string, string> };

/** One decision, and back to where it now stands. */
async function decide(
	event: RequestEvent,
	{ organization, sites, user, base }: Awaited<ReturnType<typeof requireRight>>,
	deed: (typeof DEEDS)[number],
	carryOut: (deciding: Deciding) => Promise<Done>
) {
	const data = await event.request.formData();
	const form = parseForm(decisionSchema, data);
	if (!form.ok) return fail(400, { ...nothing, refused: 'unknown' as const, on: null, deed });
	const scope = { organizationId: organization.id, sites };
	const done = await carryOut({ ...form.value, scope, user, now: Date.now() });
	if (done.ok) redirect(303, `${base}/quarantine/excluded?done=${deed}#done`);
	return fail(done.reason === 'unknown' ? 404 : 409, { ...nothing, refused: done.reason, on: form.value.id, deed });
}

export const actions: Actions = {
	propose: async (event) => {
		const data = await event.request.formData();
		const [siteId, counterId = ''] = String(data.get('siteId') ?? '').split('/');
		const { user, organization, base } = await requireRight(event, 'propose', siteId);
		const form = parseForm(partSchema, data);
		const shown = { on: null, deed: 'propose' as const };
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values, refused: null, ...shown });
		const { id, siteId: _, reason, ...rest } = form.value;
		const done = await proposeExclusion(event.locals.running.db, {
			...{ id, reason, user, organizationId: organization.id, now: Date.now() },
			part: { ...rest, siteId, counterId }
		});
		if (done.ok) redirect(303, `${base}/quarantine/excluded?done=propose#done`);
		return fail(409, { ...nothing, values: textsOf(data), refused: done.reason, ...shown });
	},
	withdraw: async (event) => {
		const permitted = await requireRight(event, 'withdraw');
		return decide(event, permitted, 'withdraw', (one) => withdrawExclusion(event.locals.running.db, one));
	},
	accept: async (event) => {
		const permitted = await requireRight(event, 'accept');
		return decide(event, permitted, 'accept', (one) => acceptExclusion(event.locals.running.db, one));
	},
	decline: async (event) => {
		const permitted = await requireRight(event, 'decline');
		return decide(event, permitted, 'decline', (one) => declineExclusion(event.locals.running.db, one));
	},
	lift: async (event) => {
		const permitted = await requireRight(event, 'lift');
		return decide(event, permitted, 'lift', (one) => liftExclusion(event.locals.running.db, one));
	}
};
