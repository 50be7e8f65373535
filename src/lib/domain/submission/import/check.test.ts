import { expect, test } from 'vitest';
import { formatInstant } from '../../shared/time.ts';
import { SIPAS5 } from '../../survey/sipas5.ts';
import { AnswerReader, SHOWN_PROBLEMS } from './check.ts';
import { prepareMap } from './columns.ts';
import { answerMapSchema, parseMap, type WrittenMap } from './map.ts';
import type { KnownPlaces } from './places.ts';
import * as v from 'valibot';

const HEAD = ['Mã', 'Ngày', 'C1', 'C2', 'Quầy', 'Lĩnh vực', 'Người phục vụ', 'Lý do', 'Góp ý'];
const standing = { archivedAt: null };
const KNOWN: KnownPlaces = {
	sites: [
		{ id: 's1', name: 'Trung tâm', ...standing },
		{ id: 's2', name: 'Điểm 2', ...standing }
	],
	counters: [
		{ id: 'q1', siteId: 's1', number: '1', name: 'Quầy 1', ...standing },
		{ id: 'q2', siteId: 's1', number: '2', name: 'Đất đai', ...standing },
		{ id: 'q9', siteId: 's2', number: '1', name: 'Quầy 1', ...standing },
		{ id: 'old', siteId: 's1', number: '2', name: 'Đất đai', archivedAt: 1 }
	],
	fields: [{ id: 'f1', code: 'HT', name: 'Hộ tịch', ...standing }],
	officers: [
		{ id: 'o1', code: 'CC01', name: 'Lê Thị Hoà', ...standing },
		{ id: 'o2', code: '', name: 'Lê Thị Hòa', ...standing },
		{ id: 'o3', code: '', name: 'Trần Đức', archivedAt: 1 }
	]
};
const MAP: WrittenMap = {
	source: 'thử',
	id: 'ma',
	date: { column: 'NGAY' },
	items: { TC: 'C1', PV: { column: 4, scale: { from: 1, to: 10, reversed: true } } },
	counter: 'Quầy',
	field: 'Lĩnh vực',
	officer: 'Người phục vụ',
	reasons: { column: 'Lý do', table: { 'chờ lâu quá': 'R01' } },
	comment: 'Góp ý'
};

function readAll(rows: string[][], map: Partial<WrittenMap> = {}) {
	const { prepared, problems } = prepareMap(v.parse(answerMapSchema, { ...MAP, ...map }), SIPAS5, HEAD);
	expect(problems).toEqual([]);
	const reader = new AnswerReader(prepared!, KNOWN, '2026-11-23');
	return { reader, sheets: rows.map((cells, i) => reader.read(i + 2, cells)) };
}
const said = ({ reader }: ReturnType<typeof readAll>) =>
	reader.problems.map(({ row, column, code }) => [row, column === null ? null : HEAD[column], code]);

test('a row becomes a sheet: scores, local day, place, reasons and comment', () => {
	const { sheets } = readAll([
		['P1', '20/11/2026', '4', '1', 'quay so 2', 'ho tich', 'CC01', 'R05; Chờ lâu quá', ' Tốt\r\nlắm '],
		['P2', '20/11/2026 08:15', '', 'Bình thường', '', '', '', '', '']
	]);
	expect(sheets[0]).toEqual({
		row: 2,
		sourceId: 'P1',
		at: sheets[0]!.at,
		place: { siteId: 's1', counterId: 'q2', fieldId: 'f1', officerId: 'o1' },
		answers: [
			{ itemId: 'TC', value: 4 },
			{ itemId: 'PV', value: 5 }
		],
		reasons: ['R05', 'R01'],
		comment: 'Tốt\nlắm'
	});
	expect(formatInstant(sheets[0]!.at)).toBe('12:00 20/11/2026');
	expect(formatInstant(sheets[1]!.at)).toBe('08:15 20/11/2026');
	expect(sheets[1]).toMatchObject({ answers: [{ itemId: 'PV', value: 3 }], comment: null });
	expect(sheets[1]!.place).toEqual({ siteId: '', counterId: '', fieldId: '', officerId: '' });
});

test('names are found without their marks, and the marks decide where they tell two apart', () => {
	const row = (officer: string) => ['P' + officer, '20/11/2026', '4', '', '', '', officer, '', ''];
	const both = readAll([row('Lê Thị Hoà'), row('lê thị hòa'), row('tran duc'), row('le thi hoa')]);
	expect(both.sheets.map((sheet) => sheet?.place.officerId)).toEqual(['o1', 'o2', 'o3', undefined]);
	expect(said(both)).toEqual([[5, 'Người phục vụ', 'officer-ambiguous']]);
});

test('says of each cell what is wrong with it, and gives no sheet for its row', () => {
	const row = (change: Partial<Record<number, string>>) =>
		['P', '20/11/2026', '4', '', '2', '', '', '', ''].map((cell, i) => change[i] ?? cell);
	const read = readAll([
		row({ 0: '' }),
		row({ 0: 'A', 1: 'hôm qua' }),
		row({ 0: 'B', 1: '' }),
		row({ 0: 'C', 1: '24/11/2026' }),
		row({ 0: 'D', 1: '01/01/1999' }),
		row({ 0: 'E', 2: '6', 3: 'tuyệt' }),
		row({ 0: 'F', 4: '7' }),
		row({ 0: 'G', 4: '1' }),
		row({ 0: 'H', 5: 'Thuế', 6: 'Ai đó', 7: 'R55' }),
		row({ 0: 'I', 8: 'x'.repeat(1001) }),
		row({ 0: 'K' }),
		row({ 0: 'K' }),
		row({ 0: 'L'.repeat(201) })
	]);
	expect(said(read)).toEqual([
		[2, 'Mã', 'id-required'],
		[3, 'Ngày', 'date-malformed'],
		[4, 'Ngày', 'date-required'],
		[5, 'Ngày', 'date-future'],
		[6, 'Ngày', 'date-early'],
		[7, 'C1', 'value-range'],
		[7, 'C2', 'value-unknown'],
		[8, 'Quầy', 'counter-unknown'],
		[9, 'Quầy', 'counter-ambiguous'],
		[10, 'Lĩnh vực', 'field-unknown'],
		[10, 'Người phục vụ', 'officer-unknown'],
		[10, 'Lý do', 'reason-unknown'],
		[11, 'Góp ý', 'comment-too-long'],
		[13, 'Mã', 'id-twice'],
		[14, 'Mã', 'id-too-long']
	]);
	expect(read.sheets.filter((sheet) => sheet !== null)).toHaveLength(1);
	expect(read.reader.wrongRows).toBe(12);
});

test('a row that answers nothing is no sheet: left out and counted, whatever else stands in it', () => {
	const { reader, sheets } = readAll([
		['P1', '20/11/2026', '', '', '1', '', '', '', 'chỉ góp ý'],
		['', 'x', 'N/A', '-', '', '', '', '', '']
	]);
	expect([sheets, reader.emptyRows, reader.problemCount]).toEqual([[null, null], 2, 0]);
});

test('all problems are counted and the first hundred are shown', () => {
	const { reader } = readAll(Array.from({ length: 300 }, (_, i) => [`P${i}`, 'x', '9', '', '', '', '', '', '']));
	expect([reader.problems.length, reader.problemCount, reader.wrongRows]).toEqual([SHOWN_PROBLEMS, 600, 300]);
	expect(reader.values).toEqual([{ text: '9', reading: 'value-range', cells: 300 }]);
});

test('a map says where it does not fit the file', () => {
	const { prepared, problems } = prepareMap(
		v.parse(answerMapSchema, {
			...MAP,
			id: 'Số phiếu',
			items: { TC: 'C1', HC: 3, XX: 'C2', KQ: 'C9' },
			counter: 99,
			reasons: { column: 'Lý do', table: { lâu: 'R77' } }
		}),
		SIPAS5,
		HEAD
	);
	expect(prepared).toBeNull();
	expect(problems.map(({ place, code }) => [place, code])).toEqual([
		['id', 'column-unknown'],
		['items.XX', 'item-unknown'],
		['items.HC', 'column-shared'],
		['items.KQ', 'column-unknown'],
		['counter', 'column-unknown'],
		['reasons.table', 'reason-unmapped']
	]);
	expect(prepareMap(v.parse(answerMapSchema, MAP), SIPAS5, ['Mã', 'ma', 'Ngày', 'C1']).problems[0]).toMatchObject({
		code: 'column-ambiguous'
	});
});

test('what is no map says where', () => {
	expect(parseMap('{')).toMatchObject({ reason: 'not-json' });
	const faultsOf = (map: unknown) => parseMap(JSON.stringify(map)).faults?.map(({ place }) => place);
	expect(faultsOf({ ...MAP, kanal: 'paper', channel: 'terminal' })).toEqual(['channel', 'kanal']);
	expect(faultsOf({ ...MAP, scale: { from: 0, to: 10 } })).toEqual(['scale']);
	expect(faultsOf({ ...MAP, scale: { table: { tốt: 6 } } })).toEqual(['scale.table.tốt']);
	expect(faultsOf([])).toEqual(expect.arrayContaining(['source', 'id']));
	expect(parseMap(`\ufeff${JSON.stringify(MAP)}`)).toMatchObject({ ok: true, value: { channel: 'import' } });
});
