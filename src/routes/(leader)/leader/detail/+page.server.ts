import { error } from '@sveltejs/kit';
import { permits } from '$lib/domain/account/right.ts';
import { DEFAULT_METHOD } from '$lib/domain/report/method.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { CRITERIA } from '$lib/domain/survey/criterion.ts';
import { findVersion } from '$lib/domain/survey/catalogue.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { requireSignedIn } from '$lib/server/http/guard.ts';
import { readLeaderQuestion } from '$lib/server/http/leader-question.ts';
import { noteReading, sayQuestion } from '$lib/server/http/reading.ts';
import { readDetail } from '$lib/server/report/detail/reads.ts';
import { readUsableVersions } from '$lib/server/survey/reads.ts';
import type { PageServerLoad } from './$types';

/** What is behind one cell of the leader's table: the same address with the row as a filter and the criterion. */
export const load: PageServerLoad = async (event) => {
	const query = event.url.searchParams;
	const { organization, user, path } = await requireRight(event, 'load', query.get('org') ?? undefined);
	const criterion = CRITERIA.find((known) => known === (query.get('criterion') ?? 'PV'));
	if (!criterion || organization.kind === 'province') error(404);
	const { db } = event.locals.running;
	const { grants, organization: home } = requireSignedIn(event);
	const officers = permits(grants, 'report:officers', { path, siteId: null }, user.id).allowed;
	if (query.has('officer') && !officers) error(403);
	const now = Date.now();
	const versions = (await readUsableVersions(db, organization.id, true)).map(({ id }) => id);
	const reader = { organization, officers, versions, today: localDay(now) };
	query.delete('by');
	const { question, period, filter, choices } = await readLeaderQuestion(db, query, reader);
	if (filter.officer) {
		const { versionId: version, from, to } = question;
		const detail = sayQuestion({ from, to, method: DEFAULT_METHOD, version, channel: filter.channel ?? 'official' });
		const line = { organizationId: organization.id, actorId: user.id, object: 'leader', detail, now };
		await noteReading(event.locals.running, { ...line, action: 'officer-scores-read' });
	}
	const version = findVersion(question.versionId);
	return {
		...(await readDetail(db, question, criterion)),
		place: Object.entries(filter).map(([name, value]) => ({
			name,
			text: choices[name as keyof typeof choices].find((each) => each.value === value)?.text ?? { vi: value, en: value }
		})),
		organization: { name: organization.name, above: home.kind === 'province' },
		org: organization.id === home.id ? null : organization.id,
		period,
		versionId: question.versionId,
		channels: question.channels ?? [],
		target: question.target,
		asOf: now,
		texts: {
			items: Object.fromEntries((version?.items ?? []).map(({ id, text }) => [id, text])),
			reasons: Object.fromEntries((version?.reasons ?? []).map(({ code, text }) => [code, text]))
		}
	};
};
