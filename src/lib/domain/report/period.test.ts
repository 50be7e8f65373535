import { expect, test } from 'vitest';
import { calendarPeriod, readPeriod } from './period.ts';

test.each([
	['week', '2026-11-22', '2026-11-16', '2026-11-22'],
	['week', '2026-11-23', '2026-11-23', '2026-11-29'],
	['month', '2026-12-31', '2026-12-01', '2026-12-31'],
	['month', '2028-02-10', '2028-02-01', '2028-02-29'],
	['quarter', '2026-11-22', '2026-10-01', '2026-12-31'],
	['half-year', '2026-06-30', '2026-01-01', '2026-06-30'],
	['half-year', '2026-11-22', '2026-07-01', '2026-12-31']
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
