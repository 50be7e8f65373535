import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { permits } from '$lib/domain/account/right.ts';
import { DAY_KINDS, DAY_STATUSES } from '$lib/domain/place/calendar/calendar.ts';
import { USUAL_HOURS } from '$lib/domain/place/calendar/hours.ts';
import { NATIONAL_YEARS, PROPOSED_SWAP } from '$lib/domain/place/calendar/national.ts';
import { isLocalDay, localDay } from '$lib/domain/shared/time.ts';
import { clean, compareText } from '$lib/domain/shared/text.ts';
import { parseForm, textsOf } from '$lib/server/http/form.ts';
import { requireRight, requireSignedIn } from '$lib/server/http/guard.ts';
import { readCalendar, readOrganizationNames } from '$lib/server/place/calendar/reads.ts';
import { setOwnDays, type OwnDay } from '$lib/server/place/calendar/writes.ts';
import { readSites } from '$lib/server/place/reads.ts';
import type { Actions, PageServerLoad } from './$types';

const LONGEST_NAME = 80;

export const load: PageServerLoad = async (event) => {
	const { user, organization, sites, path, base } = await requireRight(event, 'load');
	const { url, locals } = event;
	const { db } = locals.running;
	const today = localDay(Date.now());
	const asked = url.searchParams.get('year') ?? '';
	const year = /^20\d\d$/.test(asked) ? Number(asked) : Number(today.slice(0, 4));
	const calendar = await readCalendar(db, path, `${year}-01-01`, `${year}-12-31`);
	// What stands above an own day, so that the page can say what removing it brings back.
	const above = await readCalendar(db, path.slice(1), `${year}-01-01`, `${year}-12-31`);
	const names = await readOrganizationNames(db, path);
	const day = url.searchParams.get('day') ?? '';
	const chosen = isLocalDay(day) && day.startsWith(`${year}`) ? day : null;
	return {
		base,
		organization: { name: organization.name },
		mayWrite: permits(requireSignedIn(event).grants, 'calendar:write', { path, siteId: null }, user.id).allowed,
		today,
		year,
		known: NATIONAL_YEARS.some((one) => one === year),
		days: [...calendar.values()]
			.sort((a, b) => (a.day < b.day ? -1 : 1))
			.map(({ organizationId, ...special }) => ({
				...special,
				own: organizationId === organization.id,
				from: organizationId === null ? null : (names.get(organizationId) ?? '')
			})),
		chosen: chosen ? { day: chosen, above: above.get(chosen) ?? null } : null,
		proposed: calendar.has(PROPOSED_SWAP.free) ? null : PROPOSED_SWAP,
		sites: (await readSites(db, organization.id))
			.filter(({ id, archivedAt }) => archivedAt === null && (sites === null || sites.includes(id)))
			.sort((a, b) => compareText(a.name, b.name))
			.map(({ id, name, hours }) => ({ id, name, hours: hours ?? USUAL_HOURS, usual: hours === null })),
		done: url.searchParams.get('done'),
		undo: url.searchParams.get('before')
	};
};

const day = v.pipe(
	v.string(),
	v.check((text) => isLocalDay(text) && text.startsWith('20'), 'day')
);
const name = v.pipe(v.string(), v.transform(clean), v.maxLength(LONGEST_NAME, 'too-long'));
const status = v.picklist(DAY_STATUSES, 'required');
const daySchema = v.object({ day, kind: v.picklist([...DAY_KINDS, 'remove'] as const, 'required'), name, status });
const swapSchema = v.object({ free: day, worked: day, name, status });
/** The days as they were before a change, as the page got them in its address. */
const beforeSchema = v.pipe(
	v.string(),
	v.parseJson(),
	v.array(
		v.object({
			day,
			says: v.nullable(v.object({ kind: v.picklist(DAY_KINDS), name, status: v.picklist(DAY_STATUSES) }))
		})
	),
	v.minLength(1),
	v.maxLength(2)
);

export const actions: Actions = {
	day: async (event) => {
		const data = await event.request.formData();
		const permitted = await requireRight(event, 'day');
		const form = parseForm(daySchema, data);
		if (!form.ok) return fail(400, { form: 'day', problems: form.problems, values: form.values });
		const { day, kind, name, status } = form.value;
		const says = kind === 'remove' ? null : { kind, name, status };
		return save(event.locals.running.db, permitted, [{ day, says }]);
	},
	swap: async (event) => {
		const data = await event.request.formData();
		const permitted = await requireRight(event, 'swap');
		const form = parseForm(swapSchema, data);
		if (!form.ok) return fail(400, { form: 'swap', problems: form.problems, values: form.values });
		const { free, worked, name, status } = form.value;
		if (free === worked) return fail(400, { form: 'swap', problems: { worked: 'day-twice' }, values: textsOf(data) });
		return save(event.locals.running.db, permitted, [
			{ day: free, says: { kind: 'swapped_off', name, status } },
			{ day: worked, says: { kind: 'makeup_workday', name, status } }
		]);
	},
	undo: async (event) => {
		const data = await event.request.formData();
		const permitted = await requireRight(event, 'undo');
		const before = v.safeParse(beforeSchema, data.get('before'));
		if (!before.success) return fail(400, { form: 'undo', problems: { before: 'required' }, values: {} });
		return save(event.locals.running.db, permitted, before.output);
	}
};

async function save(
	db: Parameters<typeof setOwnDays>[0],
	{ user, organization, base }: Awaited<ReturnType<typeof requireRight>>,
	days: OwnDay[]
) {
	const change = { organizationId: organization.id, days, changedBy: user.id, now: Date.now() };
	const saved = await setOwnDays(db, change);
	if (!saved.ok) return fail(409, { form: 'swap', problems: { worked: saved.reason }, values: {} });
	const before = encodeURIComponent(JSON.stringify(saved.value.before));
	const first = days[0].day;
	redirect(
		303,
		`${base}/calendar?year=${first.slice(0, 4)}&done=${days.map(({ day }) => day).join()}&before=${before}`
	);
}
