import { expect, test } from 'vitest';
import { areWorkingHours, hoursInRuns, hoursOfForm, sessionNames, USUAL_HOURS, type WorkingHours } from './hours.ts';

/** The form as the page sends it for these hours. */
function typed(hours: WorkingHours): Record<string, string> {
	return Object.fromEntries(
		hours.flatMap((sessions, day) =>
			sessions.flatMap((session, i) => sessionNames(day, i).map((name, end) => [name, session[end]]))
		)
	);
}
const read = (form: Record<string, string>) => hoursOfForm((name) => form[name] ?? '');

test('the form of the usual hours is the usual hours', () => {
	expect(read(typed(USUAL_HOURS))).toEqual({ hours: USUAL_HOURS, wrongDays: [] });
});

test('a half-day without a closing time, an end before its beginning and an overlap are named by their day', () => {
	const form = typed(USUAL_HOURS);
	form['closes-0-0'] = '';
	form['closes-1-1'] = '13:00';
	form['opens-2-1'] = '11:00';
	expect(read(form).wrongDays).toEqual([0, 1, 2]);
});

test('an afternoon alone is a day of work', () => {
	const { hours, wrongDays } = read({ 'opens-5-1': '13:30', 'closes-5-1': '17:00' });
	expect(wrongDays).toEqual([]);
	expect(hours[5]).toEqual([['13:30', '17:00']]);
	expect(areWorkingHours(hours)).toBe(true);
});

test('neighbouring days with the same hours are one line', () => {
	const runs = hoursInRuns(USUAL_HOURS).map(({ first, last, sessions }) => [first, last, sessions.length]);
	expect(runs).toEqual([
		[0, 4, 2],
		[5, 6, 0]
	]);
});

test('a time is taken as people write it', () => {
	const { hours, wrongDays } = read({
		'opens-0-0': '7h30',
		'closes-0-0': '11:30',
		'opens-1-0': 'sáng',
		'closes-1-0': '11:30'
	});
	expect([hours[0], wrongDays]).toEqual([[['07:30', '11:30']], [1]]);
});
