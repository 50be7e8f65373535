import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { permits, type Right } from '$lib/domain/account/right.ts';
import { isMixed, type CellWish, type Half } from '$lib/domain/place/grid.ts';
import { officerMeant } from '$lib/domain/place/officer-label.ts';
import { weekOf } from '$lib/domain/place/week.ts';
import { addDays, HOUR_MS, isLocalDay, localDay, MINUTE_MS } from '$lib/domain/shared/time.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { readCalendar } from '$lib/server/place/calendar/reads.ts';
import { readDutyInWords, readRoster, readWhoIsOnDuty } from '$lib/server/place/roster/reads.ts';
import { readOfficerLabels, readWeekGrid } from '$lib/server/place/roster/week/reads.ts';
import { planWeek } from '$lib/server/place/roster/week/writes.ts';
import { endDuty, putOnDuty } from '$lib/server/place/roster/writes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { user, organization, sites, path, base } = await requireRight(event, 'load');
	const { locals, url } = event;
	const { db } = locals.running;
	const now = Date.now();
	const week = weekOf(url.searchParams.get('week'), now);
	const today = localDay(now);
	const may = (right: Right) => permits(requireSignedIn(event).grants, right, { path, siteId: null }, user.id).allowed;
	const fill = url.searchParams.has('fill');
	const editing = (fill || url.searchParams.has('edit')) && may('roster:write');
	const { counters, officers } = await readWhoIsOnDuty(db, organization.id, now, sites);
	const { roster, duties } = await readRoster(db, organization.id, week, sites);
	const calendar = await readCalendar(db, path, week.days[0], week.days[6]);
	const asked = url.searchParams.get('day') ?? '';
	const question = { organizationId: organization.id, path, sites, week, now, fill };
	return {
		now,
		base,
		organization: { name: organization.name },
		may: { plan: may('roster:write'), correct: may('roster:correct') },
		today,
		week: { days: week.days, monday: week.monday, before: addDays(week.monday, -7), after: addDays(week.monday, 7) },
		/** The day that a narrow screen shows. */
		day: week.days.includes(asked) ? asked : week.days.includes(today) ? today : week.monday,
		specials: week.days.map((day) => {
			const special = calendar.get(day);
			return special && special.kind !== 'ordinary' ? { kind: special.kind, name: special.name } : null;
		}),
		counters,
		officers,
		roster,
		grid: editing ? await readWeekGrid(db, question) : null,
		filling: fill,
		duty: duties.find(({ id }) => id === url.searchParams.get('duty')) ?? null,
		done: {
			added: Number(url.searchParams.get('added')) || 0,
			ended: url.searchParams.has('ended'),
			saved: url.searchParams.has('saved') ? Number(url.searchParams.get('saved')) || 0 : null
		}
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

/** One cell in words, where it can not be as it was typed. */
interface Refused {
	/** The cell: counter, day and half-day with dots between. */
	key: string;
	reason: string;
	typed: string;
	officer: string;
	there: string;
	from: number | null;
	until: number | null;
}

const NO_WORDS = { typed: '', officer: '', there: '', from: null, until: null };

export const actions: Actions = {
	week: async (event) => {
		const { locals, request } = event;
		const data = await request.formData();
		const { user, organization, sites, path, base } = await requireRight(event, 'week');
		const { db } = locals.running;
		const values = textsOf(data);
		const { all, free } = await readOfficerLabels(db, organization.id);
		const labelOf = new Map(all.map(({ id, label }) => [id, label]));

		const wishes: CellWish[] = [];
		const refused: Refused[] = [];
		for (const { key, counterId, day, half } of cellsOf(values)) {
			const typed = values[`cell.${key}`];
			const was = values[`was.${key}`] ?? '';
			if (typed === (isMixed(was) ? '' : (labelOf.get(was) ?? ''))) continue;
			const meant = typed === '' ? null : officerMeant(typed, free);
			if (meant && !meant.ok) refused.push({ ...NO_WORDS, key, reason: meant.reason, typed });
			else wishes.push({ counterId, day, half, was, officerId: meant && meant.id });
		}
		if (refused.length > 0) return fail(400, { cells: values, refusedCells: refused });

		const now = Date.now();
		const plan = { organizationId: organization.id, path, sites, wishes, plannedBy: user.id, now };
		const planned = await planWeek(db, plan);
		const monday = weekOf(event.url.searchParams.get('week'), now).monday;
		if (planned.ok) redirect(303, `${base}/roster?week=${monday}&saved=${planned.value.changed}#roster`);
		for (const refusal of planned.refusals) {
			const key = `${refusal.counterId}.${refusal.day}.${refusal.half}`;
			const words = { ...NO_WORDS, key, reason: refusal.reason, typed: values[`cell.${key}`] ?? '' };
			if (refusal.reason !== 'officer-elsewhere') refused.push(words);
			else {
				const { counter } = await readDutyInWords(db, organization.id, refusal.other);
				const { from, until } = refusal;
				refused.push({ ...words, officer: labelOf.get(refusal.officerId) ?? '', there: counter, from, until });
			}
		}
		return fail(409, { cells: values, refusedCells: refused });
	},
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

/** The cells that a form of the grid brings; what has another shape is not one of ours. */
function cellsOf(values: Record<string, string>) {
	return Object.keys(values).flatMap((name) => {
		const found = /^cell\.(([\w-]{1,64})\.(\d{4}-\d\d-\d\d)\.(morning|afternoon))$/.exec(name);
		if (!found || !isLocalDay(found[3])) return [];
		return { key: found[1], counterId: found[2], day: found[3], half: found[4] as Half };
	});
}

function sinceMidnight(text: string): number {
	const [hours, minutes] = text.split(':').map(Number);
	return hours * HOUR_MS + minutes * MINUTE_MS;
}
