import { expect, test } from 'vitest';
import { criterionCell, WITHHELD } from '../../report/cell.ts';
import { effectOf, windowsOf } from './effect.ts';

const cell = (satisfied: number, n: number) =>
	criterionCell([{ itemId: 'TC', n: [n - satisfied, 0, 0, satisfied, 0], notApplicable: 0 }], 'T2B-5C-v1', null);
const verdict = (
	...[before, after, elsewhere = false]: [Parameters<typeof effectOf>[0], Parameters<typeof effectOf>[1], boolean?]
) => effectOf(before, after, elsewhere).verdict;

test('before and after are as many whole months, without the one in which the task was done', () => {
	expect(windowsOf('2026-08-14', '2026-11-29')).toEqual({
		before: { from: '2026-06-01', to: '2026-07-31' },
		after: { from: '2026-09-01', to: '2026-10-31' }
	});
	// Three at most, across a new year and a February.
	expect(windowsOf('2025-12-31', '2026-11-29')).toEqual({
		before: { from: '2025-09-01', to: '2025-11-30' },
		after: { from: '2026-01-01', to: '2026-03-31' }
	});
});

test('a month counts on the fifth of the next, and before that the page says when', () => {
	expect(windowsOf('2026-10-02', '2026-12-04')).toEqual({ from: '2026-12-05' });
	expect(windowsOf('2026-10-02', '2026-12-05')).toMatchObject({ after: { from: '2026-11-01', to: '2026-11-30' } });
	expect(windowsOf('2026-08-01', '2026-11-04')).toMatchObject({ after: { to: '2026-09-30' } });
	expect(windowsOf('2026-08-01', '2026-11-05')).toMatchObject({ after: { to: '2026-10-31' } });
});

test('the interval decides whether anything changed, and no clear change is an answer', () => {
	expect(verdict(cell(700, 1000), cell(800, 1000))).toBe('rose');
	expect(verdict(cell(800, 1000), cell(700, 1000))).toBe('fell');
	expect(verdict(cell(780, 1000), cell(800, 1000))).toBe('unclear');
	expect(verdict(cell(35, 50), cell(40, 50))).toBe('unclear');
	const told = effectOf(cell(700, 1000), cell(800, 1000), false);
	expect(told).toMatchObject({ gap: { value: 10 }, before: { n: 1000, value: 70 }, after: { value: 80 } });
});

test('fewer than thirty on either side are too few, and nothing is compared with another questionnaire', () => {
	expect(verdict(cell(10, 29), cell(900, 1000))).toBe('too-few');
	expect(verdict(cell(900, 1000), cell(10, 29))).toBe('too-few');
	expect(verdict(WITHHELD, cell(900, 1000))).toBe('too-few');
	expect(verdict(WITHHELD, cell(900, 1000), true)).toBe('broken');
	// Enough of its own on both sides: what was asked beside it does not matter.
	expect(verdict(cell(700, 1000), cell(800, 1000), true)).toBe('rose');
});
