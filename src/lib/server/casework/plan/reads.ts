import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { standingOf, weeksOf, type Due } from '../../../domain/casework/plan/due.ts';
import { countLines, type PlanCounts, type PlanLine, withoutNewsOf } from '../../../domain/casework/plan/line.ts';
import type { TaskText } from '../../../domain/casework/plan/task.ts';
import type { Calendar } from '../../../domain/place/calendar/calendar.ts';
import { LONGEST_BREAK_DAYS } from '../../../domain/place/calendar/last-day.ts';
import { addDays, localDay } from '../../../domain/shared/time.ts';
import { CRITERIA } from '../../../domain/survey/criterion.ts';
import { readOrganizationPath } from '../../account/extent/reads.ts';
import type { Db, Tx } from '../../db/db.ts';
import { users } from '../../db/schema/account.ts';
import { planChecks, planNotes, planTasks } from '../../db/schema/plan.ts';
import { readCalendar } from '../../place/calendar/reads.ts';

export type StoredTask = typeof planTasks.$inferSelect;

export async function readTask(db: Db | Tx, organizationId: string, id: string): Promise<StoredTask | undefined> {
	const own = and(eq(planTasks.organizationId, organizationId), eq(planTasks.id, id));
	const [task] = await db.select().from(planTasks).where(own);
	return task;
}

/** The tasks of a year as they are stored, in the order of the annex. */
export async function readTasks(db: Db | Tx, organizationId: string, year: number): Promise<StoredTask[]> {
	const rows = await db
		.select()
		.from(planTasks)
		.where(and(eq(planTasks.organizationId, organizationId), eq(planTasks.year, year)))
		.orderBy(asc(planTasks.position), asc(planTasks.createdAt), asc(planTasks.id));
	return CRITERIA.flatMap((criterion) => rows.filter((row) => row.criterion === criterion));
}

/** The years with a plan, the newest first. */
export async function readPlanYears(db: Db, organizationId: string): Promise<number[]> {
	const rows = await db
		.selectDistinct({ year: planTasks.year })
		.from(planTasks)
		.where(eq(planTasks.organizationId, organizationId))
		.orderBy(desc(planTasks.year));
	return rows.map(({ year }) => year);
}

export interface PlanQuestion {
	organizationId: string;
	year: number;
	/** Only what is of these sites or of the whole ward; null: all of it. */
	sites: readonly string[] | null;
	today: string;
}

/** A plan as it stands today. */
export async function readPlan(db: Db, question: PlanQuestion): Promise<PlanLine[]> {
	const { organizationId, year, sites, today } = question;
	const tasks = await readTasks(db, organizationId, year);
	const seen = tasks.filter(({ siteId }) => siteId === '' || sites === null || sites.includes(siteId));
	return linesOf(db, seen, { organizationId, today });
}

/** One of them. */
export async function readPlanLine(db: Db, task: StoredTask, today: string): Promise<PlanLine> {
	const [line] = await linesOf(db, [task], { organizationId: task.organizationId, today });
	return line;
}

/** How the plan of this year stands, and which tasks are late and whose, for whatever tells of the week. */
export async function planStanding(
	db: Db,
	organizationId: string,
	now: number
): Promise<PlanCounts & { lateTasks: PlanLine[] }> {
	const today = localDay(now);
	const lines = await readPlan(db, { organizationId, year: Number(today.slice(0, 4)), sites: null, today });
	return { ...countLines(lines), lateTasks: lines.filter(({ standing }) => standing === 'late') };
}

async function linesOf(
	db: Db,
	tasks: readonly StoredTask[],
	{ organizationId, today }: { organizationId: string; today: string }
): Promise<PlanLine[]> {
	if (tasks.length === 0) return [];
	const ids = tasks.map(({ id }) => id);
	const calendar = await calendarOf(db, organizationId, tasks);
	const notes = await readNotes(db, organizationId, ids);
	const checks = await db
		.select({ taskId: planChecks.taskId, week: planChecks.week, doneDay: planChecks.doneDay })
		.from(planChecks)
		.where(and(eq(planChecks.organizationId, organizationId), inArray(planChecks.taskId, ids)));
	return tasks.map((task) => {
		const { id, year, position, state, doneDay, evidence, reason, version, sinceDay } = task;
		const text = textOf(task);
		const ticked = checks.filter(({ taskId, doneDay: on }) => taskId === id && on !== '');
		const weeks =
			text.due.kind === 'weekly'
				? weeksOf(
						{ weekday: text.due.weekday, year, since: sinceDay },
						new Map(ticked.map(({ week, doneDay: on }) => [week, on])),
						today,
						calendar
					)
				: [];
		const own = {
			...{ ...text, id, year, position, state, doneDay, evidence, reason, version, weeks },
			notes: notes.filter(({ taskId }) => taskId === id).map(({ taskId: _, ...note }) => note)
		};
		const standing = standingOf(own, today, calendar);
		return { ...own, standing, withoutNews: withoutNewsOf({ ...own, sinceDay }, today) };
	});
}

async function readNotes(db: Db, organizationId: string, ids: readonly string[]) {
	const rows = await db
		.select({ note: planNotes, name: users.name })
		.from(planNotes)
		.leftJoin(users, eq(users.id, planNotes.createdBy))
		.where(and(eq(planNotes.organizationId, organizationId), inArray(planNotes.taskId, [...ids])))
		.orderBy(desc(planNotes.day), desc(planNotes.createdAt), desc(planNotes.id));
	return rows.map(({ note: { taskId, id, text, evidence, day, createdBy, withdrawnAt }, name }) => ({
		...{ taskId, id, text, evidence, day, by: name ?? createdBy, withdrawn: withdrawnAt !== null }
	}));
}

/** Every day on which one of them may be due, and the days off behind the last. */
async function calendarOf(db: Db, organizationId: string, tasks: readonly StoredTask[]): Promise<Calendar> {
	const years = tasks.map(({ year }) => year);
	const days = tasks.flatMap(({ dueDay }) => dueDay || []);
	const [first] = [...days, `${Math.min(...years)}-01-01`].toSorted();
	const last = [...days, `${Math.max(...years)}-12-31`].toSorted().at(-1)!;
	const path = await readOrganizationPath(db, organizationId);
	return readCalendar(db, path, first, addDays(last, LONGEST_BREAK_DAYS));
}

const listOf = (text: string) => (text === '' ? [] : text.split(','));

/** What a stored task says. */
export function textOf(task: StoredTask): TaskText {
	const { criterion, content, responsibility, lead, support, dueText, expected, siteId } = task;
	return {
		...{ criterion, content, responsibility, lead, support, dueText, expected, siteId, due: dueOf(task) },
		...{ reasons: listOf(task.reasons), items: listOf(task.items) }
	};
}

function dueOf({ dueKind, dueDay, weekday }: StoredTask): Due {
	if (dueKind === 'date') return { kind: 'date', day: dueDay };
	return dueKind === 'weekly' ? { kind: 'weekly', weekday } : { kind: dueKind };
}
