import { hoursInRuns, type WorkingHours } from '$lib/domain/place/calendar/hours.ts';
import { m } from '$lib/paraglide/messages.js';

/** Monday first. */
export function dayNames(): string[] {
	return [
		m.place_day_0(),
		m.place_day_1(),
		m.place_day_2(),
		m.place_day_3(),
		m.place_day_4(),
		m.place_day_5(),
		m.place_day_6()
	];
}

/** 'Thứ Hai – Thứ Sáu 07:30–11:30, 13:30–17:00'; closed days are left out. */
export function hoursInWords(hours: WorkingHours): string {
	const names = dayNames();
	return hoursInRuns(hours)
		.filter(({ sessions }) => sessions.length > 0)
		.map(({ first, last, sessions }) => {
			const days = first === last ? names[first] : `${names[first]} – ${names[last]}`;
			return `${days} ${sessions.map(([opens, closes]) => `${opens}–${closes}`).join(', ')}`;
		})
		.join('; ');
}
