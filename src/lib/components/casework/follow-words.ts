import type { CaseState } from '$lib/domain/casework/case.ts';
import type { FollowedCase, ToldStep } from '$lib/domain/casework/following.ts';
import { formatDay, formatInstant, localDay } from '$lib/domain/shared/time.ts';
import { CRITERION_NAMES, type Locale } from '$lib/domain/survey/criterion.ts';
import { m } from '$lib/paraglide/messages.js';

const STATES: Record<CaseState, (none: object, say: { locale: Locale }) => string> = {
	new: m.follow_state_new,
	forwarded: m.follow_state_forwarded,
	processing: m.follow_state_processing,
	waiting: m.follow_state_waiting,
	answered: m.follow_state_answered,
	published: m.follow_state_published,
	refused: m.follow_state_refused
};
export const sayState = (state: CaseState, locale: Locale) => STATES[state]({}, { locale });

export function sayAbout({ source, criterion, counter, organization }: FollowedCase, locale: Locale): string {
	const say = { locale };
	const named = { organization: organization.name };
	switch (source) {
		case 'request':
			return m.follow_of_request(named, say);
		case 'comment':
			return m.follow_of_comment(named, say);
		case 'question':
			return m.follow_of_question(named, say);
		case 'hand':
			return m.follow_of_hand(named, say);
		case 'sheet': {
			const about = criterion === '' ? '' : CRITERION_NAMES[criterion][locale];
			return m.follow_of_sheet({ ...named, criterion: about, counter }, say);
		}
	}
}

const day = (at: number) => formatDay(localDay(at));

/** What happens next, and until when; said as plainly where it is late. */
export function sayNext({ state, due, unit, organization }: FollowedCase, locale: Locale): string {
	const say = { locale };
	const { clock, standing, beyondLimit } = due;
	const late = standing === 'late';
	const [answer, limit] = [day(clock.answer), day(clock.limit)];
	switch (state) {
		case 'new':
			return (late ? m.follow_next_new_late : m.follow_next_new)(
				{ forward: formatInstant(clock.forward), answer },
				say
			);
		case 'forwarded':
		case 'processing':
			if (beyondLimit) return m.follow_next_beyond({ limit, organization: organization.name }, say);
			return late
				? m.follow_next_late({ answer, limit }, say)
				: m.follow_next_answer({ unit: unit || m.follow_unit_unknown({}, say), answer }, say);
		case 'waiting':
			return m.follow_next_waiting({}, say);
		case 'answered':
			if (clock.publish === null) return m.follow_next_nothing({}, say);
			return (late ? m.follow_next_publish_late : m.follow_next_publish)({ publish: day(clock.publish) }, say);
		case 'published':
			return m.follow_next_nothing({}, say);
		case 'refused':
			return m.follow_next_refused({ organization: organization.name }, say);
	}
}

export function sayStep({ deed, text, state }: ToldStep, locale: Locale): string {
	const say = { locale };
	switch (deed) {
		case 'forward':
			return m.follow_step_forward({ unit: text }, say);
		case 'rate':
			return state === 'processing' ? m.follow_step_rate_again({}, say) : m.follow_step_rate({}, say);
		default:
			return STEPS[deed]({}, say);
	}
}

const STEPS = {
	open: m.follow_step_open,
	ask: m.follow_step_ask,
	supplement: m.follow_step_supplement,
	answer: m.follow_step_answer,
	publish: m.follow_step_publish,
	refuse: m.follow_step_refuse,
	reopen: m.follow_step_reopen
};

/** What of somebody's arrived, where something just did. */
export function sayReceived(done: string | null, { rating, mayRate, state, due }: FollowedCase, locale: Locale) {
	const say = { locale };
	if (done === 'supplement' && state === 'processing')
		return { title: m.follow_supplement_sent({}, say), more: m.follow_supplement_sent_more({}, say) };
	if (done !== 'rating' || rating === null || mayRate) return null;
	const again = state === 'processing';
	return {
		title: m.follow_rated({}, say),
		more: again ? m.follow_rated_again({ answer: day(due.clock.answer) }, say) : m.follow_rated_more({}, say)
	};
}

/** Why something was not taken, by its code. */
export function sayProblem(code: string, locale: Locale): string {
	const say = { locale };
	switch (code) {
		case 'required':
			return m.follow_problem_required({}, say);
		case 'score-wrong':
			return m.follow_problem_score({}, say);
		case 'too-long':
			return m.follow_problem_too_long({}, say);
		case 'not-now':
			return m.follow_problem_not_now({}, say);
		case 'rated-already':
			return m.follow_problem_rated({}, say);
		case 'not-answered':
			return m.follow_problem_not_answered({}, say);
		case 'closed':
			return m.follow_closed_more({}, say);
		default:
			return m.follow_problem_not_kept({}, say);
	}
}
