import { parseArgs } from 'node:util';
import type { Heartbeat } from '../../src/lib/domain/terminal/configuration.ts';
import { BAD, CALM } from './network.ts';
import { pairTablets } from './pairing.ts';
import { simulate, type TabletRun, type TabletSeat } from './simulation.ts';
import { Wire } from './wire.ts';

/** Simulated tablets against a running server. Exit 0 when every sheet was confirmed, 1 when some still wait, 2 for a wrong call. */
const USAGE = `Usage: npx node terminals/simulator/run.ts --url URL --login NAME --password WORD
  [--tablets 100] [--days 7] [--visits 30 at each tablet] [--seed 42] [--network bad|calm]`;

const options = {
	url: { type: 'string' },
	login: { type: 'string' },
	password: { type: 'string' },
	tablets: { type: 'string', default: '100' },
	days: { type: 'string', default: '7' },
	visits: { type: 'string', default: '30' },
	seed: { type: 'string', default: '42' },
	network: { type: 'string', default: 'bad' }
} as const;

try {
	process.exitCode = await main();
} catch (problem) {
	console.error((problem as Error).message);
	process.exitCode = 2;
}

async function main(): Promise<number> {
	const { values } = parseArgs({ options });
	const { url, login, password, seed, network } = values;
	const [tablets, days, visits] = [values.tablets, values.days, values.visits].map(Number);
	const whole = [tablets, days, visits].every((number) => Number.isInteger(number) && number > 0);
	if (!url || !login || !password || !whole || !['bad', 'calm'].includes(network)) throw new Error(USAGE);

	const origin = new URL(url).origin;
	const seats = await pairTablets(origin, { login, password }, tablets);
	console.log(`${seats.length} tablets are paired; ${days} days with ${visits} citizens at each begin.`);
	const startedAt = performance.now();
	const { tablets: runs, statuses } = await simulate({
		...{ origins: [origin], tablets: seats, seed, days, visits, endsAt: Date.now() },
		...{ faults: network === 'bad' ? BAD : CALM, offline: network === 'bad' ? 0.15 : 0, wrongClocks: network === 'bad' }
	});
	await sayHowTheyAre(origin, seats, runs);
	const sum = (figure: (run: TabletRun) => number) => runs.reduce((total, run) => total + figure(run), 0);
	const waiting = sum((run) => run.waiting);
	const report = {
		...{ made: sum((run) => run.made.length), confirmed: sum((run) => run.confirmed.length) },
		...{ refused: sum((run) => run.refused.length), waiting, answersByStatus: statuses },
		seconds: Math.round((performance.now() - startedAt) / 100) / 10
	};
	console.log(JSON.stringify(report));
	return waiting === 0 ? 0 : 1;
}

/** The last heartbeat, so that the tablets' health says how many sheets each has made. */
async function sayHowTheyAre(origin: string, seats: readonly TabletSeat[], runs: readonly TabletRun[]) {
	const wire = new Wire(origin);
	for (const [i, { made, waiting, refused }] of runs.entries()) {
		const beat: Heartbeat = {
			...{ appVersion: 'simulator', made: made.length, queued: waiting, oldestQueuedAt: null, refused: refused.length },
			...{ battery: null, charging: null, clockOffset: null, storagePersisted: true, storageUsed: null },
			storageQuota: null
		};
		await wire.signed(seats[i], 'POST', '/api/v1/terminals/heartbeat', Date.now(), { body: JSON.stringify(beat) });
	}
	wire.close();
}
