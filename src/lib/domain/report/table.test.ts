import { describe, expect, test } from 'vitest';
import { OFFICIAL_CHANNELS } from '../submission/channel.ts';
import { CRITERIA, type Criterion } from '../survey/criterion.ts';
import { SIPAS19 } from '../survey/sipas19.ts';
import { SIPAS5 } from '../survey/sipas5.ts';
import type { ItemCounts } from './counts.ts';
import { drawTable, type CountRow, type IndexRow, type TableRequest } from './table.ts';
import { WORKED_EXAMPLE } from './worked-example.fixture.ts';

const itemOfAll = (key: string | null, n: ItemCounts['n'], only: readonly Criterion[] = CRITERIA): CountRow[] =>
	only.map((itemId) => ({ key, itemId, n, notApplicable: 0 }));

const aRequest = (request: Partial<TableRequest>): TableRequest => ({
	by: 'counter',
	channels: OFFICIAL_CHANNELS,
	version: SIPAS5,
	method: 'T2B-5C-v1',
	target: 90,
	from: '2026-11-01',
	to: '2026-11-30',
	counts: [],
	sheets: new Map(),
	names: new Map(),
	...request
});

const shown = (row: IndexRow | undefined) =>
	Object.entries(row?.criteria ?? {}).map(([, cell]) => ('n' in cell ? cell.n : null));

describe('figures', () => {
	test('the worked example is drawn with both methods side by side', () => {
		const table = drawTable(
			aRequest({
				version: SIPAS19,
				counts: WORKED_EXAMPLE.map((counts) => ({ ...counts, key: 'quay-1' })),
				sheets: new Map([['quay-1', 5]]),
				names: new Map([['quay-1', 'Quầy 1']])
			})
		);
		expect(table.rows[0]).toMatchObject({
			name: 'Quầy 1',
			sheets: 5,
			criteria: { TC: { value: 75 }, KQ: { value: 93.33, n: 5, advisory: true } }
		});
		expect(table.rows[0]).toEqual({ ...table.total, key: 'quay-1', name: 'Quầy 1' });
	});

	test('feedback that only four answered is withheld, and the index with it', () => {
		const counts = WORKED_EXAMPLE.map((each) => ({ ...each, key: 'quay-1' }));
		const { total } = drawTable(aRequest({ version: SIPAS19, counts, sheets: new Map([['quay-1', 5]]) }));
		expect(total.criteria.TT).toEqual({ withheld: 'small' });
		expect(total.sipas).toEqual({ withheld: 'small' });
	});

	test('the worked example ten times over is 79,00 and 79,48', () => {
		const counts = Array(10)
			.fill(WORKED_EXAMPLE)
			.flat()
			.map((each: ItemCounts) => ({ ...each, key: 'quay-1' }));
		const request = aRequest({ version: SIPAS19, counts, sheets: new Map([['quay-1', 50]]) });
		expect(drawTable(request).total).toMatchObject({
			sheets: 50,
			sipas: { value: 79, n: 40, verdict: 'not-met', advisory: false },
			score: { value: 79.48 }
		});
		expect(drawTable({ ...request, method: 'SCORE-5C-v1' }).total).toMatchObject({
			sipas: { value: 79.48 },
			score: { value: 79 }
		});
	});

	test('27 of 30 against 90 % is not enough data', () => {
		const counts = itemOfAll('quay-1', [1, 1, 1, 7, 20]);
		const { total } = drawTable(aRequest({ counts, sheets: new Map([['quay-1', 30]]) }));
		expect(total.criteria.PV).toEqual({
			value: 90,
			n: 30,
			low: 74.37,
			high: 96.55,
			verdict: 'not-enough',
			advisory: false
		});
		expect(total.sipas).toEqual(total.criteria.PV);
	});

	test('the total is made from the answers, not from the means of the rows', () => {
		const counts = [...itemOfAll('1', [0, 0, 0, 0, 90]), ...itemOfAll('2', [10, 0, 0, 0, 0])];
		const { total } = drawTable(
			aRequest({
				counts,
				sheets: new Map([
					['1', 90],
					['2', 10]
				])
			})
		);
		expect(total.sipas).toMatchObject({ value: 90, n: 100 });
	});
});

test('a correction that takes more out of a period than it holds leaves nothing, and no nonsense', () => {
	const counts = itemOfAll('1', [-2, 0, 0, 10, 30]);
	const { total } = drawTable(aRequest({ counts, sheets: new Map([['1', 38]]) }));
	expect(total.sipas).toMatchObject({ value: 100, n: 40, high: 100 });
});

describe('rows', () => {
	test('officers stand by given name, and what has no officer stands last', () => {
		const counts = ['b', 'a', null, 'c'].flatMap((key) => itemOfAll(key, [0, 0, 0, 0, 40]));
		const names = new Map([
			['a', 'Trần Văn Ước'],
			['b', 'Nguyễn Thị Ánh'],
			['c', 'Đỗ Văn Đức']
		]);
		const sheets = new Map(['a', 'b', 'c', null].map((key) => [key, 40]));
		const { rows, total } = drawTable(aRequest({ by: 'officer', counts, names, sheets }));
		expect(rows.map(({ name }) => name)).toEqual([
			'Nguyễn Thị Ánh',
			'Đỗ Văn Đức',
			'Trần Văn Ước',
			'Chưa gán công chức'
		]);
		expect(total).toMatchObject({ name: 'Tổng', sheets: 160 });
	});

	test('a counter that nobody rated has its line, and the unattributed one only where there is something', () => {
		const { rows } = drawTable(aRequest({ names: new Map([['1', 'Quầy 1']]), sheets: new Map([[null, 0]]) }));
		expect(rows).toMatchObject([{ name: 'Quầy 1', sheets: null, sipas: { withheld: 'small' } }]);
	});

	test('by criterion each of the five stands in its own line, by both methods', () => {
		const counts = itemOfAll('x', [0, 0, 10, 10, 20]);
		const { rows, total } = drawTable(aRequest({ by: 'criterion', counts, sheets: new Map([['x', 40]]) }));
		expect(rows.map(({ key }) => key)).toEqual([...CRITERIA]);
		expect(rows[2]).toMatchObject({
			name: 'Sự phục vụ của công chức',
			sheets: 40,
			sipas: { value: 75 },
			score: { value: 85 }
		});
		expect(shown(rows[2])).toEqual([null, null, 40, null, null]);
		expect(total.sipas).toMatchObject({ value: 75 });
	});

	test('by criterion four respondents are withheld in their line and below', () => {
		const counts = [
			...itemOfAll('x', [0, 0, 0, 0, 40], ['TC', 'HC', 'PV', 'KQ']),
			...itemOfAll('x', [0, 0, 0, 0, 4], ['TT'])
		];
		const { rows, total } = drawTable(aRequest({ by: 'criterion', counts, sheets: new Map([['x', 40]]) }));
		expect(rows.map(({ sheets }) => sheets)).toEqual([40, 40, 40, 40, null]);
		expect(shown(total)).toEqual([40, 40, 40, 40, null]);
	});

	test('answers to items of another questionnaire are not counted', () => {
		const counts = [
			...itemOfAll('1', [0, 0, 0, 0, 40]),
			{ key: '1', itemId: 'PV1', n: [40, 0, 0, 0, 0] as ItemCounts['n'], notApplicable: 0 }
		];
		expect(drawTable(aRequest({ counts, sheets: new Map([['1', 40]]) })).total.sipas).toMatchObject({ value: 100 });
	});
});

describe('by channel', () => {
	const of: [string, number][] = [
		['poster', 300],
		['ticket', 40],
		['terminal', 100],
		['import', 30]
	];
	const names = new Map([...of, ['paper', 0] as const].map(([key]) => [key, `kênh ${key}`]));
	const request = aRequest({
		...{ by: 'channel', names, sheets: new Map(of) },
		counts: of.flatMap(([key, n]) => itemOfAll(key, key === 'poster' ? [n, 0, 0, 0, 0] : [0, 0, 0, 0, n]))
	});

	test('the official ones stand first and make the total, the others stand beside it with their gap', () => {
		const { rows, total, channels } = drawTable(request);
		expect(rows.map(({ key, sheets, gap }) => [key, sheets, gap && 'there'])).toEqual([
			['terminal', 100, undefined],
			['ticket', 40, undefined],
			['poster', 300, 'there'],
			['import', 30, 'there']
		]);
		expect(total).toMatchObject({ sheets: 140, sipas: { value: 100, n: 140 } });
		expect(channels).toEqual(OFFICIAL_CHANNELS);
		expect(rows[2]).toMatchObject({ sipas: { value: 0, n: 300 }, gap: { sipas: { value: -100 } } });
		expect(rows[3]).toMatchObject({ sipas: { value: 100, n: 30 }, gap: { criteria: { PV: { value: 0 } } } });
	});

	test('what nobody verified is held against no target, beside the index and alone', () => {
		const verdicts = (row: IndexRow) =>
			[...Object.values(row.criteria), row.sipas, row.score].map((cell) => 'value' in cell && cell.verdict);
		const { rows, total } = drawTable(request);
		expect(rows.map((row) => [...new Set(verdicts(row))])).toEqual([['met'], ['met'], [null], [null]]);
		expect(new Set(verdicts(total))).toEqual(new Set(['met']));
		const alone = drawTable({ ...request, by: 'counter', channels: ['poster'] });
		expect(new Set(verdicts(alone.total))).toEqual(new Set([null]));
	});

	test('what stands beside changes nothing of the others, not even what is withheld', () => {
		const isOfficial = ([key]: [string, number]) => key !== 'poster' && key !== 'import';
		const alone = drawTable({
			...request,
			sheets: new Map(of.filter(isOfficial)),
			counts: request.counts.filter(({ key }) => isOfficial([key!, 0]))
		});
		const beside = new Map([['poster', 10]]);
		for (const k of [undefined, beside]) {
			const { rows, total } = drawTable({ ...request, k });
			expect(rows.filter(({ gap }) => !gap)).toEqual(alone.rows);
			expect(total).toEqual(alone.total);
		}
	});

	test('a channel beside with four answers is withheld, and so is its gap', () => {
		const few = aRequest({
			...{ by: 'channel', sheets: new Map([...of.slice(1, 3), ['poster', 4] as const]) },
			counts: [...itemOfAll('terminal', [0, 0, 0, 0, 100]), ...itemOfAll('poster', [4, 0, 0, 0, 0])]
		});
		const row = drawTable(few).rows.find(({ key }) => key === 'poster');
		expect(row).toMatchObject({ sheets: null, criteria: { PV: { withheld: 'small' } } });
		expect(row?.gap).toMatchObject({ criteria: { PV: { withheld: 'small' } }, sipas: { withheld: 'small' } });
	});
});

describe('secrecy of a table', () => {
	test('an officer with nine is withheld, and so is the colleague who would give it away', () => {
		const of: [string, number][] = [
			['a', 9],
			['b', 60],
			['c', 14]
		];
		const counts = of.flatMap(([key, n]) => itemOfAll(key, [0, 0, 0, 0, n]));
		const { rows, total } = drawTable(aRequest({ by: 'officer', counts, sheets: new Map(of) }));
		expect(rows.map((row) => [row.key, row.sheets])).toEqual([
			['a', null],
			['b', 60],
			['c', null]
		]);
		expect(rows.map(({ criteria }) => 'withheld' in criteria.PV)).toEqual([true, false, true]);
		expect(total.sheets).toBe(83);
	});

	test('a counter with seven is shown, but not where only one officer sits', () => {
		const of: [string, number][] = [
			['1', 7],
			['2', 60],
			['3', 70]
		];
		const request = aRequest({
			counts: of.flatMap(([key, n]) => itemOfAll(key, [0, 0, 0, 0, n])),
			sheets: new Map(of)
		});
		expect(drawTable(request).rows[0]?.sheets).toBe(7);
		expect(drawTable({ ...request, k: new Map([['1', 10]]) }).rows[0]?.sheets).toBeNull();
	});

	test('one counter with a single officer makes the whole table as secret, for a mixed one could be solved', () => {
		const of: [string, number][] = [
			['1', 70],
			['2', 7],
			['3', 60]
		];
		const counts = of.flatMap(([key, n]) => itemOfAll(key, [0, 0, 0, 0, n]));
		const { rows } = drawTable(aRequest({ counts, sheets: new Map(of), k: new Map([['1', 10]]) }));
		expect(rows.map(({ sheets }) => sheets)).toEqual([70, null, null]);
	});

	test('the only officer with answers is as secret in the total', () => {
		const request = aRequest({ by: 'officer', counts: itemOfAll('a', [0, 0, 0, 0, 7]), sheets: new Map([['a', 7]]) });
		const { total } = drawTable(request);
		expect(total.sheets).toBeNull();
		expect(shown(total)).toEqual([null, null, null, null, null]);
	});

	test('a criterion withheld in a line withholds its index: the other four would tell it', () => {
		const of: [string, number][] = [
			['1', 40],
			['2', 50]
		];
		const counts = of.flatMap(([key, n]) => itemOfAll(key, [0, 0, 0, 0, n], ['TC', 'HC', 'PV', 'KQ']));
		counts.push(...itemOfAll('1', [0, 0, 0, 0, 3], ['TT']), ...itemOfAll('2', [0, 0, 0, 0, 30], ['TT']));
		const { rows, total } = drawTable(aRequest({ counts, sheets: new Map(of) }));
		expect(shown(rows[0])).toEqual([40, 40, 40, 40, null]);
		expect(rows.map(({ sipas }) => 'withheld' in sipas)).toEqual([true, true]);
		expect(total.sipas).toMatchObject({ value: 100, n: 33 });
	});

	test('columns of the same sheets withhold the same lines, so that one does not open the other', () => {
		const of: [string, number][] = [
			['1', 3],
			['2', 9],
			['3', 10],
			['4', 50]
		];
		const counts = of.flatMap(([key, n]) => itemOfAll(key, [0, 0, 0, 0, n], ['TC', 'PV', 'KQ', 'TT']));
		const fewer: [string, number][] = [
			['1', 3],
			['2', 9],
			['3', 8],
			['4', 50]
		];
		counts.push(...fewer.flatMap(([key, n]) => itemOfAll(key, [0, 0, 0, 0, n], ['HC'])));
		const { rows } = drawTable(aRequest({ counts, sheets: new Map(of) }));
		expect(rows.map(shown)).toEqual([
			[null, null, null, null, null],
			[null, null, null, null, null],
			[10, 8, 10, 10, 10],
			[50, 50, 50, 50, 50]
		]);
	});
});

test('by version what is withheld in a series hides a neighbour of it, and says nothing about other series', () => {
	const versions = ['v1', 'v2', 'v3', 'v4'].map(
		(id, i) => [id, { version: { ...SIPAS5, id }, series: i < 2 ? 'v2' : id }] as const
	);
	const request = aRequest({
		by: 'version',
		version: versions[0][1].version,
		series: new Map(versions),
		counts: [4, 40, 4, 30].flatMap((n, i) => itemOfAll(versions[i][0], [0, 0, 0, 0, n])),
		sheets: new Map([4, 40, 4, 30].map((n, i) => [versions[i][0], n]))
	});
	const { rows, total } = drawTable(request);
	expect(rows.map(({ key, sheets, apart }) => [key, sheets, apart ?? false])).toEqual([
		['v1', null, false],
		['v2', null, false],
		['v3', null, true],
		['v4', 30, true]
	]);
	expect(shown(rows[1])).toEqual([null, null, null, null, null]);
	expect([total.sheets, ...shown(total)]).toEqual([44, 44, 44, 44, 44, 44]);
});
