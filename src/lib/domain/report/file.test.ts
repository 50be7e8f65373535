import { expect, test } from 'vitest';
import { countedTable } from './counted-table.fixture.ts';
import { changesBetween } from './change.ts';
import { cellsOf, CODEBOOK, FILE_COLUMNS, linesOf } from './file.ts';

test('a file says what the table says, figure by figure, and what is withheld stays empty', () => {
	const table = countedTable({ a: [90, 100], b: [160, 200], few: [1, 2] });
	const before = changesBetween(table, countedTable({ a: [80, 100], b: [140, 200] }));
	const lines = linesOf(table, { before, yearBefore: null });
	expect(lines).toHaveLength(4 * 6);
	for (const line of lines) {
		const row = line.key === null ? table.total : table.rows.find(({ key }) => key === line.key)!;
		const cell = line.criterion === 'SIPAS' ? row.sipas : row.criteria[line.criterion as 'PV'];
		const { value, n, low, high, verdict } = line;
		expect({ value, n, low, high, verdict }).toEqual(
			'withheld' in cell
				? { value: null, n: null, low: null, high: null, verdict: null }
				: { value: cell.value, n: cell.n, low: cell.low, high: cell.high, verdict: cell.verdict }
		);
	}
	expect(lines.find(({ key, criterion }) => key === 'b' && criterion === 'PV')).toMatchObject({ change: 10 });
	expect(lines.filter(({ key }) => key === 'few').every(({ value, sheets }) => value === null && sheets === null)).toBe(
		true
	);
});

test('the columns stand in the order that other programs know, and the codebook explains each', () => {
	expect(FILE_COLUMNS.join(' ')).toBe(
		'from to by key name criterion value n low high verdict change yearChange sheets target method version channels counted series'
	);
	expect(CODEBOOK.map(({ column }) => column)).toEqual([...FILE_COLUMNS]);
});

test('a name that a spreadsheet would run is defused, and a fall stays a number', () => {
	const [line] = linesOf(countedTable({ '=1+1': [90, 100], b: [160, 200] }), { before: null, yearBefore: null });
	const fallen = { ...line, value: 82.5, change: -1.25 };
	const cell = (column: 'name' | 'value' | 'change', separator: ';' | ',') =>
		cellsOf(fallen, separator)[FILE_COLUMNS.indexOf(column)];
	expect([cell('name', ';'), cell('value', ';'), cell('change', ';')]).toEqual(["'=1+1", '82,5', '-1,25']);
	expect([cell('value', ','), cell('change', ',')]).toEqual(['82.5', '-1.25']);
});
