import { SCORE_WORDS, SCORES } from '$lib/domain/survey/scale.ts';
import type { Locale } from '$lib/domain/survey/criterion.ts';
import { m } from '$lib/paraglide/messages.js';

/** What the phone's script says; the placeholders are filled where the numbers are known. */
export function phoneWords(locale: Locale) {
	const say = { locale };
	return {
		counted: m.live_phone_word_counted({}, say),
		sending: m.live_phone_word_sending({}, say),
		number: m.live_phone_word_number({ number: '{number}' }, say),
		most: m.live_phone_word_most({ most: '{most}' }, say),
		choose: m.live_phone_word_choose({ most: '{most}' }, say),
		answered: m.live_phone_word_answered({ count: '{count}' }, say),
		yours: m.live_phone_word_yours({}, say),
		base: m.live_phone_word_base({ count: '{count}' }, say),
		stale: m.live_phone_word_stale({ time: '{time}' }, say),
		noNetwork: m.live_phone_word_no_network({}, say),
		failed: m.live_phone_word_failed({}, say),
		closesIn: m.live_phone_word_closes_in({ seconds: '{seconds}' }, say),
		slip: m.live_phone_word_slip({ serial: '{serial}' }, say),
		thisPhone: m.live_phone_word_this_phone({}, say),
		scores: SCORES.map((score) => SCORE_WORDS[score][locale]),
		levels: {
			device: m.live_phone_level_device({}, say),
			'hall-code': m.live_phone_level_hall_code({}, say),
			slip: m.live_phone_level_slip({}, say)
		},
		channels: { 'live-hall': m.live_channel_hall({}, say), 'live-stream': m.live_channel_stream({}, say) }
	};
}
