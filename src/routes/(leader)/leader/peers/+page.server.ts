import { redirect } from '@sveltejs/kit';
import { changesBetween, hasFigures } from '$lib/domain/report/change.ts';
import { inOrder } from '$lib/domain/report/published/comparison.ts';
import { predecessorRanges } from '$lib/domain/report/published/predecessors.ts';
import { readYear, yearOf } from '$lib/domain/report/period.ts';
import { localDay } from '$lib/domain/shared/time.ts';
import { hasRightToo, requireRight } from '$lib/server/http/guard.ts';
import { readerOf } from '$lib/server/http/leader-page.ts';
import { readPredecessors, readPublished } from '$lib/server/report/published/reads.ts';
import { readIndexTable } from '$lib/server/report/reads.ts';
import type { PageServerLoad } from './$types';

/** The ward's own figures of a year beside those of the year before and what others have published. */
export const load: PageServerLoad = async (event) => {
	const query = event.url.searchParams;
	const permitted = await requireRight(event, 'load', query.get('org') ?? undefined);
	const { organization, above, org, path } = readerOf(event, permitted);
	// A province answers nothing itself: whoever leads it chooses a ward.
	if (organization.kind === 'province') redirect(303, '/leader');
	const { db } = event.locals.running;
	const now = Date.now();
	const thisYear = Number(localDay(now).slice(0, 4));
	const year = readYear(query, thisYear);
	const { id: organizationId, versionId, target } = organization;
	const ofYear = (of: number) =>
		readIndexTable(db, { organizationId, by: 'criterion', ...yearOf(of), versionId, target: target / 100 });
	const [own, before] = [await ofYear(year), await ofYear(year - 1)];
	const tables = await readPublished(db, path);
	const predecessors = await readPredecessors(db, organization.id);
	return {
		organization: { name: organization.name, above },
		org,
		year,
		thisYear,
		asOf: now,
		own,
		before: hasFigures(before) ? before : null,
		change: hasFigures(own) && hasFigures(before) ? (changesBetween(own, before)?.total ?? null) : null,
		published: inOrder(tables, { method: own.method }),
		merged: predecessors && { basis: predecessors.basis, ranges: predecessorRanges(tables, predecessors) },
		mayImport: hasRightToo(event, permitted, 'peers:write')
	};
};
