import { CASE_CLASS_NAMES, CASE_CLASSES } from '../casework/case.ts';
import type { CaseFigures, Kept } from '../casework/figures.ts';
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
	/** Of the cases received inside the period. */
	cases: CaseFigures & { lateNow: number };
	/** Late now, whenever they came, without those for the head alone; what was due first comes first. */
	lateCases: readonly { number: string; unit: string; dueDay: string }[];
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
	const { cases, lateCases, promises, duePromises, plan, improvements } = work;
	const asked = cases.received + cases.lateNow > 0;
	if (!asked && promises.promised === 0 && plan.tasks === 0 && improvements.length === 0) return null;
	const lines = [
		...(asked ? linesOfCases(cases) : []),
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
	const overdue = lateCases
		.slice(0, MOST_TASKS)
		.map(({ number, unit, dueDay }) => WORK_WORDS.lateCase(number, unit || WORK_WORDS.nobody, formatDay(dueDay)));
	const more = duePromises.length - tasks.length;
	return {
		title: WORK_WORDS.title,
		lines: lines.map(([name, count]) => ({ name, count })),
		signs: [
			...overdue,
			...tasks,
			...(more > 0 ? [WORK_WORDS.more(formatCount(more))] : []),
			...late,
			...improvements.map(({ criterion, text }) => WORK_WORDS.changed(criterion && CRITERION_NAMES[criterion].vi, text))
		],
		note: WORK_WORDS.note
	};
}

function linesOfCases({
	received,
	byClass,
	forwarded,
	answered,
	published,
	lateNow
}: WorkOfPeriod['cases']): string[][] {
	const kept = ({ inTime, of }: Kept) => WORK_WORDS.kept(formatCount(inTime), formatCount(of));
	const classes = CASE_CLASSES.filter((own) => byClass[own] > 0).map(
		(own) => `${CASE_CLASS_NAMES[own].vi}: ${formatCount(byClass[own])}`
	);
	const steps = [
		[WORK_WORDS.forwarded, forwarded],
		[WORK_WORDS.answered, answered],
		[WORK_WORDS.published, published]
	] as const;
	return [
		[WORK_WORDS.received, [formatCount(received), ...classes].join('; ')],
		...steps.filter(([, { of }]) => of > 0).map(([name, figure]) => [name, kept(figure)]),
		[WORK_WORDS.lateNow, formatCount(lateNow)]
	];
}
