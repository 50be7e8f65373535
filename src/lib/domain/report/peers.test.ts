import { expect, test } from 'vitest';
import { countedTable } from './counted-table.fixture.ts';
import { peersOf } from './peers.ts';

test('who has too few answers is in no funnel, but is drawn towards the group', () => {
	const peers = peersOf(countedTable({ q1: [90, 100], q2: [150, 200], q3: [380, 400], few: [20, 20] }), 'HC', 'few')!;
	expect(peers.rows.map(({ key }) => key)).toEqual(['q1', 'q2', 'q3']);
	expect([peers.limits[0].n, peers.limits.at(-1)!.n]).toEqual([30, 400]);
	expect(peers.drawn!.value).toBeLessThan(100);
	expect(peers.drawn!.reliability).toBeLessThan(100);
});

test('two are not compared', () => {
	expect(peersOf(countedTable({ q1: [90, 100], q2: [150, 200], few: [20, 20] }), 'HC', 'q1')).toBeNull();
});
