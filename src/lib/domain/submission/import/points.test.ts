import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIVE_POINTS, pointReader, rescale } from './points.ts';

const of = (from: number, to: number, reversed = false) =>
	Array.from({ length: to - from + 1 }, (_, i) => rescale(from + i, { from, to, reversed }));

test('two to ten points are laid out on five by one rule, halves towards the middle', () => {
	expect(of(0, 1)).toEqual([1, 5]);
	expect(of(1, 3)).toEqual([1, 3, 5]);
	expect(of(1, 4)).toEqual([1, 2, 4, 5]);
	expect(of(1, 5)).toEqual([1, 2, 3, 4, 5]);
	expect(of(1, 6)).toEqual([1, 2, 3, 3, 4, 5]);
	expect(of(1, 7)).toEqual([1, 2, 2, 3, 4, 4, 5]);
	expect(of(1, 8)).toEqual([1, 2, 2, 3, 3, 4, 4, 5]);
	expect(of(1, 9)).toEqual([1, 2, 2, 3, 3, 3, 4, 4, 5]);
	expect(of(1, 10)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
	expect(of(-2, 2)).toEqual([1, 2, 3, 4, 5]);
});

test('a reversed scale is the mirror of the scale, the ends stay the ends, and more is never less', () => {
	const scales = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 9 }));
	fc.assert(
		fc.property(scales, ([from, more]) => {
			const there = of(from, from + more);
			expect(of(from, from + more, true)).toEqual(there.toReversed());
			expect(there.map((score) => 6 - score).toReversed()).toEqual(there);
			expect([there[0], there.at(-1)]).toEqual([1, 5]);
			expect(there.toSorted((a, b) => a - b)).toEqual(there);
		})
	);
});

test('a cell is a figure of the scale, a word of ours in either language, "not applicable" or nothing', () => {
	const read = pointReader(FIVE_POINTS, ['Chưa có kết quả']);
	expect(['4', ' 4 ', '4,0', '4.00', 'HÀI LÒNG', 'hai long', 'Satisfied', 'Rất tốt'].map(read)).toEqual([
		...[4, 4, 4, 4, 4, 4, 4, 5]
	]);
	expect(['', ' - ', 'N/A', 'chua co ket qua', 'Không áp dụng'].map(read)).toEqual([
		'blank',
		'blank',
		null,
		null,
		null
	]);
	expect(['0', '6', '44', '4,5', 'tạm', '=4', '4 5'].map(read)).toEqual([
		...['value-range', 'value-range', 'value-range'],
		...['value-unknown', 'value-unknown', 'value-unknown', 'value-unknown']
	]);
});

test('a table decides before every rule, and a reversed scale leaves words as they are', () => {
	const read = pointReader({ from: 1, to: 4, reversed: true, table: { Tạm: 3, '9': null, '4': 2 } }, []);
	expect(['tạm', '9', '4', '1', '3', 'Hài lòng', 'toString'].map(read)).toEqual([3, null, 2, 5, 2, 4, 'value-unknown']);
});
