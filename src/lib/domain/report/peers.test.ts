import { expect, test } from 'vitest';
import { findVersion } from '../survey/catalogue.ts';
import { CRITERIA } from '../survey/criterion.ts';
import { peersOf } from './peers.ts';
import { drawTable } from './table.ts';

function tableOf(shares: Record<string, [satisfied: number, n: number]>) {
	const keys = Object.keys(shares);
	return drawTable({
		...{ by: 'counter', channels: ['terminal'], version: findVersion('SIPAS5-v1')!, method: 'T2B-5C-v1', target: 90 },
		...{ from: '2026-10-01', to: '2026-12-31', names: new Map(keys.map((key) => [key, key])) },
		counts: keys.flatMap((key) =>
			CRITERIA.map((itemId) => {
				const [satisfied, n] = shares[key];
				return { key, itemId, n: [n - satisfied, 0, 0, 0, satisfied], notApplicable: 0 };
			})
		),
		sheets: new Map(keys.map((key) => [key, shares[key][1]]))
	});
}

test('who has too few answers is in no funnel, but is drawn towards the group', () => {
	const peers = peersOf(tableOf({ q1: [90, 100], q2: [150, 200], q3: [380, 400], few: [20, 20] }), 'HC', 'few')!;
	expect(peers.rows.map(({ key }) => key)).toEqual(['q1', 'q2', 'q3']);
	expect([peers.limits[0].n, peers.limits.at(-1)!.n]).toEqual([30, 400]);
	expect(peers.drawn!.value).toBeLessThan(100);
	expect(peers.drawn!.reliability).toBeLessThan(100);
});

test('two are not compared', () => {
	expect(peersOf(tableOf({ q1: [90, 100], q2: [150, 200], few: [20, 20] }), 'HC', 'q1')).toBeNull();
});
