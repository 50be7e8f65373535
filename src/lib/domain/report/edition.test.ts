import { expect, test } from 'vitest';
import { addDays, DAY_MS, HOUR_MS, startOfLocalDay } from '../shared/time.ts';
import { duePeriods, isFourWeeks, lastEdition, mayRevise, nextEdition } from './edition.ts';

const at = (day: string, hour = 12) => startOfLocalDay(day) + hour * HOUR_MS;

test('officers get an edition on Monday at six, the public on the fifth at six', () => {
	expect(lastEdition('officers', at('2026-11-23', 5))).toBe(at('2026-11-16', 6));
	expect(lastEdition('officers', at('2026-11-23', 6))).toBe(at('2026-11-23', 6));
	expect(lastEdition('officers', at('2026-11-29', 23))).toBe(at('2026-11-23', 6));
	expect(lastEdition('public', at('2026-11-05', 5))).toBe(at('2026-10-05', 6));
	expect(lastEdition('public', at('2026-11-05', 6))).toBe(at('2026-11-05', 6));
	expect(lastEdition('public', at('2027-01-04'))).toBe(at('2026-12-05', 6));
	expect(nextEdition('public', at('2026-12-31'))).toBe(at('2027-01-05', 6));
	expect(nextEdition('officers', at('2026-11-23'))).toBe(at('2026-11-30', 6));
});

test('a first start publishes every month since the first answers that is told by now, and none that is not over', () => {
	expect(duePeriods('public', '2026-08-17', at('2026-11-04'))).toEqual([
		{ from: '2026-08-01', to: '2026-08-31' },
		{ from: '2026-09-01', to: '2026-09-30' }
	]);
	expect(duePeriods('public', '2026-08-17', at('2026-11-05')).at(-1)).toEqual({ from: '2026-10-01', to: '2026-10-31' });
	expect(duePeriods('public', '2026-11-02', at('2026-11-29'))).toEqual([]);
	expect(duePeriods('public', '2000-01-01', at('2026-11-29'))).toHaveLength(24);
});

test('officers get whole weeks and whole blocks of four, all of them over', () => {
	const due = duePeriods('officers', '2026-09-30', at('2026-11-25'));
	const weeks = due.filter((period) => !isFourWeeks(period));
	expect(weeks[0]).toEqual({ from: '2026-09-28', to: '2026-10-04' });
	expect(weeks.at(-1)).toEqual({ from: '2026-11-16', to: '2026-11-22' });
	const blocks = due.filter(isFourWeeks);
	expect(blocks.at(-1)).toEqual({ from: '2026-10-05', to: '2026-11-01' });
	expect(blocks.map(({ from }, i) => from === addDays(blocks[0].from, 28 * i)).every(Boolean)).toBe(true);
	expect(duePeriods('officers', '2026-11-16', at('2026-11-23', 5))).toEqual([]);
});

test('a published period moves on the day of an edition only, and once', () => {
	const first = at('2026-11-05', 6);
	expect(mayRevise('public', first, first + HOUR_MS)).toBe(false);
	expect(mayRevise('public', first, at('2026-11-20'))).toBe(false);
	expect(mayRevise('public', first, at('2026-12-05', 5))).toBe(false);
	expect(mayRevise('public', first, at('2026-12-05', 6))).toBe(true);
	expect(mayRevise('public', at('2026-12-05', 6), at('2026-12-05', 7))).toBe(false);
	expect(mayRevise('public', first, at('2026-12-05', 6) + DAY_MS)).toBe(false);
});
