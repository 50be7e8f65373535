import { reasonWords, type QuestionState } from '$lib/domain/dialogue/question.ts';
import type { PromiseStanding } from '$lib/domain/dialogue/promise.ts';
import type { Locale } from '$lib/domain/survey/criterion.ts';
import { m } from '$lib/paraglide/messages.js';

const STATES = {
	waiting: m.question_state_waiting,
	shown: m.question_state_shown,
	answering: m.question_state_answering,
	answered: m.question_state_answered,
	merged: m.question_state_merged,
	deferred: m.question_state_deferred,
	declined: m.question_state_declined
} satisfies Record<QuestionState, unknown>;

/** A state with its reason, where it has one: "Trả lời sau: Hết giờ". */
export function sayQuestionState(state: QuestionState, reason: string, locale: Locale): string {
	const why = reasonWords(reason)?.[locale];
	return [STATES[state]({}, { locale }), why].filter(Boolean).join(': ');
}

const STANDINGS = {
	open: m.promise_standing_open,
	late: m.promise_standing_late,
	done: m.promise_standing_done,
	'done-late': m.promise_standing_done_late,
	withdrawn: m.promise_standing_withdrawn
} satisfies Record<PromiseStanding, unknown>;

export const sayStanding = (standing: PromiseStanding, locale: Locale) => STANDINGS[standing]({}, { locale });
