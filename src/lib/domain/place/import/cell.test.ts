import { expect, test } from 'vitest';
import { excerpt, isFormula, readClock, readDay, readHalfDay, readInterval, textOf } from './cell.ts';

test('CSVI: whatever a spreadsheet would calculate is no name, in full width and behind a tab too', () => {
	const formulas = [
		'=HYPERLINK("http://x")',
		'+1',
		'-1+1',
		'@SUM(A1)',
		'\t=1',
		'\r=1',
		' =1',
		'＝1',
		'＋1',
		'－1',
		'＠x',
		'\u00a0=1',
		'\tHoa'
	];
	for (const text of formulas) expect(isFormula(text), JSON.stringify(text)).toBe(true);
	for (const text of ['Nguyễn Thị Hoa', 'Quầy 5 - Đất đai', '', '-', ' – ', '5', 'a=b'])
		expect(isFormula(text), text).toBe(false);
});

test('a cell is shown on one line of at most 80 characters, and no character is cut in two', () => {
	expect(excerpt('a\n b\t c')).toBe('a b c');
	expect([...excerpt('😀'.repeat(200))]).toHaveLength(80);
	expect(excerpt('<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
	expect(excerpt('abc\u202edef')).toBe('abcdef');
});

test('a dash is an empty cell', () => {
	expect(['-', ' – ', '', undefined, ' Hoa  Lan '].map(textOf)).toEqual(['', '', '', '', 'Hoa Lan']);
});

test('a day is read as people and spreadsheets write it, and only if it exists', () => {
	for (const text of ['23/11/2026', '23-11-2026', '23.11.2026', '2026-11-23', '2026-11-23 00:00:00', ' 23/11/2026 ']) {
		expect(readDay(text), text).toBe('2026-11-23');
	}
	expect(readDay('3/1/2027')).toBe('2027-01-03');
	for (const text of ['', '31/02/2026', '23/11', '46349', '11/23/2026', '23/11/26'])
		expect(readDay(text), text).toBeNull();
});

test('times and sessions are read as people write them', () => {
	expect(['7:30', '07:30', '7h30', '7 giờ 30', '07:30:00', '7h', '17.00'].map(readClock)).toEqual([
		'07:30',
		'07:30',
		'07:30',
		'07:30',
		'07:30',
		'07:00',
		'17:00'
	]);
	for (const text of ['', '24:00', '7:60', 'sáng', '7']) expect(readClock(text), text).toBeNull();
	expect(['Sáng', 'buổi chiều', 'CẢ NGÀY', 'C', 'tối'].map(readHalfDay)).toEqual([
		'morning',
		'afternoon',
		'day',
		'afternoon',
		null
	]);
	expect(['7:30 - 11:30', '7h–11h', '7:30', 'sáng - chiều'].map(readInterval)).toEqual([
		['07:30', '11:30'],
		['07:00', '11:00'],
		null,
		null
	]);
});
