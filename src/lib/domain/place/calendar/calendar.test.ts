import { expect, test } from 'vitest';
import { dayOfWeek } from '../../shared/time.ts';
import { isWorkingDay, overlay, sessionsOf, workingDays, type CalendarDay, type DayKind } from './calendar.ts';
import { USUAL_HOURS, type Session, type WorkingHours } from './hours.ts';
import { NATIONAL, NATIONAL_DAYS, NATIONAL_YEARS, PROPOSED_SWAP } from './national.ts';

const own = (day: string, kind: DayKind, organizationId = 'ward'): CalendarDay => ({
	day,
	kind,
	name: { vi: '', en: '' },
	status: 'official',
	organizationId
});
const weekdaysOff = (year: number) =>
	NATIONAL_DAYS.filter(({ day, kind }) => day.startsWith(`${year}`) && kind !== 'makeup_workday' && dayOfWeek(day) < 6)
		.map(({ day }) => `${Number(day.slice(8))}/${Number(day.slice(5, 7))}`)
		.sort();

test('the weekdays off are those of reference/domain.md 7.2', () => {
	const sorted = (text: string) => text.split(' ').sort();
	expect(weekdaysOff(2025)).toEqual(sorted('1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9'));
	expect(weekdaysOff(2026)).toEqual(sorted('1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11'));
	expect(weekdaysOff(2027)).toEqual(sorted('1/1 4/2 5/2 8/2 9/2 10/2 16/4 30/4 3/5 2/9 3/9 24/11'));
});

test('every make-up day is a Saturday with a swapped day off, and the same day is never said twice', () => {
	const made = NATIONAL_DAYS.filter(({ kind }) => kind === 'makeup_workday').map(({ day }) => day);
	expect(made).toEqual(['2025-04-26', '2026-01-10', '2026-08-22']);
	expect(made.every((day) => dayOfWeek(day) === 6 && isWorkingDay(NATIONAL, day))).toBe(true);
	expect(NATIONAL_DAYS.filter(({ kind }) => kind === 'swapped_off')).toHaveLength(made.length);
	expect(NATIONAL.size).toBe(NATIONAL_DAYS.length);
	expect(new Set(NATIONAL_DAYS.map(({ day }) => Number(day.slice(0, 4))))).toEqual(new Set(NATIONAL_YEARS));
});

test('what is estimated says so, and a proposed swap changes nothing', () => {
	expect(NATIONAL_DAYS.every(({ day, status }) => (status === 'estimated') === day.startsWith('2027'))).toBe(true);
	expect(isWorkingDay(NATIONAL, PROPOSED_SWAP.free)).toBe(true);
	expect(isWorkingDay(NATIONAL, PROPOSED_SWAP.worked)).toBe(false);
	expect(workingDays(NATIONAL, '2026-11-20', '2026-11-30')).toEqual(
		['20', '23', '25', '26', '27', '30'].map((day) => `2026-11-${day}`)
	);
});

test('the ward stands over the province and the province over the nation', () => {
	const province = [own('2026-11-25', 'holiday', 'province'), own('2026-11-24', 'ordinary', 'province')];
	const calendar = overlay(NATIONAL_DAYS, province, [
		own('2026-11-25', 'ordinary'),
		own('2026-11-28', 'makeup_workday')
	]);
	expect(isWorkingDay(calendar, '2026-11-24')).toBe(true);
	expect(isWorkingDay(calendar, '2026-11-25')).toBe(true);
	expect(isWorkingDay(calendar, '2026-11-28')).toBe(true);
	expect(isWorkingDay(calendar, '2026-11-29')).toBe(false);
	expect(calendar.get('2026-11-25')?.organizationId).toBe('ward');
});

test('a site’s own Saturdays stay open, close on a holiday, and are worked in full when made up for', () => {
	const morning: readonly Session[] = [['08:00', '11:00']];
	const week: WorkingHours = [...USUAL_HOURS.slice(0, 5), morning, []];
	const calendar = overlay(NATIONAL_DAYS, [own('2026-11-28', 'holiday')]);
	expect(sessionsOf(calendar, week, '2026-11-21')).toEqual(morning);
	expect(sessionsOf(calendar, week, '2026-11-28')).toEqual([]);
	expect(sessionsOf(calendar, week, '2026-08-22')).toEqual(USUAL_HOURS[0]);
	expect(sessionsOf(calendar, week, '2026-11-22')).toEqual([]);
});
