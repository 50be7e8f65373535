import { describe, expect, test } from 'vitest';
import { mapCriteria } from '../cell.ts';
import { indexOf } from '../score.ts';
import { checkPublished } from './check.ts';
import { readHeadings } from './headings.ts';
import { SIX_WARDS } from './six-wards.ts';

const rowsOf = (csv: string) =>
	csv
		.trim()
		.split('\n')
		.map((line) => line.split(','));
const check = (csv: string, standing: string[] = []) => {
	const [first, ...rows] = rowsOf(csv);
	const headings = readHeadings(first);
	return checkPublished(
		rows.map((cells, i) => ({ row: i + 2, cells })),
		headings,
		standing
	);
};
const faults = (csv: string, standing?: string[]) =>
	check(csv, standing).problems.map(({ row, column, code }) => `${row} ${column} ${code}`);

describe('the published table of six wards', () => {
	const { units, problems } = check(SIX_WARDS.csv);

	test('reads as it was published, with the changes against 2023', () => {
		expect(problems).toEqual([]);
		expect(units.map(({ unit, values, change }) => [unit, values.SIPAS, change])).toEqual([
			['UBND phường Vĩnh Thọ', 8890, 328],
			['UBND phường Vĩnh Phước', 8967, 198],
			['UBND phường Vĩnh Hải', 9021, 381],
			['UBND phường Vĩnh Hòa', 8371, 730],
			['UBND xã Vĩnh Phương', 9141, 314],
			['UBND xã Vĩnh Lương', 8613, 523]
		]);
		expect(units[3].values).toEqual({ TC: 7825, HC: 8133, PV: 8681, KQ: 8817, TT: 8397, SIPAS: 8371 });
	});

	test('every index is recomputed from its criteria to the second decimal', () => {
		for (const { values, mean } of units) {
			expect(indexOf(mapCriteria((criterion) => values[criterion]!))).toBe(values.SIPAS);
			expect(mean).toBeNull();
		}
	});
});

test('columns are known by what people head them, in any order; what is reckoned beside them is left out', () => {
	const first = 'stt,don_vi,TC,HC,PV,KQ,TT,SIPAS_2024_published,delta_vs_2023_published,mean5_exact,SIPAS_2023_implied';
	expect(readHeadings(first.split(','))).toEqual({
		columns: [null, 'unit', 'TC', 'HC', 'PV', 'KQ', 'TT', 'SIPAS', 'change', null, null],
		year: 2024,
		changeSince: 2023,
		unused: ['stt', 'mean5_exact', 'SIPAS_2023_implied']
	});
	expect(readHeadings(['Đơn vị', 'Thủ tục hành chính', 'Tăng/ giảm so với 2023', 'SIPAS', 'TC', 'TC']).columns).toEqual(
		[...['unit', 'HC', 'change', 'SIPAS', 'TC', null]]
	);
});

test('figures are read as people write them', () => {
	const { units, problems } = check('don_vi;TC;HC;SIPAS;change\n'.replaceAll(';', ',') + 'A,82.5,90 %,100,−0.4');
	expect(problems).toEqual([]);
	expect(units[0]).toMatchObject({ values: { TC: 8250, HC: 9000, SIPAS: 10_000 }, change: -40 });
});

test('each line says what is wrong with it', () => {
	const head = 'don_vi,TC,SIPAS,change\n';
	expect(faults(`${head},80,80,`)).toEqual(['2 unit required']);
	expect(faults(`${head}=A,80,80,`)).toEqual(['2 unit formula']);
	expect(faults(`${head}A,80,80,\na ,81,81,`)).toEqual(['3 unit unit-twice']);
	expect(faults(`${head}A,100.01,80,\nB,-1,x,\nC,80.123,80,`)).toEqual([
		...['2 TC value', '3 TC value', '3 SIPAS value', '4 TC value']
	]);
	expect(faults(`${head}A,80,,3\nB,80,80,x`)).toEqual(['2 change change', '3 change change']);
	expect(faults(`${head}A,,,`)).toEqual(['2 null nothing']);
	expect(faults(`${head}UBND  phường Vĩnh Thọ,80,80,`, ['UBND phường Vĩnh Thọ'])).toEqual(['2 unit unit-standing']);
});

test('a published index that is not the mean of its criteria is kept, and the mean is said', () => {
	const { units, problems } = check('don_vi,TC,HC,PV,KQ,TT,SIPAS\nA,80,80,80,80,80,81');
	expect(problems).toEqual([]);
	expect(units[0]).toMatchObject({ values: { SIPAS: 8100 }, mean: 8000 });
});
