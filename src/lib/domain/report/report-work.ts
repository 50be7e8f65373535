import type { PlanCounts, PlanLine } from '../casework/plan/line.ts';
import { firstLine, sayCounts, sayTaskStanding } from '../casework/plan/paper-words.ts';
import type { PromiseCounts, PromiseStanding } from '../dialogue/promise.ts';
import { formatCount } from '../shared/number.ts';
import { formatDay } from '../shared/time.ts';
import { CRITERION_NAMES } from '../survey/criterion.ts';
import type { Improvement } from './improvement.ts';
import type { ReportSection } from './report-section.ts';
import { WORK_WORDS } from './report-words.ts';

/** What is to be done besides what the figures say: what citizens asked for, what was promised them, what was changed. */
export interface WorkOfPeriod {
	/** Requests of citizens that wait today, and since when the oldest does. */
	waiting: number;
	waitingSince: string | null;
	/** Sent and dealt with inside the period; null where requests of its days are forgotten already. */
	moved: { received: number; done: number } | null;
	promises: PromiseCounts;
	/** Not done yet, what is due first comes first. */
	duePromises: readonly { text: string; unit: string; dueDay: string; standing: PromiseStanding }[];
	/** The plan of the year that `now` is in. */
	plan: PlanCounts & { lateTasks: readonly PlanLine[] };
	/** Told to citizens inside the period. */
	improvements: readonly Improvement[];
}

/** A page has room for so many; the others are on the ledger's own page. */
const MOST_TASKS = 15;

/** null where nothing was asked, promised or changed. */
export function workOf(work: WorkOfPeriod | null): ReportSection | null {
	if (!work) return null;
	const { waiting, waitingSince, moved, promises, duePromises, plan, improvements } = work;
	const asked = waiting > 0 || (moved && moved.received + moved.done > 0);
	if (!asked && promises.promised === 0 && plan.tasks === 0 && improvements.length === 0) return null;
	const lines = [
		...(moved
			? [
					[WORK_WORDS.received, formatCount(moved.received)],
					[WORK_WORDS.done, formatCount(moved.done)]
				]
			: []),
		[WORK_WORDS.waiting, waitingSince ? WORK_WORDS.since(formatCount(waiting), formatDay(waitingSince)) : '0'],
		...(promises.promised > 0
			? [
					[
						WORK_WORDS.promises,
						WORK_WORDS.counts(formatCount(promises.done), formatCount(promises.late), formatCount(promises.open))
					]
				]
			: []),
		...(plan.tasks > 0 ? [[WORK_WORDS.plan, sayCounts(plan)]] : []),
		...(improvements.length > 0 ? [[WORK_WORDS.improvements, formatCount(improvements.length)]] : [])
	];
	const tasks = duePromises.slice(0, MOST_TASKS).map(({ text, unit, dueDay, standing }) => {
		const due = WORK_WORDS.due(unit, formatDay(dueDay));
		return `${text} (${due}${standing === 'late' ? `; ${WORK_WORDS.late}` : ''})`;
	});
	const late = plan.lateTasks
		.slice(0, MOST_TASKS)
		.map((task) => WORK_WORDS.lateTask(task.lead, firstLine(task.content), sayTaskStanding(task)));
	const more = duePromises.length - tasks.length;
	return {
		title: WORK_WORDS.title,
		lines: lines.map(([name, count]) => ({ name, count })),
		signs: [
			...tasks,
			...(more > 0 ? [WORK_WORDS.more(formatCount(more))] : []),
			...late,
			...improvements.map(({ criterion, text }) => WORK_WORDS.changed(criterion && CRITERION_NAMES[criterion].vi, text))
		],
		note: WORK_WORDS.note
	};
}
