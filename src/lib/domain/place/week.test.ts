import { expect, test } from 'vitest';
import { startOfLocalDay } from '../shared/time.ts';
import { weekOf } from './week.ts';

const SUNDAY_NIGHT = startOfLocalDay('2026-11-30') - 1;

test('a week runs from Monday to Sunday, local', () => {
	for (const day of ['2026-11-23', '2026-11-26', '2026-11-29']) {
		expect(weekOf(day, 0)).toMatchObject({ monday: '2026-11-23', until: startOfLocalDay('2026-11-30') });
	}
	expect(weekOf('2026-11-30', 0).days).toEqual([
		'2026-11-30',
		'2026-12-01',
		'2026-12-02',
		'2026-12-03',
		'2026-12-04',
		'2026-12-05',
		'2026-12-06'
	]);
});

test('what is no day means this week', () => {
	for (const text of [null, '', '2026-02-30', 'mai']) expect(weekOf(text, SUNDAY_NIGHT).monday).toBe('2026-11-23');
});
