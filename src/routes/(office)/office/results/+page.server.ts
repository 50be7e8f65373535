import { fail, redirect } from '@sveltejs/kit';
import { nextEdition } from '$lib/domain/report/edition.ts';
import { LONGEST_OBJECTION, objectionEntry } from '$lib/domain/report/objection.ts';
import { readOwnBlock } from '$lib/domain/report/own.ts';
import { K_OFFICER } from '$lib/domain/report/secrecy.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readOwnObjections } from '$lib/server/report/objection/reads.ts';
import { object } from '$lib/server/report/objection/writes.ts';
import { readOwnResults } from '$lib/server/report/own/reads.ts';
import { readOwnBatches } from '$lib/server/submission/comment/release/reads.ts';
import type { Actions, PageServerLoad } from './$types';

/** A year at most, for then they are deleted. */
const BATCHES = 53;

export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { user, organization } = permitted;
	const { db } = event.locals.running;
	const query = event.url.searchParams;
	const now = Date.now();
	const block = readOwnBlock(query.get('from'), localDay(now));
	const about = { organizationId: organization.id, block };
	// Whose results is decided by who is signed in; nothing in the address can name somebody else.
	const results = user.officerId === null ? null : await readOwnResults(db, { ...about, officerId: user.officerId });
	const objected = results ? await readOwnObjections(db, organization.id, user.officerId!) : new Map<string, never>();
	const asked = query.get('object');
	return {
		block,
		target: results?.edition?.target ?? organization.target / 100,
		results: results && {
			...results,
			weeks: results.weeks.map((week) => ({ ...week, objection: objected.get(week.from) ?? null }))
		},
		/** null for whoever reads the comments of all counters: beside those their own would tell which are a colleague's. */
		comments:
			user.officerId === null || hasRightToo(event, permitted, 'report:read')
				? null
				: await readOwnBatches(db, organization.id, user.officerId, BATCHES),
		commentsAtOnce: K_OFFICER,
		next: localDay(nextEdition('officers', now)),
		/** The week whose form is open. */
		objecting: results?.weeks.find(({ from, own }) => from === asked && 'value' in own)?.from ?? null,
		longest: LONGEST_OBJECTION,
		freshId: newId(),
		done: query.get('done') === 'objected'
	};
};

export const actions: Actions = {
	object: async (event) => {
		const { user, organization } = await requireRight(event, 'object');
		const form = parseForm(objectionEntry, await event.request.formData());
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });
		if (user.officerId === null) return fail(400, { refused: 'week-unknown' as const });
		const by = { organizationId: organization.id, officerId: user.officerId, actorId: user.id, now: Date.now() };
		const made = await object(event.locals.running.db, form.value, by);
		if (!made.ok) return fail(409, { refused: made.reason });
		redirect(303, '/office/results?done=objected#weeks');
	}
};
