import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { countPromises, promiseDoneEntry, promiseEntry, promiseWithdrawnEntry } from '$lib/domain/dialogue/promise.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { readLedger } from '$lib/server/dialogue/promises/reads.ts';
import { changePromise } from '$lib/server/dialogue/promises/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import type { Actions, PageServerLoad } from './$types';

/** What was promised in all dialogues of the ward, and what became of it. */
export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base } = permitted;
	const today = localDay(Date.now());
	const ledger = await readLedger(event.locals.running.db, organization.id, today);
	return {
		base,
		organization: { id: organization.id, name: organization.name },
		mayWrite: hasRightToo(event, permitted, 'dialogue:write'),
		today,
		counts: countPromises(ledger.map(({ standing }) => standing)),
		promises: ledger
	};
};

const which = {
	id: v.pipe(v.string(), v.maxLength(20)),
	version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))
};
const changeEntry = v.variant('do', [
	v.object({ do: v.literal('change'), ...which, ...promiseEntry.entries }),
	v.object({ do: v.literal('done'), ...which, ...promiseDoneEntry.entries }),
	v.object({ do: v.literal('withdraw'), ...which, ...promiseWithdrawnEntry.entries }),
	v.object({ do: v.literal('reopen'), ...which })
]);

export const actions: Actions = {
	change: async (event) => {
		const { user, organization, base } = await requireRight(event, 'change');
		const form = parseForm(changeEntry, await event.request.formData());
		if (!form.ok) return fail(400, { values: form.values, problems: form.problems, refused: undefined });
		const { id, version: expected, ...change } = form.value;
		const by = { organizationId: organization.id, userId: user.id, now: Date.now() };
		const done = await changePromise(event.locals.running.db, by, { id, expected, change });
		if (!done.ok) return fail(409, { values: undefined, problems: undefined, refused: done.reason });
		return redirect(303, `${base}/dialogues/promises`);
	}
};
