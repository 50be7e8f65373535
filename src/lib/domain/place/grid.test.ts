import { expect, test } from 'vitest';
import { formatInstant } from '../shared/time.ts';
import { USUAL_HOURS, type WorkingHours } from './calendar/hours.ts';
import { NATIONAL } from './calendar/national.ts';
import { halfDaysOf, holderOf, isMixed } from './grid.ts';
import { labelled, officerMeant } from './officer-label.ts';

const shown = (day: string, hours: WorkingHours = USUAL_HOURS) =>
	halfDaysOf(NATIONAL, hours, day).map(
		({ half, from, until }) => `${half} ${formatInstant(from).slice(0, 5)}–${formatInstant(until).slice(0, 5)}`
	);

test('a day has the half-days that its site works, and a holiday has none', () => {
	expect(shown('2026-11-23')).toEqual(['morning 07:30–11:30', 'afternoon 13:30–17:00']);
	expect(shown('2026-11-24')).toEqual([]);
	expect(shown('2026-11-28')).toEqual([]);
	expect(shown('2026-08-22')).toHaveLength(2);
	const mornings: WorkingHours = [
		...USUAL_HOURS.slice(0, 5),
		[
			['08:00', '10:00'],
			['10:15', '11:00']
		],
		[]
	];
	expect(shown('2026-11-28', mornings)).toEqual(['morning 08:00–11:00']);
});

test('a half-day is held by one officer, by nobody, or by several turns', () => {
	const duty = (id: string, officerId: string, startsAt: number, endsAt: number | null) => ({
		...{ id, counterId: 'q1', officerId, startsAt, endsAt }
	});
	expect(holderOf([duty('a', 'o1', 0, null)], 'q1', 5, 9)).toBe('o1');
	expect(holderOf([duty('a', 'o1', 0, 7), duty('b', 'o1', 7, 9)], 'q1', 5, 9)).toBe('o1');
	expect(holderOf([], 'q1', 5, 9)).toBe('');
	for (const duties of [[duty('a', 'o1', 6, 9)], [duty('a', 'o1', 0, 7), duty('b', 'o2', 7, 9)]]) {
		expect(isMixed(holderOf(duties, 'q1', 5, 9))).toBe(true);
	}
});

test('an officer is found by what is typed of the name, without marks; two of one name are told apart', () => {
	const officers = labelled([
		{ id: 'a', name: 'Trần Văn Đức', code: '' },
		{ id: 'b', name: 'Nguyễn Thị Hoa', code: 'CB7' },
		{ id: 'c', name: 'Nguyễn Thị Hoa', code: '' },
		{ id: 'd', name: 'Lê Hoa', code: '' }
	]);
	expect(officers.map(({ label }) => label)).toEqual([
		'Trần Văn Đức',
		'Lê Hoa',
		'Nguyễn Thị Hoa (CB7)',
		'Nguyễn Thị Hoa (2)'
	]);
	expect(officerMeant(' duc ', officers)).toEqual({ ok: true, id: 'a' });
	expect(officerMeant('hoa cb7', officers)).toEqual({ ok: true, id: 'b' });
	expect(officerMeant('Lê Hoa', officers)).toEqual({ ok: true, id: 'd' });
	expect(officerMeant('hoa', officers)).toEqual({ ok: false, reason: 'several' });
	expect(officerMeant('Minh', officers)).toEqual({ ok: false, reason: 'nobody' });
});
