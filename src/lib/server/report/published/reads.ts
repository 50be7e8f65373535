import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { excerpt, sameText } from '../../../domain/place/import/cell.ts';
import type { SheetLimits, SheetRefusal } from '../../../domain/place/import/separator.ts';
import { type CheckedTable, checkPublished, type PublishedUnit } from '../../../domain/report/published/check.ts';
import type { PublishedTable } from '../../../domain/report/published/comparison.ts';
import type { Predecessors } from '../../../domain/report/published/predecessors.ts';
import { type FigureColumn, type Headings, readHeadings } from '../../../domain/report/published/headings.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import type { Db, Queries } from '../../db/db.ts';
import { organizations } from '../../db/schema/place.ts';
import { publishedFigures, publishedSeries } from '../../db/schema/report.ts';
import { readSheet } from '../../place/import/sheet.ts';

/** Of a province with all its units, and more. */
export const PUBLISHED_LIMITS: SheetLimits = { bytes: 200_000, rows: 500, columns: 40 };

/** What was said about a table that somebody published, and the table as it came. */
export interface PublishedFile {
	/** null: the one that its headings name. */
	year: number | null;
	method: string;
	source: string;
	bytes: Uint8Array;
}

/** What importing a table would store, line by line. */
export interface PublishedLook extends CheckedTable {
	year: number;
	changeSince: number | null;
	unused: string[];
}

/** Why a table cannot be looked at line by line. */
export type PublishedRefusal = SheetRefusal | 'headings' | 'year-missing' | 'year-differs';

/** Reads a table as it would be imported; nothing is kept. */
export async function lookAtPublished(
	db: Queries,
	organizationId: string,
	{ year: said, method, bytes }: PublishedFile
): Promise<Outcome<PublishedLook, PublishedRefusal>> {
	const sheet = readSheet(bytes, undefined, PUBLISHED_LIMITS);
	if (!sheet.ok) return sheet;
	const [first, ...rows] = sheet.value.rows;
	const headings: Headings = readHeadings(first.cells);
	const figures = headings.columns.filter((column) => column !== null && column !== 'unit' && column !== 'change');
	if (!headings.columns.includes('unit') || figures.length === 0) return { ok: false, reason: 'headings' };
	const year = said ?? headings.year;
	if (year === null) return { ok: false, reason: 'year-missing' };
	if (headings.year !== null && headings.year !== year) return { ok: false, reason: 'year-differs' };
	const standing = await readStandingUnits(db, organizationId, { year, method });
	const checked = checkPublished(rows, headings, standing);
	const { unclosed } = sheet.value;
	if (unclosed !== null) checked.problems.unshift({ row: unclosed, column: null, code: 'quotes', text: '' });
	const changeSince = headings.columns.includes('change') ? (headings.changeSince ?? year - 1) : null;
	return { ok: true, value: { ...checked, year, changeSince, unused: headings.unused.map(excerpt) } };
}

/** Units that stand in a table of this year and method already. */
export async function readStandingUnits(
	db: Queries,
	organizationId: string,
	{ year, method }: { year: number; method: string }
) {
	const rows = await db
		.selectDistinct({ unit: publishedFigures.unit, method: publishedSeries.method })
		.from(publishedSeries)
		.innerJoin(publishedFigures, ofSeries)
		.where(
			and(
				eq(publishedSeries.organizationId, organizationId),
				eq(publishedSeries.year, year),
				isNull(publishedSeries.removedAt)
			)
		);
	return rows.filter((row) => sameText(row.method) === sameText(method)).map(({ unit }) => unit);
}

const ofSeries = and(
	eq(publishedFigures.organizationId, publishedSeries.organizationId),
	eq(publishedFigures.seriesId, publishedSeries.id)
);

/** Published tables of these organizations, the newest import first; removed ones too where they are asked for. */
export async function readPublished(
	db: Db,
	organizationIds: readonly string[],
	{ removed = false }: { removed?: boolean } = {}
): Promise<PublishedTable[]> {
	const series = await db
		.select()
		.from(publishedSeries)
		.where(
			and(
				inArray(publishedSeries.organizationId, [...organizationIds]),
				removed ? undefined : isNull(publishedSeries.removedAt)
			)
		)
		.orderBy(desc(publishedSeries.year), desc(publishedSeries.importedAt), asc(publishedSeries.id));
	if (series.length === 0) return [];
	const ids = series.map(({ id }) => id);
	const figures = await db
		.select()
		.from(publishedFigures)
		.where(and(inArray(publishedFigures.organizationId, [...organizationIds]), inArray(publishedFigures.seriesId, ids)))
		.orderBy(asc(publishedFigures.place));
	const bySeries = Map.groupBy(figures, ({ organizationId, seriesId }) => `${organizationId} ${seriesId}`);
	return series.map(({ importedBy: _, ...one }) => ({
		...one,
		units: unitsOf(bySeries.get(`${one.organizationId} ${one.id}`) ?? [])
	}));
}

function unitsOf(figures: readonly (typeof publishedFigures.$inferSelect)[]): PublishedUnit[] {
	return [...Map.groupBy(figures, ({ place }) => place).values()].map((own) => ({
		unit: own[0].unit,
		values: Object.fromEntries(own.map(({ criterion, value }) => [criterion as FigureColumn, value])),
		change: own.find(({ criterion }) => criterion === 'SIPAS')?.change ?? null
	}));
}

/** null: it was not merged from anything, as far as anybody said. */
export async function readPredecessors(db: Queries, organizationId: string): Promise<Predecessors | null> {
	const [row] = await db
		.select({ predecessors: organizations.predecessors })
		.from(organizations)
		.where(eq(organizations.id, organizationId));
	return row?.predecessors ?? null;
}
