import { expect, test } from 'vitest';
import { SIPAS19 } from '../survey/sipas19.ts';
import { SIPAS5 } from '../survey/sipas5.ts';
import { noHourFigures } from '../submission/hours.ts';
import { drawHours, type HourCount, hourRelease } from './hours.ts';

/** So many sheets that all answered PV, so many of them satisfied. */
const count = (weekday: number, hour: number, sheets: number, pvSatisfied = sheets): HourCount => ({
	...noHourFigures(),
	...{ weekday, hour, sheets, pvAnswers: sheets, pvSatisfied }
});
const draw = (counts: HourCount[], version = SIPAS5) => drawHours({ criterion: 'PV', version, target: 90, counts });
const cellAt = (map: ReturnType<typeof draw>, weekday: number, hour: number) =>
	map.hours.find((row) => row.hour === hour)?.cells[map.weekdays.indexOf(weekday)].cell;

test('a cell shows from ten people on, in a weekday of at least thirty sheets', () => {
	const map = draw([count(1, 8, 40, 30), count(1, 11, 9), count(2, 9, 29)]);
	expect([map.weekdays, map.hours.map(({ hour }) => hour)]).toEqual([
		[1, 2],
		[8, 9, 11]
	]);
	expect(cellAt(map, 1, 8)).toMatchObject({ value: 75, n: 40, advisory: false });
	for (const [weekday, hour] of [
		[1, 11],
		[2, 9],
		[2, 8]
	])
		expect(cellAt(map, weekday, hour)).toEqual({ withheld: 'small' });
	expect(map.busiest).toEqual({ weekday: 1, hour: 8, share: 100 });
});

test('five answers of one citizen to a criterion of five questions are one opinion', () => {
	const items = SIPAS19.items.filter(({ criterion }) => criterion === 'PV').length;
	const whole = { ...count(1, 8, 40), pvAnswers: 40 * items, pvSatisfied: 20 * items };
	expect(cellAt(draw([whole], SIPAS19), 1, 8)).toMatchObject({ value: 50, n: 40 });
	const few = { ...count(1, 8, 40), pvAnswers: 10 * items - 1, pvSatisfied: 5 };
	expect(cellAt(draw([few], SIPAS19), 1, 8)).toEqual({ withheld: 'small' });
});

test('an hour is spoken of only where it differs from all others beyond chance', () => {
	const week = [1, 2, 3, 4, 5].flatMap((weekday) => [8, 9, 10, 14].map((hour) => count(weekday, hour, 60, 54)));
	expect(draw(week).findings).toEqual([]);
	const bad = week.map((each) => (each.weekday === 1 && each.hour === 8 ? count(1, 8, 60, 36) : each));
	expect(draw(bad).findings).toEqual([{ weekday: 1, hour: 8, value: 60, n: 60, points: -30 }]);
	// Every morning at eight: one sentence, and none for each of its days.
	const mornings = week.map((each) => (each.hour === 8 ? count(each.weekday, 8, 60, 45) : each));
	expect(draw(mornings).findings[0]).toEqual({ weekday: null, hour: 8, value: 75, n: 300, points: -15 });
	// Nobody of fewer than thirty is spoken of, however far away.
	expect(draw([...week, count(6, 7, 29, 0), count(6, 11, 9)]).findings).toEqual([]);
});

test('what is shown moves by ten people or not at all, each criterion by itself', () => {
	const none = noHourFigures();
	const kept = { ...none, sheets: 10, pvAnswers: 10, pvSatisfied: 8, tcAnswers: 9, tcSatisfied: 9 };
	const first = hourRelease(kept, none, SIPAS5);
	expect(first).toEqual({ ...none, sheets: 10, pvAnswers: 10, pvSatisfied: 8 });
	// Taking one out, or another answer of as many, is not seen by itself.
	expect(hourRelease({ ...kept, sheets: 9, pvAnswers: 9, pvSatisfied: 7 }, first, SIPAS5)).toEqual(none);
	expect(hourRelease({ ...kept, pvSatisfied: 7 }, first, SIPAS5)).toEqual(none);
	expect(hourRelease({ ...kept, pvAnswers: 20, pvSatisfied: 15 }, first, SIPAS5)).toMatchObject({
		sheets: 0,
		pvAnswers: 10,
		pvSatisfied: 7
	});
});
