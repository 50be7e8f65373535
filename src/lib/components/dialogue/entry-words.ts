import { m } from '$lib/paraglide/messages.js';

export const STATE_WORDS = {
	prepared: m.dialogue_state_prepared,
	live: m.dialogue_state_live,
	counting: m.dialogue_state_counting,
	closed: m.dialogue_state_closed
};

const PROBLEMS: Record<string, () => string> = {
	required: m.dialogue_problem_required,
	'too-long': m.dialogue_problem_too_long,
	'too-many': m.dialogue_problem_too_many,
	'day-wrong': m.dialogue_problem_day,
	'time-wrong': m.dialogue_problem_time,
	'stream-wrong': m.dialogue_problem_stream,
	'options-wrong': m.dialogue_problem_options,
	'most-wrong': m.dialogue_problem_most,
	'dialogue-over': m.dialogue_problem_over,
	'round-used': m.dialogue_problem_used,
	'round-unknown': m.dialogue_problem_gone,
	'agenda-full': m.dialogue_problem_full,
	'paper-printed': m.paper_problem_printed,
	'hall-copy': m.hall_problem_copy,
	'round-lent': m.hall_problem_lent
};

/** The sentence for a code of what is wrong; undefined where nothing is. */
export const entryProblem = (code: string | undefined) => (code ? (PROBLEMS[code] ?? PROBLEMS.required)() : undefined);
