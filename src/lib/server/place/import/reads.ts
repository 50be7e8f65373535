import { and, eq, gt, isNull, ne, or } from 'drizzle-orm';
import type { CellProblem, Checked } from '../../../domain/place/import/cell.ts';
import { guessMapping, type ImportKind, type Mapping, missingColumns } from '../../../domain/place/import/columns.ts';
import { checkCounters, type CounterChange } from '../../../domain/place/import/counters.ts';
import { checkOfficers, type OfficerChange } from '../../../domain/place/import/officers.ts';
import { checkRoster, type DutyChange } from '../../../domain/place/import/roster.ts';
import type { Separator } from '../../../domain/place/import/separator.ts';
import { DAY_MS, localDay } from '../../../domain/shared/time.ts';
import type { Db, Tx } from '../../db/db.ts';
import { counterFields, counters, duties, fields, importDrafts, officers, sites } from '../../db/schema/place.ts';
import { readSheet, type Sheet } from './sheet.ts';

/** A draft of somebody's own; nobody else has any business with it. */
export async function readImportDraft(
	db: Db,
	{ organizationId, userId, id }: Record<'organizationId' | 'userId' | 'id', string>
) {
	const own = and(
		eq(importDrafts.id, id),
		eq(importDrafts.organizationId, organizationId),
		eq(importDrafts.userId, userId)
	);
	const [draft] = await db.select().from(importDrafts).where(own);
	return draft ?? null;
}
export type ImportDraft = typeof importDrafts.$inferSelect;

/** How somebody wants a file to be read, where not as we would. */
export interface ReadingWish {
	separator?: Separator;
	header?: boolean;
	mapping?: Mapping;
}

/** A file's table and what each of its columns is. */
export interface Reading {
	sheet: Sheet;
	header: boolean;
	mapping: Mapping;
}

/** The file once more, word for word as it came; it was readable when it was kept. */
export function readingOf(draft: ImportDraft, wish: ReadingWish): Reading {
	const sheet = readSheet(Buffer.from(draft.content, 'base64'), wish.separator);
	if (!sheet.ok) throw new Error(`A draft that cannot be read was kept: ${sheet.reason}`);
	const first = sheet.value.rows[0]?.cells ?? [];
	const width = sheet.value.rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
	const guessed = guessMapping(
		draft.kind,
		Array.from({ length: width }, (_, i) => first[i] ?? '')
	);
	const mapping = guessed.mapping.map((key, i) => (wish.mapping && i in wish.mapping ? wish.mapping[i] : key));
	return { sheet: sheet.value, header: wish.header ?? guessed.header, mapping };
}

export type Change = OfficerChange | CounterChange | DutyChange;

/** What a draft would do as things stand, row by row; null while a column that it cannot do without is not known. */
export async function readPlan(
	db: Db | Tx,
	{ kind, organizationId }: Pick<ImportDraft, 'kind' | 'organizationId'>,
	{ sheet, header, mapping }: Reading,
	{ sites, now }: { sites: readonly string[] | null; now: number }
): Promise<Checked<Change> | null> {
	if (missingColumns(kind, mapping).length > 0) return null;
	const rows = sheet.rows.slice(header ? 1 : 0).map(({ row, cells }) => {
		const named: Record<string, string> = {};
		for (const [i, key] of mapping.entries()) if (key !== null) named[key] = cells[i] ?? '';
		return { row, cells: named };
	});
	const checked = await CHECKS[kind](db, organizationId, rows, sites, now);
	if (sheet.unclosed === null) return checked;
	const quotes: CellProblem = { row: sheet.unclosed, column: null, code: 'quotes', text: '' };
	const cut = checked.rows.map((each) =>
		each.row < quotes.row ? each : { ...each, state: 'wrong' as const, change: null }
	);
	return { rows: cut, problems: [quotes, ...checked.problems] };
}

type Rows = Parameters<typeof checkOfficers>[0];
type Check = (
	db: Db | Tx,
	organizationId: string,
	rows: Rows,
	sites: readonly string[] | null,
	now: number
) => Promise<Checked<Change>>;

const CHECKS: Record<ImportKind, Check> = {
	officers: async (db, organizationId, rows) => checkOfficers(rows, await readStandingOfficers(db, organizationId)),
	counters: async (db, organizationId, rows) => {
		const [itsSites, itsCounters, itsFields] = await Promise.all([
			readStandingSites(db, organizationId),
			readStandingCounters(db, organizationId),
			db
				.select()
				.from(fields)
				.where(and(eq(fields.organizationId, organizationId), isNull(fields.archivedAt)))
		]);
		const served = await readServed(db, organizationId);
		const withFields = itsCounters.map((counter) => ({ ...counter, fieldIds: served.get(counter.id) ?? [] }));
		return checkCounters(rows, { sites: itsSites, counters: withFields, fields: itsFields });
	},
	roster: async (db, organizationId, rows, sites, now) => {
		const [itsSites, itsCounters, itsOfficers, standing] = await Promise.all([
			readStandingSites(db, organizationId),
			readStandingCounters(db, organizationId),
			readStandingOfficers(db, organizationId),
			readStandingDuties(db, organizationId, now)
		]);
		const theirs = <Each>(all: Each[], siteOf: (each: Each) => string) =>
			sites === null ? all : all.filter((each) => sites.includes(siteOf(each)));
		const known = {
			sites: theirs(itsSites, ({ id }) => id),
			counters: theirs(itsCounters, ({ siteId }) => siteId),
			others: itsCounters,
			officers: itsOfficers,
			duties: standing
		};
		return checkRoster(rows, known, localDay(now));
	}
};

function readStandingOfficers(db: Db | Tx, organizationId: string) {
	return db
		.select()
		.from(officers)
		.where(and(eq(officers.organizationId, organizationId), isNull(officers.archivedAt)));
}

function readStandingSites(db: Db | Tx, organizationId: string) {
	return db
		.select()
		.from(sites)
		.where(and(eq(sites.organizationId, organizationId), isNull(sites.archivedAt)));
}

async function readStandingCounters(db: Db | Tx, organizationId: string) {
	const rows = await db
		.select({ counter: counters })
		.from(counters)
		.innerJoin(sites, eq(sites.id, counters.siteId))
		.where(and(eq(counters.organizationId, organizationId), isNull(counters.archivedAt), isNull(sites.archivedAt)));
	return rows.map(({ counter }) => counter);
}

async function readServed(db: Db | Tx, organizationId: string): Promise<Map<string, string[]>> {
	const links = await db
		.select({ counterId: counterFields.counterId, fieldId: counterFields.fieldId })
		.from(counterFields)
		.innerJoin(fields, eq(fields.id, counterFields.fieldId))
		.where(and(eq(fields.organizationId, organizationId), isNull(fields.archivedAt)));
	const served = new Map<string, string[]>();
	for (const { counterId, fieldId } of links) served.set(counterId, [...(served.get(counterId) ?? []), fieldId]);
	return served;
}

/** A file brought in again a while later still finds its own rows of the last weeks in the roster. */
const LOOK_BACK_MS = 60 * DAY_MS;

function readStandingDuties(db: Db | Tx, organizationId: string, now: number) {
	const lasting = or(
		isNull(duties.endsAt),
		and(gt(duties.endsAt, now - LOOK_BACK_MS), ne(duties.endsAt, duties.startsAt))
	);
	return db
		.select()
		.from(duties)
		.where(and(eq(duties.organizationId, organizationId), lasting));
}
