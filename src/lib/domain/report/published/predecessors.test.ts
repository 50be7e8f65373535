import { expect, test } from 'vitest';
import type { PublishedTable } from './comparison.ts';
import { predecessorRanges } from './predecessors.ts';

const table = (year: number, method: string, sipas: Record<string, number>): PublishedTable => ({
	...{ id: `${year}${method}`, organizationId: 'w1', year, changeSince: null, method, source: 'Báo cáo' },
	...{ importedAt: 0, removedAt: null },
	units: Object.entries(sipas).map(([unit, SIPAS]) => ({ unit, values: { SIPAS }, change: null }))
});
const merged = { units: ['Xã A', 'xã  B', 'Xã C'], basis: '' };
const said = (tables: PublishedTable[]) =>
	predecessorRanges(tables, merged).map(({ year, columns: { SIPAS }, missing }) => [
		...[year, SIPAS && `${SIPAS.low.unit} ${SIPAS.low.value} – ${SIPAS.high.unit} ${SIPAS.high.value}`, missing]
	]);

test('a merged ward has the range of its predecessors, each end named, and nobody else in it', () => {
	const tables = [table(2023, 'm', { 'Xã A': 80, 'Xã B': 70 }), table(2024, 'm', { 'Xã A': 83, 'Xã C': 91, Khác: 99 })];
	expect(said(tables)).toEqual([
		[2024, 'Xã A 83 – Xã C 91', ['xã  B']],
		[2023, 'Xã B 70 – Xã A 80', ['Xã C']]
	]);
});

test('figures of two methods, and of one predecessor alone, make no range', () => {
	expect(said([table(2024, 'm', { 'Xã A': 83 }), table(2024, 'khác', { 'Xã B': 70 })])).toEqual([]);
	expect(said([table(2024, 'm', { 'Xã A': 83 }), table(2024, 'M', { 'Xã B': 70 })])).toEqual([
		[2024, 'Xã B 70 – Xã A 83', ['Xã C']]
	]);
});
