import { error, redirect } from '@sveltejs/kit';
import { topicsOf } from '$lib/domain/submission/comment/topic.ts';
import { CRITERIA } from '$lib/domain/survey/criterion.ts';
import { findVersion } from '$lib/domain/survey/catalogue.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { PROBLEMS } from '$lib/server/http/problem.ts';
import { openLeaderQuestion, readerOf } from '$lib/server/http/leader-page.ts';
import { readDetail } from '$lib/server/report/detail/reads.ts';
import { readNamedBatches } from '$lib/server/submission/comment/release/reads.ts';
import type { PageServerLoad } from './$types';

const BATCHES = 60;

/** What is behind one cell of the leader's table: the same address with the row as a filter and the criterion. */
export const load: PageServerLoad = async (event) => {
	const query = event.url.searchParams;
	const permitted = await requireRight(event, 'load', query.get('org') ?? undefined);
	const reader = readerOf(event, permitted);
	const { organization, officers, above, org } = reader;
	const criterion = CRITERIA.find((known) => known === (query.get('criterion') ?? 'PV'));
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	if (!criterion) error(404, { message: PROBLEMS['not-found'].message, code: 'not-found' });
	if (query.has('officer') && !officers) error(403, { message: PROBLEMS.forbidden.message, code: 'forbidden' });
	// Its rows are what it is narrowed to.
	query.delete('by');
	const now = Date.now();
	const { question, period, filter, choices } = await openLeaderQuestion(event, reader, now);
	const behind = await readDetail(event.locals.running.db, question, criterion);
	const version = findVersion(question.versionId);
	const { site, counter, field, officer, channel } = filter;
	const split = officer !== undefined || channel !== undefined;
	const asked = { siteId: site, counterId: counter, fieldId: field, from: period.from, to: period.to };
	const batches = split ? null : await readNamedBatches(event.locals.running.db, organization.id, asked, BATCHES);
	return {
		...behind,
		place: Object.entries(filter).map(([name, value]) => ({
			name,
			text: choices[name as keyof typeof choices].find((each) => each.value === value)?.text ?? { vi: value, en: value }
		})),
		organization: { name: organization.name, above },
		org,
		period,
		versionId: question.versionId,
		channels: question.channels ?? [],
		asOf: now,
		/** null where comments are not told apart as the figures are. */
		batches,
		topics: topicsOf(version?.reasons ?? []),
		texts: {
			items: Object.fromEntries((version?.items ?? []).map(({ id, text }) => [id, text])),
			reasons: Object.fromEntries((version?.reasons ?? []).map(({ code, text }) => [code, text]))
		}
	};
};
