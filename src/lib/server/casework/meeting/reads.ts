import { and, asc, eq, lte, or } from 'drizzle-orm';
import type { CaseFigures } from '../../../domain/casework/figures.ts';
import { agendaOf, type AgendaItem } from '../../../domain/casework/meeting/agenda.ts';
import { countLines, type PlanCounts } from '../../../domain/casework/plan/line.ts';
import { countPromises, type PromiseCounts } from '../../../domain/dialogue/promise.ts';
import { LONGEST_BREAK_DAYS } from '../../../domain/place/calendar/last-day.ts';
import { calendarPeriod } from '../../../domain/report/period.ts';
import { addDays, localDay } from '../../../domain/shared/time.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import type { Db, Tx } from '../../db/db.ts';
import { meetingDecisions } from '../../db/schema/meeting.ts';
import { readLedger } from '../../dialogue/promises/reads.ts';
import { readCalendar } from '../../place/calendar/reads.ts';
import { readCaseFigures, readOpenCases } from '../due/reads.ts';
import { readPlan } from '../plan/reads.ts';

export type StoredDecision = typeof meetingDecisions.$inferSelect;

export async function readDecision(
	db: Db | Tx,
	organizationId: string,
	id: string
): Promise<StoredDecision | undefined> {
	const own = and(eq(meetingDecisions.organizationId, organizationId), eq(meetingDecisions.id, id));
	const [row] = await db.select().from(meetingDecisions).where(own);
	return row;
}

/** What was decided in the week of this Friday, and what is still open of the weeks before it; the oldest first. */
export async function readDecisions(db: Db, organizationId: string, friday: string): Promise<StoredDecision[]> {
	const { friday: week, state, createdAt, id } = meetingDecisions;
	const open = and(lte(week, friday), eq(state, 'open'));
	const its = and(eq(meetingDecisions.organizationId, organizationId), or(eq(week, friday), open));
	return db.select().from(meetingDecisions).where(its).orderBy(asc(week), asc(createdAt), asc(id));
}

/** What a meeting has on its table as it stands now; the figures have their own reading path, which is the report's. */
export interface Meeting {
	late: AgendaItem[];
	soon: AgendaItem[];
	/** Of this week, and of those before what is open. */
	decisions: StoredDecision[];
	/** Of the cases received in the week of the meeting, and in its year until then. */
	cases: { week: CaseFigures & { lateNow: number }; year: CaseFigures & { lateNow: number } };
	plan: PlanCounts;
	promises: PromiseCounts;
}

/** `head`: whether the reader may see the cases that are for the head alone. */
export async function readMeeting(
	db: Db,
	organizationId: string,
	{ friday, head, now }: { friday: string; head: boolean; now: number }
): Promise<Meeting> {
	const today = localDay(now);
	const decisions = await readDecisions(db, organizationId, friday);
	const path = await readOrganizationPath(db, organizationId);
	const [first] = [today, ...decisions.map(({ dueDay }) => dueDay)].toSorted();
	const calendar = await readCalendar(db, path, first, addDays(today, LONGEST_BREAK_DAYS));
	const cases = await readOpenCases(db, organizationId, now);
	const year = Number(friday.slice(0, 4));
	const { from, to } = calendarPeriod('week', friday);
	const owed = {
		cases: cases.filter(({ toHead }) => head || !toHead),
		tasks: await readPlan(db, { organizationId, year, sites: null, today }),
		promises: await readLedger(db, organizationId, today),
		decisions
	};
	return {
		...agendaOf(owed, { today, until: addDays(today, 7), calendar }),
		decisions,
		cases: {
			week: await readCaseFigures(db, organizationId, { from, to }, now),
			year: await readCaseFigures(db, organizationId, { from: `${year}-01-01`, to }, now)
		},
		plan: countLines(owed.tasks),
		promises: countPromises(owed.promises.map(({ standing }) => standing))
	};
}
