import { expect, test } from 'vitest';
import { overlay } from '../../place/calendar/calendar.ts';
import { NATIONAL_DAYS } from '../../place/calendar/national.ts';
import { isWithoutNews, standingOf, weeksOf, type Due, type Stood } from './due.ts';

const calendar = overlay(NATIONAL_DAYS);
const task = (due: Due, more: Partial<Stood> = {}): Stood => ({
	...{ state: 'open', due, doneDay: '', weeks: [] },
	...more
});
const standing = (due: Due, today: string, more?: Partial<Stood>) => standingOf(task(due, more), today, calendar);

test('a task due by a day is soon due two weeks before, and late after its day or the working day that follows', () => {
	// A Saturday: in time until the Monday after it.
	const saturday = { kind: 'date', day: '2026-11-28' } as const;
	expect(['2026-11-15', '2026-11-16', '2026-11-30', '2026-12-01'].map((day) => standing(saturday, day))).toEqual([
		...['open', 'soon', 'soon', 'late']
	]);
	const done = (doneDay: string) => standing(saturday, '2026-12-31', { state: 'done', doneDay });
	expect([done('2026-11-30'), done('2026-12-01')]).toEqual(['done', 'done-late']);
	expect(standing(saturday, '2027-01-01', { state: 'retired' })).toBe('retired');
});

test('what is done all the time, or each time something happens, is never late', () => {
	for (const kind of ['always', 'event'] as const) {
		expect(standing({ kind }, '2030-01-01')).toBe('open');
		expect(standing({ kind }, '2030-01-01', { state: 'done', doneDay: '2029-12-31' })).toBe('done');
	}
});

test('every Friday is a week of its own: ticked in time, ticked late, missed, or still open', () => {
	const friday = { weekday: 5, year: 2026, since: '2026-11-04' };
	const ticks = new Map([
		['2026-11-06', '2026-11-05'],
		['2026-11-13', '2026-11-17']
	]);
	const weeks = weeksOf(friday, ticks, '2026-11-25', calendar);
	expect(weeks.map(({ day, standing: each }) => `${day} ${each}`)).toEqual([
		...['2026-11-06 done', '2026-11-13 done-late', '2026-11-20 missed', '2026-11-27 open']
	]);
	const weekly = { kind: 'weekly', weekday: 5 } as const;
	expect(standing(weekly, '2026-11-25', { weeks })).toBe('late');
	// Ticked after all, the week is no longer missing.
	const after = weeksOf(friday, new Map([...ticks, ['2026-11-20', '2026-11-25']]), '2026-11-25', calendar);
	expect(standing(weekly, '2026-11-25', { weeks: after })).toBe('open');
});

test('a Friday that is a day off may be ticked until the working day after it', () => {
	// 1 May 2026 is a Friday and a holiday; the Monday after it is worked.
	const weeks = (today: string) =>
		weeksOf({ weekday: 5, year: 2026, since: '2026-05-01' }, new Map(), today, calendar)[0];
	expect(weeks('2026-05-04')).toMatchObject({ day: '2026-05-01', last: '2026-05-04', standing: 'open' });
	expect(weeks('2026-05-05').standing).toBe('missed');
});

test('weeks begin with the day the task was planned, and end with the plan’s year', () => {
	const count = (since: string, today: string) =>
		weeksOf({ weekday: 1, year: 2026, since }, new Map(), today, calendar).length;
	expect(count('2026-11-24', '2026-11-29')).toBe(0);
	expect(count('2026-11-24', '2026-11-30')).toBe(1);
	expect(count('2025-06-01', '2027-03-01')).toBe(52);
	expect(count('2027-01-04', '2027-03-01')).toBe(0);
});

test('an open task of which nothing was heard for a month is asked about, but not once its year is over', () => {
	const heard = (since: string, today: string, state: 'open' | 'done' = 'open') =>
		isWithoutNews({ state, since, year: 2026 }, today);
	expect(heard('2026-10-01', '2026-10-31')).toBe(false);
	expect(heard('2026-10-01', '2026-11-01')).toBe(true);
	expect(heard('2026-10-01', '2026-11-01', 'done')).toBe(false);
	expect(heard('2026-12-10', '2027-06-01')).toBe(false);
});
