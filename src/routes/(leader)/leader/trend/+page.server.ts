import { redirect } from '@sveltejs/kit';
import { readStep, trendPeriod } from '$lib/domain/report/trend.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { openLeaderQuestion, readerOf } from '$lib/server/http/leader-page.ts';
import { readTrend } from '$lib/server/report/trend/reads.ts';
import type { PageServerLoad } from './$types';

/** The leader's figures over weeks or months: the same address as the table's, and how wide a step is. */
export const load: PageServerLoad = async (event) => {
	const query = event.url.searchParams;
	const permitted = await requireRight(event, 'load', query.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	const { organization, above } = reader;
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const now = Date.now();
	const step = readStep(query.get('step'));
	// Its rows are steps of time, whatever those of the table were.
	query.set('by', step);
	const { question, period, filter, choices } = await openLeaderQuestion(event, reader, now, 'trend');
	const today = localDay(now);
	const span = trendPeriod(period, step, today);
	const reading = await readTrend(event.locals.running.db, { ...question, ...span }, step, !filter.channel);
	return {
		...reading,
		step,
		span,
		running: span.to >= today,
		filter,
		choices,
		period,
		targets: reading.tables[0].table.targets,
		asOf: now,
		organization: { name: organization.name, above }
	};
};
