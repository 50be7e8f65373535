import { expect, test } from 'vitest';
import { matches, pageOf } from './list.ts';

test('"duc" finds Đức, in any case and however its marks are encoded', () => {
	for (const name of ['Nguyễn Văn Đức', 'NGUYỄN VĂN ĐỨC', 'Nguyễn Văn Đức'.normalize('NFD')]) {
		expect(matches(name, 'duc')).toBe(true);
		expect(matches(name, ' đức  nguyen ')).toBe(true);
		expect(matches(name, 'dung')).toBe(false);
	}
	expect(matches('bất kỳ', '')).toBe(true);
});

test('a page is never beyond the list, whatever is asked', () => {
	const list = Array.from({ length: 101 }, (_, i) => i);
	expect(pageOf(list, '3')).toMatchObject({ rows: [100], page: 3, pages: 3, total: 101 });
	for (const asked of ['4', '999999']) expect(pageOf(list, asked).page).toBe(3);
	for (const asked of [null, '', '0', '-1', 'x', '1e3', '9'.repeat(30)]) expect(pageOf(list, asked).page).toBe(1);
	expect(pageOf([], '2')).toEqual({ rows: [], page: 1, pages: 1, total: 0 });
});
