import { expect, test } from 'vitest';
import { SIPAS19 } from '../../survey/sipas19.ts';
import { SIPAS5 } from '../../survey/sipas5.ts';
import { columnName, columnNumber, draftFromForm, fitsFile, withMeanings, type MapDraft } from './draft.ts';
import { guessHeader, guessMap } from './guess.ts';
import { parseMap } from './map.ts';

const guess = (head: string[], ...rows: string[][]) => guessMap(SIPAS5, head, rows);

test('columns are known by what people and programs call them; the rest is left to the person', () => {
	const head = [
		'STT',
		'Dấu thời gian',
		'Số quầy',
		'Cán bộ',
		'TC. Tiếp cận',
		'Câu 2',
		'PV',
		'Q4',
		'5) Phản ánh',
		'Ý kiến khác'
	];
	expect(guess(head, ['1', '11/20/2026 8:15', '2', 'A', '4', '5', '3', '2', '1', ''])).toEqual({
		version: 'SIPAS5-v1',
		id: 'STT',
		date: { column: 'Dấu thời gian', format: 'M/d/y' },
		items: { TC: 'TC. Tiếp cận', HC: 'Câu 2', PV: 'PV', KQ: 'Q4', TT: '5) Phản ánh' },
		counter: 'Số quầy',
		officer: 'Cán bộ',
		comment: 'Ý kiến khác',
		scale: { from: 1, to: 5 }
	});
	const nothing = guess(['A', 'B'], ['x', 'y']);
	expect(nothing).toMatchObject({ id: undefined, date: { column: undefined }, items: {} });
});

test('items are found by their words and criteria, and by their place where just as many columns hold answers', () => {
	const byWords = guess(['Tiếp cận dịch vụ', SIPAS5.items[1].text.vi, SIPAS5.items[2].text.en!]);
	expect(byWords.items).toEqual({ TC: 'Tiếp cận dịch vụ', HC: SIPAS5.items[1].text.vi, PV: SIPAS5.items[2].text.en });
	const rows = Array.from({ length: 12 }, (_, i) => [`P${i}`, '20/11/2026', ...['1', '7', '3', 'Hài lòng', '6']]);
	const byPlace = guess(['Số', 'Hôm', 'a', 'b', 'c', 'd', 'e'], ...rows);
	expect(byPlace).toMatchObject({ id: 'Số', items: { TC: 'a', HC: 'b', PV: 'c', KQ: 'd', TT: 'e' }, scale: { to: 7 } });
	// One column more that holds figures, and nobody knows which are meant.
	expect(guess(['Số', 'Hôm', 'a', 'b', 'c', 'd', 'e', 'f'], ...rows.map((row) => [...row, '3'])).items).toEqual({});
	const many = guessMap(SIPAS19, ['Câu 1', 'Câu 10', 'Câu 19'], []).items;
	expect(Object.values(many)).toEqual(['Câu 1', 'Câu 10', 'Câu 19']);
});

test('the scale is that of the figures, and days are read in the format that fits most', () => {
	const scaleOf = (...cells: string[]) => guess(['PV'], ...cells.map((cell) => [cell])).scale;
	expect(scaleOf('4', '3')).toEqual({ from: 1, to: 5 });
	expect(scaleOf('8', '1')).toEqual({ from: 1, to: 10 });
	expect(scaleOf('0', '1')).toEqual({ from: 0, to: 1 });
	expect(scaleOf('0', '4')).toEqual({ from: 0, to: 4 });
	expect(scaleOf('0', '10')).toEqual({ from: 0, to: 9 });
	expect(scaleOf('-2', '2')).toEqual({ from: -2, to: 2 });
	// One slip among many makes no scale of ten: it is shown as a slip.
	expect(scaleOf(...Array<string>(30).fill('4'), '9', '0')).toEqual({ from: 1, to: 5 });
	expect(scaleOf('Tốt')).toEqual({ from: 1, to: 5 });
	const formatOf = (...cells: string[]) => guess(['Ngày'], ...cells.map((cell) => [cell])).date.format;
	expect(formatOf('03/04/2026')).toBe('d/M/y');
	expect(formatOf('03/14/2026', '03/04/2026', '?')).toBe('M/d/y');
	expect(formatOf('2026-11-20T01:00:00Z')).toBe('iso');
	expect(formatOf('46346')).toBe('excel');
});

test('a first row with a day, or of figures only, names no columns', () => {
	expect(guessHeader(['Mã', 'Ngày', '1', '2'])).toBe(true);
	expect(guessHeader(['P1', '20/11/2026', '4', '5'])).toBe(false);
	expect(guessHeader(['1', '46346', '4', '5'])).toBe(false);
});

test('a column is called by its heading where that says which, else by its number', () => {
	const head = ['Mã', 'Ngày', 'ngay', ''];
	expect([0, 1, 3].map((place) => columnName(head, place))).toEqual(['Mã', 2, 4]);
	expect(['ma', 2, 9, 'x', undefined].map((name) => columnNumber(head, name))).toEqual(['1', '2', '', '', '']);
});

const DRAFT: MapDraft = {
	source: 'A',
	version: 'SIPAS5-v1',
	channel: 'paper',
	id: 'Mã',
	date: { column: 'Ngày', format: 'd/M/y' },
	items: { TC: 'C1', PV: { column: 'C2', scale: { from: 1, to: 10, table: { '11': null } } } },
	reasons: { column: 'Lý do', table: { lâu: 'R01' } },
	comment: 'Góp ý',
	scale: { from: 1, to: 4, table: { tạm: 3 } }
};

test('the form changes what it asks for and keeps the rest of a map that was given', () => {
	const headings = ['Mã', 'Ngày', 'C1', 'C2', 'C3', 'Lý do'];
	const form: Record<string, string> = {
		...{ source: ' B ', id: '1', date: '2', format: 'iso', reasons: '6', from: '0', to: '3', reversed: '1' },
		...{ 'item-TC': '', 'item-PV': '5', 'item-HC': '99', counter: 'x' }
	};
	const said = (name: string) => form[name] ?? null;
	const draft = draftFromForm(said, DRAFT, { headings, itemIds: ['TC', 'PV', 'HC'] });
	expect(draft).toEqual({
		...DRAFT,
		source: 'B',
		date: { column: 'Ngày', format: 'iso' },
		items: { PV: { column: 'C3', scale: { from: 1, to: 10, table: { '11': null } } } },
		comment: undefined,
		scale: { from: 0, to: 3, reversed: true, table: { tạm: 3 } }
	});
	expect(parseMap(JSON.stringify(draft))).toMatchObject({ ok: true, value: { channel: 'paper' } });
	const empty = draftFromForm(() => null, { date: {}, items: {} }, { headings, itemIds: [] });
	expect(parseMap(JSON.stringify(empty)).faults?.map(({ place }) => place)).toEqual(['source', 'id', 'date.column']);
});

test('what a text means is said for every scale, and can be taken back', () => {
	const said = withMeanings(
		DRAFT,
		new Map([
			['khá', 4 as const],
			['tạm', undefined]
		])
	);
	expect(said.scale?.table).toEqual({ khá: 4 });
	expect(said.items).toMatchObject({ TC: 'C1', PV: { scale: { table: { '11': null, khá: 4 } } } });
});

test('a map of before is taken up only where every column it names is there', () => {
	const head = ['Mã', 'Ngày', 'C1', 'C2', 'Lý do', 'GÓP Ý', 'thêm'];
	expect(fitsFile(DRAFT, head)).toBe(true);
	expect(fitsFile(DRAFT, head.slice(1))).toBe(false);
	expect(fitsFile({ ...DRAFT, id: 1 }, head)).toBe(false);
});
