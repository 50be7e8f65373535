import { CHANNEL_NAMES } from '$lib/domain/submission/channel.ts';
import { type ExcludedPart, type ExclusionRefusal, EXCLUDABLE_FLAGS } from '$lib/domain/submission/exclusion.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

export const FLAG_WORDS: Record<'' | (typeof EXCLUDABLE_FLAGS)[number], () => string> = {
	'': m.exclusion_flag_all,
	repeat: m.exclusion_flag_repeat,
	burst: m.exclusion_flag_burst,
	'device-again': m.exclusion_flag_device_again,
	'clock-future': m.exclusion_flag_clock_future,
	'clock-past': m.exclusion_flag_clock_past,
	'duty-unknown': m.exclusion_flag_duty_unknown,
	'replaces-foreign': m.exclusion_flag_replaces_foreign,
	'from-quarantine': m.exclusion_flag_from_quarantine,
	pace: m.exclusion_flag_pace,
	'after-staff': m.exclusion_flag_after_staff,
	'off-hours': m.exclusion_flag_off_hours,
	'off-duty': m.exclusion_flag_off_duty
};

export const REFUSAL_WORDS: Record<ExclusionRefusal, () => string> = {
	'days-turned': m.exclusion_problem_days_turned,
	'days-future': m.exclusion_problem_days_future,
	'days-many': m.exclusion_problem_days_many,
	unknown: m.exclusion_problem_unknown,
	'reason-missing': m.exclusion_problem_reason_missing,
	'nothing-inside': m.exclusion_problem_nothing_inside,
	'changed-meanwhile': m.exclusion_problem_changed_meanwhile,
	'own-proposal': m.exclusion_problem_own_proposal,
	'own-sheets': m.exclusion_problem_own_sheets
};

export const DEED_WORDS = {
	propose: m.exclusion_done_propose,
	accept: m.exclusion_done_accept,
	decline: m.exclusion_done_decline,
	withdraw: m.exclusion_done_withdraw,
	lift: m.exclusion_done_lift
} as const;

/** Which of what was given there: how it came, and what is doubted about it. */
export function sayWhich({ channel, flag }: Pick<ExcludedPart, 'channel' | 'flag'>): string {
	const doubt = flag in FLAG_WORDS ? FLAG_WORDS[flag as keyof typeof FLAG_WORDS]() : flag;
	return `${CHANNEL_NAMES[channel][getLocale()]} · ${doubt}`;
}
