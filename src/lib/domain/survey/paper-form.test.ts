import { expect, test } from 'vitest';
import { formLines } from './paper-form.ts';
import { SIPAS19 } from './sipas19.ts';
import { SIPAS5 } from './sipas5.ts';

const shapeOf = (content: Parameters<typeof formLines>[0]) =>
	formLines(content).map((line) =>
		line.kind === 'item' ? line.number : line.kind === 'gate' ? `gate ${line.skips.join()}` : line.words[0]
	);

test('the words of a scale stand once above all questions that have it', () => {
	expect(shapeOf(SIPAS5)).toEqual(['Rất không hài lòng', 1, 2, 3, 4, 5]);
	const [first, second, ...rest] = SIPAS5.items;
	const items = [first, { ...second, scale: 'quality' } as const, ...rest];
	expect(shapeOf({ items })).toEqual(['Rất không hài lòng', 1, 'Rất kém', 2, 'Rất không hài lòng', 3, 4, 5]);
});

test('a gate stands before the first question that it skips and names them by their numbers', () => {
	const gates = [{ id: 'g', text: { vi: 'Đã nhận kết quả chưa?' }, skips: ['TT', 'KQ', 'gone'] }];
	expect(shapeOf({ ...SIPAS5, gates }).slice(3)).toEqual([3, 'gate 4,5', 4, 5]);
});

test('every question of a version is on its form, once and in its order', () => {
	const items = formLines(SIPAS19).flatMap((line) => (line.kind === 'item' ? [line.item.id] : []));
	expect(items).toEqual(SIPAS19.items.map(({ id }) => id));
});
