import { MODES } from '$lib/domain/terminal/modes.ts';
import type { Profile } from '$lib/domain/terminal/profile.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

/** The volumes that a form offers; a profile may hold another one. */
export const VOLUMES = [0, 0.2, 0.5, 1] as const;

const VOLUME_WORDS = new Map<number, () => string>([
	[0, m.device_volume_off],
	[0.2, m.device_volume_low],
	[0.5, m.device_volume_middle],
	[1, m.device_volume_loud]
]);

export function volumeWord(volume: number): string {
	return VOLUME_WORDS.get(volume)?.() ?? m.device_volume_custom({ percent: Math.round(volume * 100) });
}

export function languagesWord(languages: Profile['languages']): string {
	if (languages.length > 1) return m.device_languages_both();
	return languages[0] === 'en' ? m.device_languages_en() : m.device_languages_vi();
}

export function hoursWord({ hours, opensAt, closesAt }: Profile): string {
	return hours === 'site' ? m.device_words_site() : m.device_words_own({ opens: opensAt, closes: closesAt });
}

/** What a tablet is told to do, each setting with its name. */
export function profileWords(profile: Profile): { name: string; value: string }[] {
	const { mode, languages, idleSeconds, thanksSeconds, volume, quiet } = profile;
	const sound = volumeWord(volume);
	return [
		{ name: m.device_mode(), value: MODES[mode].name[getLocale()] },
		{ name: m.device_languages(), value: languagesWord(languages) },
		{ name: m.device_hours(), value: hoursWord(profile) },
		{ name: m.device_idle(), value: String(idleSeconds) },
		{ name: m.device_thanks(), value: String(thanksSeconds) },
		{
			name: m.device_volume(),
			value: quiet
				? m.device_words_quiet({ volume: sound, from: quiet.from, until: quiet.until, quiet: volumeWord(quiet.volume) })
				: sound
		}
	];
}
