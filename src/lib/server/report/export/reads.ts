import { and, asc, between, eq, ne, notLike, sql, type SQL } from 'drizzle-orm';
import { OUTCOME_NOT_SERVED } from '../../../domain/survey/questionnaire.ts';
import type { Db, Queries } from '../../db/db.ts';
import { counters, fields, officers, sites } from '../../db/schema/place.ts';
import { releasedCounts } from '../../db/schema/report.ts';
import { FLAG_ITEM, REASON_ITEM } from '../../../domain/submission/counting.ts';

/** What an export is asked for; days are local, both included. */
export interface ExportQuestion {
	organizationId: string;
	versionId: string;
	from: string;
	to: string;
}

/** Lines that are held at once, however many there are. */
export const PAGE_ROWS = 1000;

/**
 * Released counts of a period with the names of their places, page by page, all of one moment: a release meanwhile is in none of them,
 * and neither waits for the other. The next page is read when the last was taken.
 */
export function readReleasedDays<T>(
	db: Db,
	question: ExportQuestion,
	take: (pages: AsyncIterable<ReleasedDay[]>) => Promise<T>
): Promise<T> {
	return db.store.snapshot((at) => take(pagesOf(at, question)));
}

export type ReleasedDay = Omit<Awaited<ReturnType<typeof readPage>>[number], 'key'>;

async function* pagesOf(at: Queries, question: ExportQuestion): AsyncGenerator<ReleasedDay[]> {
	for (let after: Key | undefined; ;) {
		const page = await readPage(at, question, after);
		after = page.at(-1)?.key;
		if (page.length > 0) yield page.map(({ key: _, ...row }) => row);
		if (page.length < PAGE_ROWS) return;
	}
}

/** Where a line stands among the others: what the table is sorted by within an organization and version. */
const KEY = {
	day: releasedCounts.day,
	channel: releasedCounts.channel,
	siteId: releasedCounts.siteId,
	counterId: releasedCounts.counterId,
	fieldId: releasedCounts.fieldId,
	officerId: releasedCounts.officerId,
	itemId: releasedCounts.itemId
};
type Key = Record<keyof typeof KEY, string>;

/**
 * Item '' counts the sheets. Sheets not served, doubted or with a reason are left out: they are released with the sheets around them,
 * so a line of theirs may be one person.
 */
function readPage(at: Queries, { organizationId, versionId, from, to }: ExportQuestion, after: Key | undefined) {
	const { day, channel, siteId, counterId, fieldId, officerId, itemId } = KEY;
	return at
		.select({
			key: KEY,
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
				// The day of the last line as well, so that whichever bound the engine seeks by, it does not walk through what was read.
				between(day, after?.day ?? from, to),
				after && isBehind(after),
				ne(itemId, OUTCOME_NOT_SERVED),
				notLike(itemId, `${FLAG_ITEM}%`),
				notLike(itemId, `${REASON_ITEM}%`)
			)
		)
		.orderBy(...Object.values(KEY).map((column) => asc(column)))
		.limit(PAGE_ROWS);
}

function isBehind(after: Key): SQL {
	const names = Object.keys(KEY) as (keyof Key)[];
	const row = (parts: unknown[]) =>
		sql.join(
			parts.map((part) => sql`${part}`),
			sql`, `
		);
	return sql`(${row(names.map((name) => KEY[name]))}) > (${row(names.map((name) => after[name]))})`;
}
