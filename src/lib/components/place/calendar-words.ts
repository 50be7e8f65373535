import type { DayKind, DayStatus } from '$lib/domain/place/calendar/calendar.ts';
import type { LocalText } from '$lib/domain/survey/criterion.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

export const KIND_WORDS: Record<DayKind, () => string> = {
	holiday: m.roster_kind_holiday,
	compensatory: m.roster_kind_compensatory,
	swapped_off: m.roster_kind_swapped_off,
	makeup_workday: m.roster_kind_makeup_workday,
	ordinary: m.roster_kind_ordinary
};

export const STATUS_WORDS: Record<DayStatus, () => string> = {
	official: m.roster_status_official,
	estimated: m.roster_status_estimated
};

/** 'Quốc khánh · nghỉ lễ, chính thức' */
export function sayDay({ name, kind, status }: { name: LocalText; kind: DayKind; status: DayStatus }): string {
	const what = `${KIND_WORDS[kind]()}, ${STATUS_WORDS[status]()}`;
	const called = name[getLocale()];
	return called ? `${called} · ${what}` : what;
}
