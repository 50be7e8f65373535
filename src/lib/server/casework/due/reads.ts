import { and, eq, gte, inArray, isNull, lt, or } from 'drizzle-orm';
import { OPEN_CASES } from '../../../domain/casework/case.ts';
import { calendarSpan, dueOf, type Due, type Office } from '../../../domain/casework/clock.ts';
import { countCases, countPressing, type CaseFigures, type Pressing } from '../../../domain/casework/figures.ts';
import { USUAL_HOURS } from '../../../domain/place/calendar/hours.ts';
import { addDays, startOfLocalDay } from '../../../domain/shared/time.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import type { Db, Tx } from '../../db/db.ts';
import { cases } from '../../db/schema/casework.ts';
import { sites } from '../../db/schema/place.ts';
import { readCalendar } from '../../place/calendar/reads.ts';
import type { StoredCase } from '../cases/reads.ts';

/**
 * What somebody may see of an organization's cases: all or those of some sites, with or without what is for the head alone; and
 * always what they are named for, unless it is.
 */
export interface CaseScope {
	organizationId: string;
	/** null: all of them; empty: none but one's own. */
	sites: readonly string[] | null;
	head: boolean;
	userId: string;
}

export type DueCase = StoredCase & { due: Due };

/** The calendar and the hours of the main site, by which cases that were received at these times are due. */
export async function readOffice(
	db: Db | Tx,
	organizationId: string,
	received: readonly number[],
	now: number
): Promise<Office> {
	const path = await readOrganizationPath(db, organizationId);
	const calendar = await readCalendar(db, path, ...calendarSpan(received, now));
	const main = and(eq(sites.organizationId, organizationId), eq(sites.kind, 'main'), isNull(sites.archivedAt));
	const [site] = await db.select({ hours: sites.hours }).from(sites).where(main).orderBy(sites.id).limit(1);
	// By hours that never open nothing would ever be due.
	const opens = site?.hours?.some((day) => day.length > 0);
	return { calendar, hours: (opens && site?.hours) || USUAL_HOURS };
}

const ofOrganization = (organizationId: string) => eq(cases.organizationId, organizationId);
/** Somebody still owes something: an answer, or its publication. */
const owed = or(inArray(cases.state, OPEN_CASES), and(eq(cases.state, 'answered'), eq(cases.keptPrivate, false)));

function within({ organizationId, sites: own, head, userId }: CaseScope) {
	const reached = own === null ? undefined : inArray(cases.siteId, [...own]);
	const seen = reached && or(reached, eq(cases.assigneeId, userId));
	return and(ofOrganization(organizationId), seen, head ? undefined : eq(cases.toHead, false));
}

/** All that is still to be answered or published, with until when; the most pressing first, what waits for its sender last. */
export async function readOpenCases(db: Db, organizationId: string, now: number): Promise<DueCase[]> {
	const rows = await db
		.select()
		.from(cases)
		.where(and(ofOrganization(organizationId), owed));
	return byDue(await withDue(db, organizationId, rows, now));
}

/** Every case that somebody may see, with until when its next step is due. */
export async function readCasesWithin(db: Db, scope: CaseScope, now: number): Promise<DueCase[]> {
	return withDue(db, scope.organizationId, await db.select().from(cases).where(within(scope)), now);
}

/** How many of what somebody may see are late, and how many will be so soon. */
export async function countPressingCases(db: Db, scope: CaseScope, now: number): Promise<Pressing> {
	const rows = await db
		.select(TIMED)
		.from(cases)
		.where(and(within(scope), owed));
	return countPressing(rows, await readOffice(db, scope.organizationId, received(rows), now), now);
}

/** What became of the cases received from the first to the last day, and how many of all are late now: for every page alike. */
export async function readCaseFigures(
	db: Db,
	organizationId: string,
	{ from, to }: { from: string; to: string },
	now: number
): Promise<CaseFigures & { lateNow: number }> {
	const inPeriod = and(
		ofOrganization(organizationId),
		gte(cases.receivedAt, startOfLocalDay(from)),
		lt(cases.receivedAt, startOfLocalDay(addDays(to, 1)))
	);
	const rows = await db.select(TIMED).from(cases).where(inPeriod);
	const open = await db
		.select(TIMED)
		.from(cases)
		.where(and(ofOrganization(organizationId), owed));
	const office = await readOffice(db, organizationId, received([...rows, ...open]), now);
	return { ...countCases(rows, office, now), lateNow: countPressing(open, office, now).late };
}

/** All that a clock and the figures need, and none of the words. */
const TIMED = {
	...{ state: cases.state, class: cases.class, rating: cases.rating, keptPrivate: cases.keptPrivate },
	...{ receivedAt: cases.receivedAt, startedAt: cases.startedAt, forwardedAt: cases.forwardedAt },
	...{ answeredAt: cases.answeredAt, publishedAt: cases.publishedAt, pauses: cases.pauses },
	...{ forwardHours: cases.forwardHours, answerDays: cases.answerDays },
	...{ limitDays: cases.limitDays, publishDays: cases.publishDays }
};

const received = (rows: readonly { receivedAt: number }[]) => rows.map(({ receivedAt }) => receivedAt);

async function withDue(db: Db, organizationId: string, rows: StoredCase[], now: number): Promise<DueCase[]> {
	const office = await readOffice(db, organizationId, received(rows), now);
	return rows.map((row) => ({ ...row, due: dueOf(row, office, now) }));
}

const byDue = (rows: DueCase[]) =>
	rows.sort((a, b) => (a.due.at ?? Infinity) - (b.due.at ?? Infinity) || a.year - b.year || a.seq - b.seq);
