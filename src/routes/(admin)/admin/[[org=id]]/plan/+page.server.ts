import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { countLines } from '$lib/domain/casework/plan/line.ts';
import { tickEntry } from '$lib/domain/casework/plan/entry.ts';
import { freshId } from '$lib/domain/place/entry.ts';
import { readYear } from '$lib/domain/report/period.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { readPlanFigures } from '$lib/server/casework/plan/figures/reads.ts';
import { readPlan, readPlanYears } from '$lib/server/casework/plan/reads.ts';
import { tickWeek } from '$lib/server/casework/plan/progress/writes.ts';
import { startPlan } from '$lib/server/casework/plan/writes.ts';
import { parseForm } from '$lib/server/http/form.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readSites } from '$lib/server/place/reads.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a ward does in a year for each criterion, and how far it is. */
export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base, sites, path } = permitted;
	const { db } = event.locals.running;
	const query = event.url.searchParams;
	const today = localDay(Date.now());
	const thisYear = Number(today.slice(0, 4));
	const year = readYear(query, thisYear);
	const lines = await readPlan(db, { organizationId: organization.id, year, sites, today });
	const years = await readPlanYears(db, organization.id);
	// Whoever reads the plan of a site need not be who reads results.
	const mayRead = hasRightToo(event, permitted, 'report:read');
	const places = await readSites(db, organization.id);
	return {
		...{ base, year, thisYear, years, lines, today },
		organization: { name: organization.name },
		mayWrite: hasRightToo(event, permitted, 'plan:write'),
		counts: countLines(lines),
		figures: mayRead && lines.length > 0 ? await readPlanFigures(db, organization, { year, path }) : null,
		siteNames: Object.fromEntries(places.map(({ id, name }) => [id, name])),
		show: ['late', 'silent', 'done'].find((known) => known === query.get('show')) ?? 'all',
		begun: query.has('begun'),
		ticked: query.has('ticked')
	};
};

const startEntry = v.object({
	year: v.pipe(v.string(), v.regex(/^2\d{3}$/, 'required'), v.transform(Number)),
	from: v.picklist(['annex', 'last-year'], 'required')
});

const weekEntry = v.object({ taskId: freshId, week: tickEntry.entries.week });

export const actions: Actions = {
	/** One tap on a Friday: the week is done today. */
	tick: async (event) => {
		const data = await event.request.formData();
		const { user, organization, base } = await requireRight(event, 'tick', String(data.get('taskId') ?? ''));
		const form = parseForm(weekEntry, data);
		if (!form.ok) return fail(400, { refused: 'week-unknown' });
		const now = Date.now();
		const by = { organizationId: organization.id, actorId: user.id, now };
		const ticked = await tickWeek(event.locals.running.db, by, { ...form.value, doneDay: localDay(now) });
		if (!ticked.ok) return fail(409, { refused: ticked.reason });
		redirect(303, `${base}/plan?year=${form.value.week.slice(0, 4)}&ticked=1`);
	},
	start: async (event) => {
		const { user, organization, base } = await requireRight(event, 'start');
		const form = parseForm(startEntry, await event.request.formData());
		if (!form.ok) return fail(400, { refused: 'required' });
		const by = { organizationId: organization.id, actorId: user.id, now: Date.now() };
		const begun = await startPlan(event.locals.running.db, by, form.value);
		if (!begun.ok) return fail(409, { refused: begun.reason });
		redirect(303, `${base}/plan?year=${form.value.year}&begun=1`);
	}
};
