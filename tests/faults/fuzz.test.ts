import { expect, test } from 'vitest';
import { FULL } from '../lane.ts';
import { runFuzz, sayFuzz } from './fuzz/run.ts';
import { PATIENCE_MS, SEED } from './history.ts';

/** In `npm test` so many as fit into its seconds. */
const N = FULL ? 100_000 : 2_500;
const DEADLINE_MS = FULL ? Infinity : 15_000;
/** Of memory after a tenth of them; short runs are still warming up. */
const MOST_GROWTH = FULL ? 1.5 : 3;

test(
	'at every route and as everybody: no wrong request meets an unexpected error, and none is told the inside',
	{ timeout: FULL ? 3_600_000 : PATIENCE_MS },
	async () => {
		const run = await runFuzz({ n: N, seed: SEED, deadlineMs: DEADLINE_MS });
		console.log(sayFuzz(run));
		expect(run.wrong).toEqual([]);
		expect(run.printed).toBe('');
		expect([run.ready, run.exit]).toEqual([200, 0]);
		expect(run.sent).toBeGreaterThan(FULL ? 99_999 : 200);
		// Not all are turned away at the door.
		expect(run.letIn).toBeGreaterThan(run.sent / 20);
		expect(run.files.after).toBeLessThanOrEqual(run.files.before + 4);
		expect(run.rss.late).toBeLessThan(run.rss.early * MOST_GROWTH);
	}
);

test('a server that answers a wrong form with its error is found', { timeout: PATIENCE_MS }, async () => {
	const run = await runFuzz(
		{ n: 3_000, seed: SEED, deadlineMs: 60_000, mostWrong: 1 },
		{ preload: ['tests/faults/remove/forms-are-checked.ts'] }
	);
	expect(run.wrong.filter((fault) => fault.startsWith('answered 500')).length).toBeGreaterThan(0);
});
