import { expect, test } from 'vitest';
import {
	calendarPeriod,
	fridayOf,
	periodAddress,
	periodAfter,
	periodBefore,
	periodOfYearBefore,
	readPeriod
} from './period.ts';

test.each([
	['week', '2026-11-22', '2026-11-16', '2026-11-22'],
	['week', '2026-11-23', '2026-11-23', '2026-11-29'],
	['month', '2026-12-31', '2026-12-01', '2026-12-31'],
	['month', '2028-02-10', '2028-02-01', '2028-02-29'],
	['quarter', '2026-11-22', '2026-10-01', '2026-12-31'],
	['half-year', '2026-06-30', '2026-01-01', '2026-06-30'],
	['half-year', '2026-11-22', '2026-07-01', '2026-12-31'],
	['year', '2026-11-22', '2026-01-01', '2026-12-31']
] as const)('the %s of %s is from %s to %s', (preset, today, from, to) => {
	expect(calendarPeriod(preset, today)).toEqual({ preset, from, to });
});

test.each([
	['', 'quarter', '2026-10-01'],
	['preset=week', 'week', '2026-11-16'],
	['preset=constructor', 'quarter', '2026-10-01'],
	['preset=custom&from=2026-11-02&to=2026-11-05', 'custom', '2026-11-02'],
	['preset=custom&from=2026-11-05&to=2026-11-02', 'quarter', '2026-10-01'],
	['preset=custom&from=2026-02-30&to=2026-03-02', 'quarter', '2026-10-01'],
	['preset=custom&from=9999-01-01&to=9999-12-31', 'quarter', '2026-10-01'],
	['preset=custom&from=1000-01-01&to=2026-03-02', 'quarter', '2026-10-01']
])('an address with "%s" asks for the period %s from %s', (query, preset, from) => {
	expect(readPeriod(new URLSearchParams(query), '2026-11-22')).toMatchObject({ preset, from });
});

test.each([
	['week', '2026-11-23', '2026-11-16 2026-11-22', '2025-11-24 2025-11-30'],
	['month', '2026-01-15', '2025-12-01 2025-12-31', '2025-01-01 2025-01-31'],
	['month', '2028-02-10', '2028-01-01 2028-01-31', '2027-02-01 2027-02-28'],
	['quarter', '2026-02-15', '2025-10-01 2025-12-31', '2025-01-01 2025-03-31'],
	['half-year', '2026-11-22', '2026-01-01 2026-06-30', '2025-07-01 2025-12-31']
] as const)('before the %s of %s comes %s, and a year before it %s', (preset, today, before, year) => {
	const period = calendarPeriod(preset, today);
	expect(days(periodBefore(period))).toBe(before);
	expect(days(periodOfYearBefore(period))).toBe(year);
});

test('chosen days have as many days before them, and the 29th of February was the 28th', () => {
	const chosen = { preset: 'custom', from: '2028-02-29', to: '2028-03-09' } as const;
	expect(days(periodBefore(chosen))).toBe('2028-02-19 2028-02-28');
	expect(days(periodOfYearBefore(chosen))).toBe('2027-02-28 2027-03-09');
});

const days = ({ from, to }: { from: string; to: string }) => `${from} ${to}`;

test.each(['week', 'month', 'quarter', 'half-year', 'year'] as const)(
	'the address of a %s asks for it again on any day, and the one after the one before is itself',
	(preset) => {
		const period = calendarPeriod(preset, '2025-02-14');
		const query = new URLSearchParams(periodAddress(period, null));
		expect(readPeriod(query, '2026-11-22')).toEqual(period);
		expect(periodAfter(periodBefore(period))).toEqual(period);
		expect(periodAddress(period, '2025-02-14')).toEqual({ preset });
	}
);

test.each([
	['2026-11-26', '2026-11-20'],
	['2026-11-27', '2026-11-27'],
	['2026-11-29', '2026-11-27'],
	['2026-11-30', '2026-11-27']
])("on %s Friday's report is of the week of %s", (today, friday) => {
	expect(fridayOf(today)).toBe(friday);
});
