import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { weekOf } from '$lib/domain/place/week.ts';
import { addDays, HOUR_MS, isLocalDay, localDay, MINUTE_MS } from '$lib/domain/shared/time.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readDutyInWords, readRoster, readWhoIsOnDuty } from '$lib/server/place/roster/reads.ts';
import { endDuty, putOnDuty } from '$lib/server/place/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization, base } = await requireRight(event, 'load');
	const { locals, url } = event;
	const { db } = locals.running;
	const now = Date.now();
	const week = weekOf(url.searchParams.get('week'), now);
	const { counters, officers } = await readWhoIsOnDuty(db, organization.id, now);
	const { roster, duties } = await readRoster(db, organization.id, week);
	return {
		now,
		base,
		organization: { name: organization.name },
		today: localDay(now),
		week: { days: week.days, monday: week.monday, before: addDays(week.monday, -7), after: addDays(week.monday, 7) },
		counters,
		officers,
		roster,
		duty: duties.find(({ id }) => id === url.searchParams.get('duty')) ?? null,
		done: { added: Number(url.searchParams.get('added')) || 0, ended: url.searchParams.has('ended') }
	};
};

const id = v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(64, 'too-long'));
const day = v.pipe(v.string(), v.check(isLocalDay, 'day'));
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time'), v.transform(sinceMidnight));
const noClock = v.pipe(
	v.literal('', 'time'),
	v.transform(() => null)
);
const planSchema = v.object({
	counterId: id,
	officerId: id,
	firstDay: day,
	lastDay: day,
	startsAfter: clock,
	endsAfter: v.union([noClock, clock], 'time')
});
const endSchema = v.object({ dutyId: id });

export const actions: Actions = {
	plan: async (event) => {
		const { locals, request } = event;
		const data = await request.formData();
		const { user, organization, base } = await requireRight(event, 'plan', String(data.get('counterId') ?? ''));
		// A single day needs to be named once.
		if (!data.get('lastDay')) data.set('lastDay', String(data.get('firstDay') ?? ''));
		const form = parseForm(planSchema, data);
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });

		const { db } = locals.running;
		const plan = { organizationId: organization.id, plannedBy: user.id, ...form.value, now: Date.now() };
		const planned = await putOnDuty(db, plan);
		if (planned.ok) redirect(303, `${base}/roster?week=${form.value.firstDay}&added=${planned.value.days}#roster`);
		const values = textsOf(data);
		const other = 'other' in planned ? await readDutyInWords(db, organization.id, planned.other) : null;
		return fail(409, { values, refused: { reason: planned.reason, other } });
	},
	end: async (event) => {
		const { locals, request, url } = event;
		const data = await request.formData();
		const { user, organization, base } = await requireRight(event, 'end', String(data.get('dutyId') ?? ''));
		const form = parseForm(endSchema, data);
		if (!form.ok) return fail(400, { notEnded: 'duty-unknown' as const });
		const ended = await endDuty(locals.running.db, {
			organizationId: organization.id,
			dutyId: form.value.dutyId,
			endedBy: user.id,
			now: Date.now()
		});
		if (!ended.ok) return fail(409, { notEnded: ended.reason });
		redirect(303, `${base}/roster?week=${weekOf(url.searchParams.get('week'), Date.now()).monday}&ended#roster`);
	}
};

function sinceMidnight(text: string): number {
	const [hours, minutes] = text.split(':').map(Number);
	return hours * HOUR_MS + minutes * MINUTE_MS;
}
