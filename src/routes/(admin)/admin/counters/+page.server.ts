import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { dutyAt } from '$lib/domain/place/duty.ts';
import { heldBetween } from '$lib/domain/place/roster.ts';
import { weekOf } from '$lib/domain/place/week.ts';
import { compareNames } from '$lib/domain/shared/text.ts';
import { addDays, HOUR_MS, isLocalDay, localDay, MINUTE_MS, startOfLocalDay } from '$lib/domain/shared/time.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { requireAbility } from '$lib/server/http/guard.ts';
import { readCounters, readDuties, readOfficers } from '$lib/server/place/reads.ts';
import { endDuty, putOnDuty } from '$lib/server/place/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { organization } = requireAbility(locals, 'place:manage');
	const { db } = locals.running;
	const now = Date.now();
	const week = weekOf(url.searchParams.get('week'), now);
	const [allCounters, allOfficers, onDuty, duties] = await Promise.all([
		readCounters(db, organization.id),
		readOfficers(db, organization.id),
		readDuties(db, organization.id, now, now + 1),
		readDuties(db, organization.id, week.from, week.until)
	]);
	const counters = allCounters.filter(({ archivedAt }) => archivedAt === null);
	const names = new Map(allOfficers.map(({ id, name }) => [id, name]));
	const chosen = duties.find(({ id }) => id === url.searchParams.get('duty'));
	return {
		now,
		today: localDay(now),
		week: { days: week.days, before: addDays(week.monday, -7), after: addDays(week.monday, 7), monday: week.monday },
		counters: counters.map(({ id, number, name, siteName, fields }) => {
			const duty = dutyAt(onDuty, id, now);
			const officer = duty?.officerId ? names.get(duty.officerId) : undefined;
			return {
				id,
				number,
				name,
				siteName,
				fields: fields.map((field) => field.name),
				onDuty: duty && officer ? { name: officer, since: duty.startsAt } : null
			};
		}),
		officers: allOfficers
			.filter(({ archivedAt }) => archivedAt === null)
			.sort((a, b) => compareNames(a.name, b.name))
			.map(({ id, name }) => ({
				id,
				name,
				at: counters.find((counter) => dutyAt(onDuty, counter.id, now)?.officerId === id)?.name ?? null
			})),
		roster: counters.map(({ id, name }) => ({
			id,
			name,
			days: week.days.map((day) => {
				const from = startOfLocalDay(day);
				return heldBetween(duties, id, from, startOfLocalDay(addDays(day, 1))).map((stretch) => ({
					dutyId: stretch.duty.id,
					officer: names.get(stretch.duty.officerId ?? '') ?? '',
					from: stretch.from,
					until: stretch.until,
					fromTerminal: stretch.duty.source === 'terminal'
				}));
			})
		})),
		duty: chosen
			? {
					id: chosen.id,
					officer: names.get(chosen.officerId ?? '') ?? '',
					counter: allCounters.find(({ id }) => id === chosen.counterId)?.name ?? '',
					startsAt: chosen.startsAt,
					endsAt: chosen.endsAt,
					fromTerminal: chosen.source === 'terminal'
				}
			: null,
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
	plan: async ({ locals, request }) => {
		const { user, organization } = requireAbility(locals, 'place:manage');
		const data = await request.formData();
		// A single day needs to be named once.
		if (!data.get('lastDay')) data.set('lastDay', String(data.get('firstDay') ?? ''));
		const form = parseForm(planSchema, data);
		if (!form.ok) return fail(400, { problems: form.problems, values: form.values });

		const { db } = locals.running;
		const plan = { organizationId: organization.id, plannedBy: user.id, ...form.value, now: Date.now() };
		const planned = await putOnDuty(db, plan);
		if (planned.ok) redirect(303, `/admin/counters?week=${form.value.firstDay}&added=${planned.value.days}#roster`);
		const values = textsOf(data);
		const other = 'other' in planned ? await named(locals, organization.id, planned.other) : null;
		return fail(409, { values, refused: { reason: planned.reason, other } });
	},
	end: async ({ locals, request, url }) => {
		const { user, organization } = requireAbility(locals, 'place:manage');
		const form = parseForm(endSchema, await request.formData());
		if (!form.ok) return fail(400, { notEnded: 'duty-unknown' as const });
		const ended = await endDuty(locals.running.db, {
			organizationId: organization.id,
			dutyId: form.value.dutyId,
			endedBy: user.id,
			now: Date.now()
		});
		if (!ended.ok) return fail(409, { notEnded: ended.reason });
		redirect(303, `/admin/counters?week=${weekOf(url.searchParams.get('week'), Date.now()).monday}&ended#roster`);
	}
};

/** The duty that stands in the way, in words. */
async function named(
	{ running: { db } }: App.Locals,
	organizationId: string,
	other: { counterId: string; officerId: string | null; startsAt: number; endsAt: number | null }
) {
	const counters = await readCounters(db, organizationId);
	const officers = await readOfficers(db, organizationId);
	return {
		counter: counters.find(({ id }) => id === other.counterId)?.name ?? '',
		officer: officers.find(({ id }) => id === other.officerId)?.name ?? '',
		startsAt: other.startsAt,
		endsAt: other.endsAt
	};
}

function sinceMidnight(text: string): number {
	const [hours, minutes] = text.split(':').map(Number);
	return hours * HOUR_MS + minutes * MINUTE_MS;
}
