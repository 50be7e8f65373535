import type { Locale } from '$lib/domain/survey/criterion.ts';
import { dayOfWeek } from '$lib/domain/shared/time.ts';

const WEEKDAYS: Record<Locale, readonly string[]> = {
	vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'],
	en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
};

export function weekdayOf(day: string, locale: Locale): string {
	return weekdayName(dayOfWeek(day), locale);
}

/** Monday is 1, Sunday is 7. */
export function weekdayName(number: number, locale: Locale): string {
	return WEEKDAYS[locale][number - 1];
}

const SHORT: Record<Locale, readonly string[]> = {
	vi: ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'],
	en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
};

export function weekdayShort(number: number, locale: Locale): string {
	return SHORT[locale][number - 1];
}
