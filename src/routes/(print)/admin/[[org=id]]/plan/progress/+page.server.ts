import { readYear, yearOf } from '$lib/domain/report/period.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { readEffects, readNamedReasons, readPlanFigures } from '$lib/server/casework/plan/figures/reads.ts';
import { readPlan } from '$lib/server/casework/plan/reads.ts';
import { seenCases } from '$lib/server/http/case-links.ts';
import { actorOf } from '$lib/server/http/cases.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { choicesOf } from '$lib/server/http/plan-page.ts';
import type { PageServerLoad } from './$types';

/** How far the plan of a year is, as a report to the province. */
export const load: PageServerLoad = async (event) => {
	const permitted = await requireRight(event, 'load');
	const { organization, base, sites, path } = permitted;
	const { db } = event.locals.running;
	const today = localDay(Date.now());
	const year = readYear(event.url.searchParams, Number(today.slice(0, 4)));
	const lines = await readPlan(db, { organizationId: organization.id, year, sites, today });
	const mayRead = hasRightToo(event, permitted, 'report:read');
	const { items, reasons } = await choicesOf(db, organization);
	const taskIds = lines.map(({ id }) => id);
	const ofYear = { organizationId: organization.id, versionId: organization.versionId, ...yearOf(year) };
	return {
		...{ base, year, today, lines },
		organization: { name: organization.name, demonstration: organization.demonstration },
		figures: mayRead ? (await readPlanFigures(db, organization, { year, path })).criteria : null,
		effects: mayRead ? await readEffects(db, organization, lines, today) : {},
		named: mayRead ? await readNamedReasons(db, ofYear) : null,
		cases: await seenCases(db, organization.id, { actor: actorOf(event, permitted), taskIds }),
		reasons: Object.fromEntries(reasons.map(({ code, text }) => [code, text])),
		items: Object.fromEntries(items.map(({ code, text }) => [code, text]))
	};
};
