import type { PromiseCounts } from '$lib/domain/dialogue/promise.ts';
import { formatCount } from '$lib/domain/shared/number.ts';
import type { Locale } from '$lib/domain/survey/criterion.ts';
import { m } from '$lib/paraglide/messages.js';

const PROBLEMS: Record<string, () => string> = {
	required: m.promise_problem_required,
	'too-long': m.promise_problem_long,
	'day-wrong': m.promise_problem_day,
	'changed-meanwhile': m.promise_problem_meanwhile,
	'not-now': m.promise_problem_not_now,
	'hall-copy': m.hall_problem_copy
};

/** The sentence for a code of what is wrong; undefined where nothing is. */
export const promiseProblem = (code: string | undefined) =>
	code ? (PROBLEMS[code] ?? PROBLEMS.required)() : undefined;

/** "12 lời hứa: 9 đã xong, 2 trễ hạn, 1 còn hạn". */
export const sayPromiseCounts = ({ promised, done, late, open }: PromiseCounts, locale: Locale) =>
	m.promise_counts(
		{
			...{ promised: formatCount(promised), done: formatCount(done) },
			...{ late: formatCount(late), open: formatCount(open) }
		},
		{ locale }
	);
