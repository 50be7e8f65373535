import { MOVE_NAMES, type CaseDeed, type Move } from '$lib/domain/casework/case.ts';
import type { CaseStanding, Step } from '$lib/domain/casework/clock.ts';
import { m } from '$lib/paraglide/messages.js';

export const LIST_WORDS = {
	owed: m.desk_list_owed,
	late: m.desk_list_late,
	soon: m.desk_list_soon,
	mine: m.desk_list_mine,
	all: m.desk_list_all
} as const;

export const STANDING_WORDS: Record<CaseStanding, () => string> = {
	'in-time': m.desk_in_time,
	'due-soon': m.desk_due_soon,
	late: m.desk_late,
	paused: m.desk_paused,
	done: m.desk_nothing_due
};

export const STEP_WORDS: Record<Step, (words: { at: string }) => string> = {
	forward: m.desk_step_forward,
	answer: m.desk_step_answer,
	publish: m.desk_step_publish
};

/** What a button says that does it, and what the history says when it is done. */
export const MOVE_WORDS: Record<Move, { act: () => string; did: () => string }> = {
	forward: { act: m.desk_act_forward, did: m.desk_did_forward },
	take: { act: m.desk_act_take, did: m.desk_did_take },
	ask: { act: m.desk_act_ask, did: m.desk_did_ask },
	supplement: { act: m.desk_act_supplement, did: m.desk_did_supplement },
	answer: { act: m.desk_act_answer, did: m.desk_did_answer },
	publish: { act: m.desk_act_publish, did: m.desk_did_publish },
	'keep-private': { act: m.desk_act_keep_private, did: m.desk_did_keep_private },
	unpublish: { act: m.desk_act_unpublish, did: m.desk_did_unpublish },
	refuse: { act: m.desk_act_refuse, did: m.desk_did_refuse },
	reopen: { act: m.desk_act_reopen, did: m.desk_did_reopen },
	note: { act: m.desk_act_note, did: m.desk_did_note },
	'call-back': { act: m.desk_act_call_back, did: m.desk_did_call_back },
	classify: { act: m.desk_act_classify, did: m.desk_did_classify }
};

const OTHER_DEEDS: Record<Exclude<CaseDeed, Move>, () => string> = {
	open: m.desk_did_open,
	rate: m.desk_did_rate,
	attach: m.file_added,
	detach: m.file_removed
};

export const sayDeed = (deed: CaseDeed): string =>
	deed in OTHER_DEEDS ? OTHER_DEEDS[deed as keyof typeof OTHER_DEEDS]() : MOVE_WORDS[deed as Move].did();

/** What the last deed was, where an address names one. */
export function sayMoveDone(done: string | null): string | null {
	const move = MOVE_NAMES.find((known) => known === done);
	return move ? MOVE_WORDS[move].did() : done === 'open' ? m.desk_did_open() : null;
}

const PROBLEMS: Record<string, () => string> = {
	stale: m.desk_problem_stale,
	'not-now': m.desk_problem_not_now,
	'person-unknown': m.desk_problem_person,
	personal: m.desk_problem_personal,
	required: m.desk_problem_required,
	'too-long': m.desk_problem_too_long,
	number: m.desk_problem_number,
	'limit-early': m.desk_problem_limit,
	phone: m.request_phone_wrong,
	name: m.request_name_missing,
	'sent-otherwise': m.desk_problem_sent_otherwise,
	'form-stale': m.request_form_stale
};
export const deskProblem = (code: string | null | undefined): string | undefined =>
	code ? (PROBLEMS[code] ?? m.desk_problem_required)() : undefined;
