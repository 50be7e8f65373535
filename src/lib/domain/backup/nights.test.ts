import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, monthOf } from '../shared/time.ts';
import { backupName, isBackupLate, keptNights, missedNights, newestNight, nightOf, nightOfName } from './nights.ts';

const nightsFrom = (day: string, count: number) => Array.from({ length: count }, (_, i) => addDays(day, i));
const at = (text: string) => Date.parse(`${text}+07:00`);

test('two years of nights, each rotated, leave thirty daily and twelve monthly, the last of each month', () => {
	let kept: string[] = [];
	for (const night of nightsFrom('2026-01-01', 730)) kept = [...keptNights([...kept, night])].sort();
	expect(kept).toHaveLength(42);
	expect(kept.slice(12)).toEqual(nightsFrom('2027-12-02', 30));
	expect(kept.slice(0, 12)).toEqual([
		...['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30'],
		...['2027-07-31', '2027-08-31', '2027-09-30', '2027-10-31', '2027-11-30', '2027-12-01']
	]);
});

test('whatever nights there are, the newest thirty stay, a month keeps its newest, and a second look changes nothing', () => {
	const night = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2026-01-01', days));
	fc.assert(
		fc.property(fc.uniqueArray(night, { maxLength: 120 }), (nights) => {
			const kept = keptNights(nights);
			const newest = nights.toSorted().reverse();
			expect(newest.slice(0, 30).every((each) => kept.has(each))).toBe(true);
			expect(kept.size).toBeLessThanOrEqual(42);
			for (const gone of nights.filter((each) => !kept.has(each))) {
				const later = [...kept].filter((each) => each > gone);
				const sameMonth = later.some((each) => monthOf(each) === monthOf(gone));
				expect(later.length >= 30 && (sameMonth || later.length >= 42)).toBe(true);
			}
			expect([...keptNights([...kept])].sort()).toEqual([...kept].sort());
		})
	);
});

test('a night is owed from half past three on, and belongs to the day before until then', () => {
	expect(nightOf(at('2026-11-29T03:29:59'))).toBe('2026-11-28');
	expect(nightOf(at('2026-11-29T03:30:00'))).toBe('2026-11-29');
	expect(nightOf(at('2026-11-30T00:10:00'))).toBe('2026-11-29');
});

test('only files that are called like a night are a backup', () => {
	expect(nightOfName(backupName('2026-11-29'))).toBe('2026-11-29');
	for (const name of ['lang-nghe-2026-02-30.age', 'lang-nghe-2026-11-29.age.part', 'lang-nghe-2026-11-29.db', 'x.age'])
		expect(nightOfName(name)).toBeNull();
});

test('a backup is late after two nights without one, and where none ever came about', () => {
	const noon = at('2026-11-29T12:00:00');
	const standing = (newest: string | null, failure: { at: number; says: string } | null = null) => ({
		...{ newest, finishedAt: null, failure }
	});
	expect(['2026-11-29', '2026-11-28', '2026-11-27'].map((night) => isBackupLate(standing(night), noon))).toEqual([
		...[false, false, true]
	]);
	expect(isBackupLate(standing(null), noon)).toBe(false);
	expect(isBackupLate(standing(null, { at: noon, says: 'no room' }), noon)).toBe(true);
	expect(missedNights(standing('2026-11-20'), noon)).toBe(9);
	expect(missedNights(standing(null), noon)).toBeNull();
});

test('a backup that a wrong clock dated into the future does not pass for the newest', () => {
	const noon = at('2026-11-29T12:00:00');
	expect(newestNight(['2099-01-01', '2026-11-20', '2026-11-28'], noon)).toBe('2026-11-28');
	expect(newestNight(['2099-01-01'], noon)).toBeNull();
	expect(newestNight([], noon)).toBeNull();
});
