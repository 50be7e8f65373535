import { expect, test } from 'vitest';
import { USUAL_HOURS } from '../place/calendar/hours.ts';
import { dayOfWeek, HOUR_MS, MINUTE_MS, startOfLocalDay } from '../shared/time.ts';
import { isAsleep, openingOf, openSince } from './opening.ts';
import { completeProfile } from './profile.ts';

const monday = startOfLocalDay('2026-11-23');
/** The usual hours, and 24 November is a holiday. */
const site = (day: string) => (day === '2026-11-24' ? [] : USUAL_HOURS[dayOfWeek(day) - 1]);
const withSite = openingOf(completeProfile({ mode: 'quick', hours: 'site' }), site);
const own = openingOf(completeProfile({ mode: 'quick', opensAt: '07:00', closesAt: '17:30' }), site);
const clock = (hours: number, minutes = 0) => monday + hours * HOUR_MS + minutes * MINUTE_MS;

test('a counter is open with its site, and closed over lunch', () => {
	expect(openSince(withSite, clock(7, 30) - 1)).toBeNull();
	expect(openSince(withSite, clock(7, 30))).toBe(clock(7, 30));
	expect(openSince(withSite, clock(11, 30))).toBeNull();
	expect(openSince(withSite, clock(13, 30))).toBe(clock(13, 30));
	expect(openSince(withSite, clock(17))).toBeNull();
});

test('hours of its own count without the site’s lunch, from opening until closing, local', () => {
	expect(openSince(own, clock(7) - 1)).toBeNull();
	expect(openSince(own, clock(12))).toBe(clock(7));
	expect(openSince(own, clock(17, 30) - 1)).toBe(clock(7));
	expect(openSince(own, clock(17, 30))).toBeNull();
});

test('a silent tablet at the weekend or on a holiday is at a closed counter, at whichever hours', () => {
	for (const day of ['2026-11-21', '2026-11-22', '2026-11-24'])
		for (const opening of [withSite, own]) expect(openSince(opening, startOfLocalDay(day) + 10 * HOUR_MS)).toBeNull();
});

test('a tablet sleeps from half an hour after the day’s work until half an hour before it, and on days off, never over lunch', () => {
	const days = { '2026-11-23': site('2026-11-23'), '2026-11-24': site('2026-11-24') };
	expect([clock(6, 59), clock(7), clock(12), clock(17, 29), clock(17, 30)].map((at) => isAsleep(days, at))).toEqual([
		...[true, false, false, false, true]
	]);
	expect(isAsleep(days, clock(24 + 10))).toBe(true);
	expect(isAsleep(days, clock(48 + 3))).toBe(false);
	expect(isAsleep(undefined, clock(3))).toBe(false);
});
