import type { BallotChannel, Level } from '$lib/domain/dialogue/dialogue.ts';
import type { Locale } from '$lib/domain/survey/criterion.ts';
import { m } from '$lib/paraglide/messages.js';

/** What each channel of ballots is called on a result. */
export const channelWords = (locale: Locale): Record<BallotChannel, string> => ({
	'live-hall': m.live_channel_hall({}, { locale }),
	'live-stream': m.live_channel_stream({}, { locale }),
	'live-paper': m.live_channel_paper({}, { locale })
});

export const levelWords = (locale: Locale): Record<Level, string> => ({
	device: m.live_phone_level_device({}, { locale }),
	'hall-code': m.live_phone_level_hall_code({}, { locale }),
	slip: m.live_phone_level_slip({}, { locale })
});
