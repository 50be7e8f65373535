import { expect, test } from 'vitest';
import { readServed, type ServedPlaces } from './served.ts';

const PLACES: ServedPlaces = {
	counters: [
		{ id: 'q1', number: '1' },
		{ id: 'q2', number: '2' },
		{ id: 'q2b', number: '2' }
	],
	officers: [
		{ id: 'o1', code: 'CC01', name: 'Nguyễn Thị Minh' },
		{ id: 'o2', code: '', name: 'Trần Văn An' },
		{ id: 'o3', code: '', name: 'Trần Văn An' }
	],
	today: '2026-11-23'
};
const read = (text: string) => readServed(text, PLACES);

test('an export is read with a heading or none, of three columns or four, of any separator', () => {
	const text = '\uFEFFNgày;Quầy;Công chức;Số lượt\r\n23/11/2026;1;CC01;42\r\n\r\n22/11/2026;1;;7\r\n';
	expect(read(text)).toEqual({
		lines: [
			{ day: '2026-11-23', counterId: 'q1', officerId: 'o1', served: 42 },
			{ day: '2026-11-22', counterId: 'q1', officerId: '', served: 7 }
		],
		problems: []
	});
	for (const same of ['2026-11-23,1,42', '2026-11-23\t1\t42', '"23/11/2026";"1";"42"'])
		expect(read(same).lines).toEqual([{ day: '2026-11-23', counterId: 'q1', officerId: '', served: 42 }]);
	expect(read('23/11/2026;1;nguyễn thị minh;0').lines).toMatchObject([{ officerId: 'o1', served: 0 }]);
});

test.each([
	['23/11/2026;1', 'columns'],
	['31/11/2026;1;5', 'day'],
	['24/11/2026;1;5', 'day_future'],
	['23/11/2026;9;5', 'counter'],
	['23/11/2026;2;5', 'counter_ambiguous'],
	['23/11/2026;1;CC09;5', 'officer'],
	['23/11/2026;1;Trần Văn An;5', 'officer_ambiguous'],
	['23/11/2026;1;-5', 'served'],
	['23/11/2026;1;2001', 'served'],
	['23/11/2026;1;5,5', 'served'],
	['23/11/2026;1;', 'served']
])('the line "%s" is named with its number: %s', (line, code) => {
	expect(read(`23/11/2026;1;CC01;5\n${line}`)).toMatchObject({ lines: [{}], problems: [{ row: 2, code, text: line }] });
});

test('a counter, a day and an officer twice are said, since one of the two would be lost', () => {
	const { problems } = read('23/11/2026;1;5\n23/11/2026;1;CC01;5\n23/11/2026;1;6');
	expect(problems).toEqual([{ row: 3, code: 'twice', text: '23/11/2026;1;6' }]);
});
