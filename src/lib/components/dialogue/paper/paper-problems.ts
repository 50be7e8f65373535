import { m } from '$lib/paraglide/messages.js';

const SENTENCES: Record<string, () => string> = {
	required: m.paper_problem_required,
	'too-long': m.paper_problem_too_long,
	'count-wrong': m.paper_problem_count,
	'count-ballots': m.paper_problem_count_ballots,
	'hall-unknown': m.paper_problem_hall,
	'no-paper-round': m.paper_problem_no_round,
	'dialogue-over': m.paper_problem_over,
	'form-stale': m.paper_problem_stale,
	'too-often': m.paper_problem_often,
	'run-unknown': m.paper_problem_run
};

/** The sentence for a code of what is wrong; undefined where nothing is. */
export const paperProblem = (code: string | undefined) =>
	code ? (SENTENCES[code] ?? m.paper_problem_other)() : undefined;
