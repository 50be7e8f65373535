import { readPeriod } from '$lib/domain/report/period.ts';
import { DIMENSIONS } from '$lib/domain/report/table.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { BUILT_IN_VERSIONS, findVersion } from '$lib/domain/survey/catalogue.ts';
import { requireRight } from '$lib/server/http/guard.ts';
import { readIndexTable, readSheetTotals } from '$lib/server/report/reads.ts';
import { readTerminalHealth } from '$lib/server/terminal/reads.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organization } = await requireRight(event, 'load');
	const { locals, url } = event;
	const { db } = locals.running;
	const now = Date.now();
	const period = readPeriod(url.searchParams, localDay(now));
	const by = DIMENSIONS.find((known) => known === url.searchParams.get('by')) ?? 'officer';
	const versionId = findVersion(url.searchParams.get('version') ?? '')?.id ?? organization.versionId;
	const question = { organizationId: organization.id, from: period.from, to: period.to, versionId };
	return {
		table: await readIndexTable(db, { ...question, by, target: organization.target / 100 }),
		totals: await readSheetTotals(db, question),
		by,
		period,
		asOf: now,
		versions: BUILT_IN_VERSIONS.map(({ id, title }) => ({ id, title })),
		terminals: await readTerminalHealth(db, organization.id, now)
	};
};
