import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant, HOUR_MS, startOfLocalDay } from '../../shared/time.ts';
import { overlay, stretchesOf, type CalendarDay } from './calendar.ts';
import { addWorkingDays, addWorkingHours } from './deadline.ts';
import { USUAL_HOURS, sinceMidnight, type Session, type WorkingHours } from './hours.ts';
import { NATIONAL, NATIONAL_DAYS } from './national.ts';

const LONG_DAY: readonly Session[] = [
	['07:30', '11:30'],
	['13:30', '17:30']
];
const LONG_HOURS: WorkingHours = [LONG_DAY, LONG_DAY, LONG_DAY, LONG_DAY, LONG_DAY, [], []];
const at = (day: string, clock: string) => startOfLocalDay(day) + sinceMidnight(clock);

describe('eight working hours (reference/domain.md 7.3)', () => {
	test.each([
		['2026-11-20', '15:30', '16:00 23/11/2026', '15:30 23/11/2026', 'over a weekend'],
		['2026-11-23', '15:30', '16:00 25/11/2026', '15:30 25/11/2026', 'over 24 November'],
		['2026-11-21', '09:00', '08:00 25/11/2026', '17:30 23/11/2026', 'received on a Saturday'],
		['2026-02-13', '16:00', '16:30 23/02/2026', '16:00 23/02/2026', 'over Tết'],
		['2026-08-21', '16:00', '16:30 22/08/2026', '16:00 22/08/2026', 'into a make-up Saturday'],
		['2026-11-25', '12:00', '14:00 26/11/2026', '11:30 26/11/2026', 'received at lunch']
	])('from %s %s: %s, or %s with half an hour more a day (%s)', (day, clock, usual, long) => {
		expect(formatInstant(addWorkingHours(at(day, clock), 8, NATIONAL, USUAL_HOURS))).toBe(usual);
		expect(formatInstant(addWorkingHours(at(day, clock), 8, NATIONAL, LONG_HOURS))).toBe(long);
	});
});

test('three working days end with the third working day after the one of arrival', () => {
	const due = (day: string, clock: string) => formatInstant(addWorkingDays(at(day, clock), 3, NATIONAL, USUAL_HOURS));
	expect(due('2026-11-23', '08:00')).toBe('17:00 27/11/2026');
	expect(due('2026-11-21', '09:00')).toBe('17:00 26/11/2026');
	expect(due('2026-08-20', '23:59')).toBe('17:00 24/08/2026');
	expect(() => addWorkingDays(at('2026-11-23', '08:00'), 0, NATIONAL, USUAL_HOURS)).toThrow(RangeError);
});

test('where nobody ever works there is no deadline, and no endless search for one', () => {
	const never = USUAL_HOURS.map(() => []);
	expect(() => addWorkingHours(at('2026-11-23', '08:00'), 8, NATIONAL, never)).toThrow(RangeError);
	expect(() => addWorkingDays(at('2026-11-23', '08:00'), 1, NATIONAL, never)).toThrow(RangeError);
});

describe('whenever something comes in', () => {
	const instant = fc.integer({ min: startOfLocalDay('2025-01-01'), max: startOfLocalDay('2027-11-01') });
	const hours = fc.double({ min: 0, max: 60, noNaN: true });
	const days = fc.integer({ min: 1, max: 15 });
	const week = fc.constantFrom(USUAL_HOURS, LONG_HOURS);

	test('no deadline lies before it, and each lies in working time', () => {
		fc.assert(
			fc.property(instant, hours, days, week, (from, n, whole, kept) => {
				const due = addWorkingHours(from, n, NATIONAL, kept);
				expect(due).toBeGreaterThanOrEqual(from);
				const day = formatInstant(due).slice(6).split('/').reverse().join('-');
				const worked = stretchesOf(NATIONAL, kept, day).some((one) => one.from < due && due <= one.until);
				expect(worked || due === from).toBe(true);
				expect(addWorkingDays(from, whole, NATIONAL, kept)).toBeGreaterThan(from);
			})
		);
	});

	test('what comes later, or gets longer, is not due earlier', () => {
		fc.assert(
			fc.property(instant, fc.nat(40 * HOUR_MS), hours, hours, days, week, (from, wait, n, more, whole, kept) => {
				const due = addWorkingHours(from, n, NATIONAL, kept);
				expect(addWorkingHours(from + wait, n, NATIONAL, kept)).toBeGreaterThanOrEqual(due);
				expect(addWorkingHours(from, n + more, NATIONAL, kept)).toBeGreaterThanOrEqual(due);
				const byDays = addWorkingDays(from, whole, NATIONAL, kept);
				expect(addWorkingDays(from + wait, whole, NATIONAL, kept)).toBeGreaterThanOrEqual(byDays);
				expect(addWorkingDays(from, whole + 1, NATIONAL, kept)).toBeGreaterThan(byDays);
			})
		);
	});

	test('one more holiday never makes a deadline earlier', () => {
		fc.assert(
			fc.property(instant, hours, days, fc.nat(20), week, (from, n, whole, away, kept) => {
				const day = new Date(from + away * 24 * HOUR_MS).toISOString().slice(0, 10);
				const own: CalendarDay = {
					day,
					kind: 'holiday',
					name: { vi: '', en: '' },
					status: 'official',
					organizationId: 'w'
				};
				const more = overlay(NATIONAL_DAYS, [own]);
				expect(addWorkingHours(from, n, more, kept)).toBeGreaterThanOrEqual(addWorkingHours(from, n, NATIONAL, kept));
				expect(addWorkingDays(from, whole, more, kept)).toBeGreaterThanOrEqual(
					addWorkingDays(from, whole, NATIONAL, kept)
				);
			})
		);
	});
});
