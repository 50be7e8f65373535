import { expect, test } from 'vitest';
import { findVersion } from '../survey/catalogue.ts';
import { CRITERIA } from '../survey/criterion.ts';
import { changesBetween } from './change.ts';
import { CODEBOOK, FILE_COLUMNS, linesOf } from './file.ts';
import { drawTable } from './table.ts';

function tableOf(shares: Record<string, [satisfied: number, n: number]>) {
	const keys = Object.keys(shares);
	return drawTable({
		...{ by: 'counter', channels: ['terminal'], version: findVersion('SIPAS5-v1')!, method: 'T2B-5C-v1', target: 90 },
		...{ from: '2026-10-01', to: '2026-12-31', names: new Map(keys.map((key) => [key, `Quầy ${key}`])) },
		counts: keys.flatMap((key) =>
			CRITERIA.map((itemId) => {
				const [satisfied, n] = shares[key];
				return { key, itemId, n: [n - satisfied, 0, 0, 0, satisfied], notApplicable: 0 };
			})
		),
		sheets: new Map(keys.map((key) => [key, shares[key][1]]))
	});
}

test('a file says what the table says, figure by figure, and what is withheld stays empty', () => {
	const table = tableOf({ a: [90, 100], b: [160, 200], few: [1, 2] });
	const before = changesBetween(table, tableOf({ a: [80, 100], b: [140, 200] }));
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
		'from to by key name criterion value n low high verdict change yearChange sheets target method version channels counted'
	);
	expect(CODEBOOK.map(({ column }) => column)).toEqual([...FILE_COLUMNS]);
});
