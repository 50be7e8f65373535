import { and, asc, between, count, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { counterLabel } from '../../../domain/place/counter.ts';
import { localDay } from '../../../domain/shared/time.ts';
import { checkSheet, type CheckedSheet, type SheetProblem } from '../../../domain/submission/check.ts';
import type { QuarantineState, QuarantineTotals } from '../../../domain/submission/quarantine.ts';
import type { Outcome } from '../../../domain/shared/outcome.ts';
import { findVersion } from '../../../domain/survey/catalogue.ts';
import type { Db, Tx } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { counters, duties, fields, officers } from '../../db/schema/place.ts';
import { quarantine } from '../../db/schema/submission.ts';
import { terminals } from '../../db/schema/terminal.ts';
import { knowVersionsOf } from '../../survey/reads.ts';

/** The part of a desk that somebody sees: null is all of the organization. */
export interface DeskScope {
	organizationId: string;
	sites: readonly string[] | null;
}

export interface DeskFilter {
	state: QuarantineState | null;
	terminalId: string | null;
	code: string | null;
}

const inScope = ({ organizationId, sites }: DeskScope): SQL =>
	and(eq(quarantine.organizationId, organizationId), sites ? inArray(counters.siteId, [...sites]) : undefined)!;

const fitting = ({ state, terminalId, code }: DeskFilter) => [
	state ? eq(quarantine.state, state) : undefined,
	terminalId ? eq(quarantine.terminalId, terminalId) : undefined,
	code ? eq(quarantine.code, code) : undefined
];

/** How many lines lie in each state for each code and tablet: all that the desk shows of them at first. */
export async function readDeskCounts(db: Db, scope: DeskScope) {
	return db
		.select({
			code: quarantine.code,
			state: quarantine.state,
			terminalId: quarantine.terminalId,
			terminal: terminals.name,
			lines: count()
		})
		.from(quarantine)
		.leftJoin(terminals, eq(terminals.id, quarantine.terminalId))
		.leftJoin(counters, eq(counters.id, terminals.counterId))
		.where(inScope(scope))
		.groupBy(quarantine.code, quarantine.state, quarantine.terminalId, terminals.name);
}

export function totalsOf(counts: readonly { state: QuarantineState; lines: number }[]): QuarantineTotals {
	const of = (...states: QuarantineState[]) =>
		counts.filter(({ state }) => states.includes(state)).reduce((sum, { lines }) => sum + lines, 0);
	return { accepted: of('accepted'), keptOut: of('kept-out'), waiting: of('waiting', 'proposed') };
}

/** Of what came in between two instants (the second excluded), milliseconds. */
export async function readQuarantineTotals(
	db: Db,
	organizationId: string,
	{ from, until }: { from: number; until: number }
): Promise<QuarantineTotals> {
	const own = eq(quarantine.organizationId, organizationId);
	const counts = await db
		.select({ state: quarantine.state, lines: count() })
		.from(quarantine)
		.where(and(own, between(quarantine.receivedAt, from, until - 1)))
		.groupBy(quarantine.state);
	return totalsOf(counts);
}

export interface DeskLine {
	id: string;
	code: string;
	state: QuarantineState;
	/** Of arrival; nothing finer is told, and neither is when it was answered. */
	receivedOn: string;
	terminal: string;
	counter: string;
	/** Whether what it says can become a sheet. */
	acceptable: boolean;
	reason: string;
	proposedBy: { id: string; name: string } | null;
	decidedBy: string | null;
}

/** One page of lines, in an order that says nothing of when they came within a day. */
export async function readDeskLines(
	db: Db,
	scope: DeskScope,
	filter: DeskFilter,
	{ offset, limit }: { offset: number; limit: number }
): Promise<DeskLine[]> {
	const rows = await lines(db, [inScope(scope), ...fitting(filter)])
		.orderBy(desc(dayOf), asc(quarantine.id))
		.limit(limit)
		.offset(offset);
	return inWords(db, rows);
}

/** One line with the sheet it holds, for whoever opens it; null where it is not theirs. */
export async function readDeskLine(db: Db, scope: DeskScope, id: string) {
	const rows = await lines(db, [inScope(scope), eq(quarantine.id, id)]).limit(1);
	if (rows.length === 0) return null;
	const [line] = await inWords(db, rows);
	const read = readBody(rows[0].line.body);
	if (!read.ok) return { line, sheet: null, officerId: null };
	const sheet = read.value;
	const version = findVersion(sheet.versionId)!;
	const [duty] = await db
		.select({ officerId: duties.officerId, officer: officers.name })
		.from(duties)
		.leftJoin(officers, eq(officers.id, duties.officerId))
		.where(and(eq(duties.id, sheet.dutyId ?? ''), eq(duties.organizationId, scope.organizationId)));
	const [field] = await db
		.select({ name: fields.name })
		.from(fields)
		.where(and(eq(fields.id, sheet.fieldId ?? ''), eq(fields.organizationId, scope.organizationId)));
	return {
		line,
		officerId: duty?.officerId ?? null,
		sheet: {
			questionnaire: version.title,
			officer: duty?.officer ?? null,
			field: field?.name ?? null,
			answers: sheet.answers.map(({ itemId, value }) => ({
				question: version.items.find(({ id }) => id === itemId)!.text,
				value
			})),
			reasons: sheet.reasons.map(
				(code) => version.reasons.find((reason) => reason.code === code)?.text ?? { vi: code, en: code }
			),
			hasComment: sheet.comment !== null
		}
	};
}

/** The local day of arrival as a number: within a day the order of ids, which are hashes, says nothing of when. */
const dayOf = sql`(${quarantine.receivedAt} + 25200000) / 86400000`;

function lines(db: Db, where: (SQL | undefined)[]) {
	return db
		.select({ line: quarantine, terminal: terminals.name, number: counters.number, counter: counters.name })
		.from(quarantine)
		.leftJoin(terminals, eq(terminals.id, quarantine.terminalId))
		.leftJoin(counters, eq(counters.id, terminals.counterId))
		.where(and(...where))
		.$dynamic();
}

interface Found {
	line: typeof quarantine.$inferSelect;
	terminal: string | null;
	number: string | null;
	counter: string | null;
}

async function inWords(db: Db, rows: Found[]): Promise<DeskLine[]> {
	await knowVersionsOf(
		db,
		rows.map(({ line }) => JSON.parse(line.body) as unknown)
	);
	const named = [...new Set(rows.flatMap(({ line }) => [line.proposedBy ?? [], line.decidedBy ?? []].flat()))];
	const people = named.length ? await db.select().from(users).where(inArray(users.id, named)) : [];
	const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id;
	return rows.map(({ line, terminal, number, counter }) => ({
		id: line.id,
		code: line.code,
		state: line.state,
		receivedOn: localDay(line.receivedAt),
		terminal: terminal ?? '',
		counter: number && counter ? counterLabel({ number, name: counter }) : '',
		acceptable: readBody(line.body).ok,
		reason: line.reason,
		proposedBy: line.proposedBy ? { id: line.proposedBy, name: nameOf(line.proposedBy) } : null,
		decidedBy: line.decidedBy && nameOf(line.decidedBy)
	}));
}

/** What a line says, checked as if it came today: a questionnaire or a reason may have become known since. */
export function readBody(body: string): Outcome<CheckedSheet, SheetProblem> {
	return checkSheet(JSON.parse(body) as unknown, findVersion);
}

/** The officer whom the duty of a sheet names, if that duty is this organization's. */
export async function readDutyOf(tx: Tx, organizationId: string, dutyId: string | null) {
	if (dutyId === null) return undefined;
	const [duty] = await tx
		.select()
		.from(duties)
		.where(and(eq(duties.id, dutyId), eq(duties.organizationId, organizationId)));
	return duty;
}

/** Lines with where their tablet stands; the database's own order inside a transaction. */
export async function readForDeciding(tx: Tx, scope: DeskScope, ids: readonly string[]) {
	return tx
		.select({ line: quarantine, counterId: terminals.counterId })
		.from(quarantine)
		.leftJoin(terminals, eq(terminals.id, quarantine.terminalId))
		.leftJoin(counters, eq(counters.id, terminals.counterId))
		.where(and(inScope(scope), inArray(quarantine.id, [...ids])))
		.orderBy(asc(quarantine.id));
}
