import type { PlanLine } from '$lib/domain/casework/plan/line.ts';
import { NEWS_DAYS, type TaskStanding } from '$lib/domain/casework/plan/due.ts';
import { formatPercent } from '$lib/domain/shared/number.ts';
import { m } from '$lib/paraglide/messages.js';

const STANDINGS: Record<TaskStanding, () => string> = {
	open: m.plan_standing_open,
	soon: m.plan_standing_soon,
	late: m.plan_standing_late,
	done: m.plan_standing_done,
	'done-late': m.plan_standing_done_late,
	retired: m.plan_standing_retired
};

const missedOf = (weeks: PlanLine['weeks']) => weeks.filter(({ standing }) => standing === 'missed').length;

/** "Trễ hạn: 2 tuần chưa ghi". */
export function sayStanding({ standing, weeks }: Pick<PlanLine, 'standing' | 'weeks'>): string {
	const missed = standing === 'late' ? missedOf(weeks) : 0;
	return missed > 0 ? `${STANDINGS[standing]()}: ${m.plan_missed({ n: missed })}` : STANDINGS[standing]();
}

export const saySilent = () => m.plan_silent({ days: NEWS_DAYS });

/** "+2,10", "−0,40". */
export const signed = (points: number) =>
	`${points > 0 ? '+' : points < 0 ? '−' : ''}${formatPercent(Math.abs(points))}`;

/** A change that is more than chance, in words. */
export const sayPoints = ({ value }: { value: number }) =>
	(value > 0 ? m.plan_effect_rose : m.plan_effect_fell)({ points: formatPercent(Math.abs(value)) });

/** The same of how many named a reason. */
export const sayNamed = ({ value }: { value: number }) =>
	(value > 0 ? m.linked_reason_rose : m.linked_reason_fell)({ points: formatPercent(Math.abs(value)) });

/** A page has room for the beginning of a long task. */
export const firstLine = (text: string) => text.split('\n', 1)[0];

const PROBLEMS: Record<string, () => string> = {
	required: m.plan_problem_required,
	'too-long': m.plan_problem_long,
	'day-wrong': m.plan_problem_day,
	codes: m.plan_problem_codes,
	'form-stale': m.plan_problem_stale,
	'changed-meanwhile': m.plan_problem_meanwhile,
	'not-now': m.plan_problem_not_now,
	'site-unknown': m.plan_problem_site,
	'plan-begun': m.plan_problem_begun,
	'no-plan-before': m.plan_problem_no_before,
	'week-unknown': m.plan_problem_week,
	'note-unknown': m.plan_problem_unknown,
	'task-unknown': m.plan_problem_unknown,
	'case-unknown': m.linked_case_unknown
};

/** The sentence for a code of what is wrong; undefined where nothing is. */
export const planProblem = (code: string | undefined) => (code ? (PROBLEMS[code] ?? PROBLEMS.required)() : undefined);
