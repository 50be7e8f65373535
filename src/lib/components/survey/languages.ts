import { textIn } from '$lib/domain/survey/questionnaire.ts';
import type { Locale, LocalText, Texts } from '$lib/domain/survey/criterion.ts';

/** The language of our own words on a page that is answered in `language`. */
export const localeOf = (language: string): Locale => (language === 'en' ? 'en' : 'vi');

/** A language named in itself: who cannot read the page can read the way out. */
export function languageName(language: string): string {
	const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
	return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** A text of the questionnaire, with the language it really is in where that is not the page's. */
export function worded(texts: Texts | LocalText, language: string) {
	const { text, fallback } = textIn(texts, language);
	const own = fallback ? 'vi' : language;
	return { text, fallback, lang: own === localeOf(language) ? undefined : own };
}
