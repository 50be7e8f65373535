import { expect, test } from 'vitest';
import { overlay } from '../place/calendar/calendar.ts';
import { lastDayOf } from '../place/calendar/last-day.ts';
import { NATIONAL_DAYS } from '../place/calendar/national.ts';
import { countPromises, standingOf, type Promised } from './promise.ts';

const calendar = overlay(NATIONAL_DAYS);
const due = (dueDay: string, more: Partial<Promised> = {}): Promised => ({
	...{ state: 'open', dueDay, doneDay: '' },
	...more
});

test('a promise due on a day off is late only after the working day that follows', () => {
	// A Saturday: due on the Monday after it.
	expect(lastDayOf('2026-11-28', calendar)).toBe('2026-11-30');
	expect(standingOf(due('2026-11-28'), '2026-11-30', calendar)).toBe('open');
	expect(standingOf(due('2026-11-28'), '2026-12-01', calendar)).toBe('late');
	// National Day on 2 September, a holiday: not late on the 2nd.
	expect(lastDayOf('2026-09-02', calendar) > '2026-09-02').toBe(true);
	expect(standingOf(due('2026-11-27'), '2026-11-27', calendar)).toBe('open');
	expect(standingOf(due('2026-11-27'), '2026-11-28', calendar)).toBe('late');
});

test('what was done says whether it was in time, and what was withdrawn is no promise any more', () => {
	const done = (doneDay: string) => standingOf(due('2026-11-27', { state: 'done', doneDay }), '2026-12-30', calendar);
	expect([done('2026-11-27'), done('2026-11-30')]).toEqual(['done', 'done-late']);
	expect(countPromises(['done', 'done-late', 'late', 'open', 'withdrawn'])).toEqual({
		...{ promised: 4, done: 2, late: 1, open: 1, withdrawn: 1 }
	});
});
