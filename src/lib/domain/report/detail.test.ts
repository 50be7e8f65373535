import { expect, test } from 'vitest';
import { WITHHELD } from './cell.ts';
import { drawDetail, type DetailRequest } from './detail.ts';
import { K } from './secrecy.ts';
import { SIPAS19 } from '../survey/sipas19.ts';

const items = (counts: Record<string, [number, number, number, number, number]>) => [
	{ stratum: 'f1|terminal', items: Object.entries(counts).map(([itemId, n]) => ({ itemId, n, notApplicable: 0 })) }
];
const request: DetailRequest = {
	...{ criterion: 'HC', version: SIPAS19, method: 'T2B-5C-v1', target: 90, k: K, narrowed: true },
	cell: { value: 60, n: 50, low: 46, high: 73, verdict: 'not-met', advisory: false },
	centre: { value: 90, n: 500, low: 87, high: 92, verdict: 'not-enough', advisory: false },
	row: items({ HC1: [10, 5, 5, 20, 10], HC2: [1, 0, 0, 2, 1], TC1: [0, 0, 0, 0, 50] }),
	whole: items({ HC1: [20, 10, 20, 250, 200], HC2: [10, 10, 10, 200, 200] }),
	reasons: new Map([
		['R05', 2],
		['R06', 9],
		['R01', 40]
	])
};

test('behind a cell stand the items of its criterion and the reasons that belong to it, the most named first', () => {
	const detail = drawDetail(request);
	expect(detail.items.map(({ itemId }) => itemId)).toEqual(['HC1', 'HC2', 'HC3', 'HC4']);
	expect(detail.items[0]).toMatchObject({ cell: { value: 60, n: 50 }, chosen: [10, 5, 5, 20, 10] });
	expect(detail.reasons).toEqual([
		{ code: 'R06', sheets: 9 },
		{ code: 'R05', sheets: 2 }
	]);
	expect(detail.difference).toBe('clearly-below');
});

test('an item of fewer than k people is withheld, its distribution too', () => {
	expect(drawDetail(request).items[1]).toEqual({ itemId: 'HC2', cell: WITHHELD, chosen: null });
});

test('behind a withheld cell nothing is told at all', () => {
	const detail = drawDetail({ ...request, cell: WITHHELD });
	expect(detail).toMatchObject({ difference: null, fair: null, items: [], reasons: [] });
});

test('everything together is compared with nothing', () => {
	expect(drawDetail({ ...request, narrowed: false })).toMatchObject({ difference: null, fair: null });
});
