import type { Locale } from '$lib/domain/survey/criterion.ts';
import { dayOfWeek } from '$lib/domain/shared/time.ts';

const WEEKDAYS: Record<Locale, readonly string[]> = {
	vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'],
	en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
};

export function weekdayOf(day: string, locale: Locale): string {
	return WEEKDAYS[locale][dayOfWeek(day) - 1];
}
