import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, startOfLocalDay } from '../shared/time.ts';
import { isOpen } from './opening.ts';

const hours = { opensAt: '07:00', closesAt: '17:30' };
const monday = startOfLocalDay('2026-11-23');

test('a counter is open from its opening time until its closing time, local', () => {
	expect(isOpen(hours, monday + 7 * HOUR_MS - 1)).toBe(false);
	expect(isOpen(hours, monday + 7 * HOUR_MS)).toBe(true);
	expect(isOpen(hours, monday + 17 * HOUR_MS + 30 * MINUTE_MS - 1)).toBe(true);
	expect(isOpen(hours, monday + 17 * HOUR_MS + 30 * MINUTE_MS)).toBe(false);
});

test('a silent tablet on Saturday and Sunday is at a closed counter', () => {
	for (const day of ['2026-11-21', '2026-11-22'])
		expect(isOpen(hours, startOfLocalDay(day) + 10 * HOUR_MS)).toBe(false);
});
