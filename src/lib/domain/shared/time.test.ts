import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	addDays,
	DAY_MS,
	dayOfWeek,
	daysBetween,
	formatDay,
	formatInstant,
	isLocalDay,
	isoWeek,
	localDay,
	localStamp,
	monthOf,
	shiftOf,
	startOfLocalDay
} from './time.ts';

const at = (text: string) => Date.parse(text);
const instants = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') });
const days = instants.map(localDay);

describe('the local day', () => {
	test('an answer at six in the morning belongs to that day and not to the day before', () => {
		expect(localDay(at('2026-11-23T06:00:00+07:00'))).toBe('2026-11-23');
	});

	test('midnight opens the new day', () => {
		expect(localDay(at('2026-11-22T23:59:59.999+07:00'))).toBe('2026-11-22');
		expect(localDay(at('2026-11-23T00:00:00+07:00'))).toBe('2026-11-23');
	});

	test('a sheet says its local time to the second', () => {
		expect(localStamp(at('2026-11-22T23:30:59.999Z'))).toBe('2026-11-23T06:30:59+07:00');
	});

	test('every instant lies in its own day', () => {
		fc.assert(
			fc.property(instants, (instant) => {
				const start = startOfLocalDay(localDay(instant));
				expect(instant - start).toBeGreaterThanOrEqual(0);
				expect(instant - start).toBeLessThan(DAY_MS);
			})
		);
	});

	test('agrees with the time zone database', () => {
		const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });
		fc.assert(fc.property(instants, (instant) => void expect(localDay(instant)).toBe(calendar.format(instant))));
	});

	test('a day that does not exist is no day', () => {
		for (const text of ['2026-02-30', '2026-2-3', '2026-13-01', '', '23/11/2026', '2026-11-23T00:00']) {
			expect(isLocalDay(text), text).toBe(false);
		}
		expect(isLocalDay('2028-02-29')).toBe(true);
		expect(() => startOfLocalDay('2026-02-30')).toThrow(RangeError);
	});
});

describe('counting days', () => {
	test('days added are days between', () => {
		fc.assert(
			fc.property(days, fc.integer({ min: -9000, max: 9000 }), (day, n) => {
				expect(daysBetween(day, addDays(day, n))).toBe(n);
			})
		);
	});

	test('leap days and year ends are counted', () => {
		expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
		expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
	});

	test('Monday is 1 and Sunday is 7', () => {
		expect(dayOfWeek('2026-11-23')).toBe(1);
		expect(dayOfWeek('2026-11-22')).toBe(7);
	});

	test('a week belongs to the year of its Thursday', () => {
		expect(isoWeek('2026-11-23')).toEqual({ year: 2026, week: 48 });
		expect(isoWeek('2027-01-01')).toEqual({ year: 2026, week: 53 });
		expect(isoWeek('2025-12-29')).toEqual({ year: 2026, week: 1 });
		expect(isoWeek('2024-12-30')).toEqual({ year: 2025, week: 1 });
	});

	test('seven days on is the next week and the same weekday', () => {
		fc.assert(
			fc.property(days, (day) => {
				expect(dayOfWeek(addDays(day, 7))).toBe(dayOfWeek(day));
				const { year, week } = isoWeek(day);
				const next = isoWeek(addDays(day, 7));
				expect(next.year === year ? next.week === week + 1 : next.week === 1 && week >= 52).toBe(true);
			})
		);
	});
});

describe('shifts and formats', () => {
	test('the last citizens of a day that closes at half past five are not alone in an evening', () => {
		expect(shiftOf(at('2026-11-23T11:59:59+07:00'))).toBe('morning');
		expect(shiftOf(at('2026-11-23T12:00:00+07:00'))).toBe('afternoon');
		expect(shiftOf(at('2026-11-23T17:40:00+07:00'))).toBe('afternoon');
		expect(shiftOf(at('2026-11-23T18:00:00+07:00'))).toBe('evening');
		expect(shiftOf(at('2026-11-23T06:30:00+07:00'))).toBe('morning');
	});

	test('days and instants are written the Vietnamese way', () => {
		expect(formatDay('2026-11-23')).toBe('23/11/2026');
		expect(formatInstant(at('2026-11-23T03:32:10Z'))).toBe('10:32 23/11/2026');
		expect(formatInstant(at('2026-11-22T17:05:00Z'))).toBe('00:05 23/11/2026');
		expect(monthOf('2026-11-23')).toBe('2026-11');
	});
});
