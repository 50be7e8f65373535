import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { sinceMidnight } from '$lib/domain/place/calendar/hours.ts';
import { CORRECTABLE_MS } from '$lib/domain/place/correction.ts';
import { sheetsTold } from '$lib/domain/report/secrecy.ts';
import { addDays, isLocalDay, localDay, startOfLocalDay } from '$lib/domain/shared/time.ts';
import { pageOf } from '$lib/domain/shared/list.ts';
import { clean } from '$lib/domain/shared/text.ts';
import { newId } from '$lib/server/account/writes.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readCorrections } from '$lib/server/place/corrections/reads.ts';
import { correctDuty } from '$lib/server/place/corrections/writes.ts';
import { readDutyInWords, readWhoIsOnDuty } from '$lib/server/place/roster/reads.ts';
import { readOfficerLabels } from '$lib/server/place/roster/week/reads.ts';
import type { Actions, PageServerLoad } from './$types';

const LONGEST_REASON = 500;
/** Stands in the form for "nobody was there". */
const NOBODY = '-';

export const load: PageServerLoad = async (event) => {
	const { organization, sites, base } = await requireRight(event, 'load');
	const { db } = event.locals.running;
	const now = Date.now();
	const today = localDay(now);
	const { counters } = await readWhoIsOnDuty(db, organization.id, now, sites);
	const { all } = await readOfficerLabels(db, organization.id);
	const past = await readCorrections(db, organization.id, sites);
	const { rows, ...pages } = pageOf(past, event.url.searchParams.get('page'), 20);
	const made = event.url.searchParams.get('made');
	return {
		base,
		organization: { name: organization.name },
		freshId: newId(),
		today,
		// Seven times 24 hours back lies within a day; of that day the hours after now's can still be corrected.
		earliest: addDays(today, -Math.round(CORRECTABLE_MS / 86_400_000)),
		counters: counters.map(({ id, name, siteName }) => ({ id, name, siteName })),
		officers: all,
		past: rows.map((row) => ({ ...row, moved: sheetsTold(row.moved), made: row.id === made })),
		pages,
		done: past.some(({ id }) => id === made)
	};
};

const id = v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(64, 'too-long'));
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time'), v.transform(sinceMidnight));
const correctionSchema = v.object({
	id: v.pipe(id, v.regex(/^[0-9a-z]{10}$/, 'required')),
	counterId: id,
	officerId: v.pipe(
		id,
		v.transform((officerId) => (officerId === NOBODY ? null : officerId))
	),
	day: v.pipe(v.string(), v.check(isLocalDay, 'day')),
	from: clock,
	until: clock,
	reason: v.pipe(v.string(), v.transform(clean), v.minLength(1, 'required'), v.maxLength(LONGEST_REASON, 'too-long'))
});

export const actions: Actions = {
	default: async (event) => {
		const { locals, request } = event;
		const data = await request.formData();
		const { user, organization, base } = await requireRight(event, 'default', String(data.get('counterId') ?? ''));
		const form = parseForm(correctionSchema, data);
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });

		const { db } = locals.running;
		const { day, from, until, ...rest } = form.value;
		const midnight = startOfLocalDay(day);
		const corrected = await correctDuty(db, {
			...rest,
			organizationId: organization.id,
			startsAt: midnight + from,
			endsAt: midnight + until,
			correctedBy: user.id,
			ownOfficerId: user.officerId,
			now: Date.now()
		});
		if (corrected.ok) redirect(303, `${base}/roster/corrections?made=${rest.id}#past`);
		const other = 'other' in corrected ? await readDutyInWords(db, organization.id, corrected.other) : null;
		return fail(409, { values: textsOf(data), refused: { reason: corrected.reason, other } });
	}
};
