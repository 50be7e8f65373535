import { expect, test } from 'vitest';
import { CALM } from '../../terminals/simulator/network.ts';
import { ALL_WELL } from './compare.ts';
import { liveThrough, LONG, PATIENCE_MS } from './history.ts';
import { FULL } from '../lane.ts';

const kills = (count: number) => Array.from({ length: count }, () => 'kill' as const);

test(
	'what the server has confirmed survives kill -9 under load, once and whole',
	async () => {
		const ends = kills(LONG ? 300 : FULL ? 15 : 8);
		const { findings, statuses, made, slowestStart } = await liveThrough({
			...{ tablets: 40, visits: LONG ? 1500 : FULL ? 75 : 40, faults: { ...CALM, doubled: 0.05, split: 0.1 }, ends }
		});
		console.log(
			`kill -9: ${ends.length} kills, ${made} sheets, slowest start ${slowestStart} ms, ${JSON.stringify(statuses)}`
		);
		expect(findings).toEqual(ALL_WELL);
		expect(statuses).not.toHaveProperty('500');
		expect(statuses[0], 'kills met requests under way').toBeGreaterThan(0);
	},
	PATIENCE_MS
);

test('a server that confirms before the commit loses sheets, and the comparison says so', async () => {
	const preload = ['tests/faults/remove/commit-before-answer.ts'];
	const { findings } = await liveThrough({ tablets: 10, visits: 30, faults: CALM, ends: kills(3), preload });
	expect(findings.lost).not.toEqual([]);
});
