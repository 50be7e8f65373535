import { and, asc, between, eq, ne, notLike } from 'drizzle-orm';
import { OUTCOME_NOT_SERVED } from '../../../domain/survey/questionnaire.ts';
import type { Db } from '../../db/db.ts';
import { counters, fields, officers, sites } from '../../db/schema/place.ts';
import { releasedCounts } from '../../db/schema/report.ts';
import { FLAG_ITEM, REASON_ITEM } from '../../../domain/submission/counting.ts';

/**
 * Released counts of a period with the names of their places; days are local, both included. Item '' counts the sheets. Sheets not
 * served, doubted or with a reason are left out: they are released with the sheets around them, so a line of theirs may be one person.
 */
export function readReleasedDays(
	db: Db,
	{ organizationId, versionId, from, to }: { organizationId: string; versionId: string; from: string; to: string }
) {
	const { day, channel, siteId, counterId, fieldId, officerId, itemId } = releasedCounts;
	return db
		.select({
			day,
			version: releasedCounts.versionId,
			channel,
			site: sites.name,
			counterNumber: counters.number,
			counter: counters.name,
			fieldCode: fields.code,
			field: fields.name,
			officer: officers.name,
			item: itemId,
			n1: releasedCounts.n1,
			n2: releasedCounts.n2,
			n3: releasedCounts.n3,
			n4: releasedCounts.n4,
			n5: releasedCounts.n5,
			notApplicable: releasedCounts.notApplicable,
			sheets: releasedCounts.sheets
		})
		.from(releasedCounts)
		.leftJoin(sites, eq(sites.id, siteId))
		.leftJoin(counters, eq(counters.id, counterId))
		.leftJoin(fields, eq(fields.id, fieldId))
		.leftJoin(officers, eq(officers.id, officerId))
		.where(
			and(
				eq(releasedCounts.organizationId, organizationId),
				eq(releasedCounts.versionId, versionId),
				between(day, from, to),
				ne(itemId, OUTCOME_NOT_SERVED),
				notLike(itemId, `${FLAG_ITEM}%`),
				notLike(itemId, `${REASON_ITEM}%`)
			)
		)
		.orderBy(asc(day), asc(channel), asc(siteId), asc(counterId), asc(fieldId), asc(officerId), asc(itemId));
}
