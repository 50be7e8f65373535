import { expect, test } from 'vitest';
import { targetsOf } from './targets.ts';
import { mapCriteria, type Cell, WITHHELD } from './cell.ts';
import { changesBetween } from './change.ts';
import { orderRows, readOrder, writeOrder } from './order.ts';
import type { IndexRow, IndexTable } from './table.ts';

const cell = (value: number, n: number): Cell => ({
	...{ value, n, low: value - 3, high: Math.min(100, value + 3) },
	...{ verdict: 'not-enough', advisory: n < 30 }
});

function row(key: string | null, pv: Cell, sheets: number | null = 100): IndexRow {
	const criteria = { ...mapCriteria(() => WITHHELD), PV: pv };
	return { key, name: key ?? 'Chưa gán', sheets, criteria, sipas: WITHHELD, score: WITHHELD };
}

const table = (rows: IndexRow[]): IndexTable => ({
	...{ method: 'T2B-5C-v1', by: 'counter', channels: ['terminal'], versionId: 'SIPAS5-v1' },
	...{ from: '2026-10-01', to: '2026-12-31', target: 90, targets: targetsOf(90), rows, total: row(null, cell(90, 500)) }
});
const keys = (rows: readonly IndexRow[]) => rows.map(({ key }) => key);

const rows = [
	row('a', cell(95, 100)),
	row('b', cell(80, 100)),
	row('few', cell(20, 29)),
	row('hidden', WITHHELD, null),
	row(null, cell(10, 100))
];

test('rows too small to rank, withheld rows and the unattributed come last, whatever their figures', () => {
	expect(keys(orderRows(rows, readOrder('PV')))).toEqual(['b', 'a', 'few', 'hidden', null]);
	expect(keys(orderRows(rows, readOrder('-PV')))).toEqual(['a', 'b', 'few', 'hidden', null]);
	expect(keys(orderRows(rows, readOrder('HC')))).toEqual(['a', 'b', 'few', 'hidden', null]);
	expect(keys(orderRows(rows, readOrder('-name')))).toEqual(['hidden', 'few', 'b', 'a', null]);
});

test('by change the largest fall is first, and a row without a past is not ranked', () => {
	const changes = changesBetween(table(rows), table([row('b', cell(95, 100)), row('few', cell(99, 100))]));
	expect(keys(orderRows([...rows, row('c', cell(50, 90))], readOrder('change-PV'), changes))).toEqual([
		...['b', 'a', 'few', 'hidden', null, 'c']
	]);
	expect(changes!.rows.get('a')).toBeUndefined();
	expect(changes!.rows.get('b')!.criteria.PV).toMatchObject({ value: -15 });
});

test('another questionnaire or method is never compared with', () => {
	expect(changesBetween(table(rows), { ...table(rows), versionId: 'SIPAS19-v1' })).toBeNull();
	expect(changesBetween(table(rows), { ...table(rows), method: 'SCORE-5C-v1' })).toBeNull();
});

test.each(['name', '-name', 'PV', '-change-HC', 'change-sipas', '-sheets'])(
	'the order %s is read and written',
	(text) => {
		expect(writeOrder(readOrder(text))).toBe(text);
	}
);

test.each([null, '', 'change-name', 'constructor', '--PV', 'PV; drop'])('%j orders by name', (text) => {
	expect(writeOrder(readOrder(text))).toBe('name');
});
