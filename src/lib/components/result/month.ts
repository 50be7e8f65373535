import { m } from '$lib/paraglide/messages.js';
import type { Locale } from '$lib/domain/survey/criterion.ts';

/** The number and the year of the month that begins on a day, as messages take them. */
export function monthParts(from: string): { month: string; year: string } {
	return { month: String(Number(from.slice(5, 7))), year: from.slice(0, 4) };
}

/** "Tháng 10/2026". */
export function monthName(from: string, locale?: Locale): string {
	return m.result_month(monthParts(from), locale && { locale });
}
