import { expect, onTestFinished, test } from 'vitest';
import { BAD } from '../../terminals/simulator/network.ts';
import { simulate } from '../../terminals/simulator/simulation.ts';
import { aPostgres, POSTGRES_BIN } from '../actors/postgres.ts';
import { startServer } from '../actors/server.ts';

const LONG = process.env.FAULTS === 'long';
if (!POSTGRES_BIN)
	console.log('SKIPPED: postgres.test.ts needs a PostgreSQL server (Debian: apt-get install postgresql).');

test.skipIf(!POSTGRES_BIN)('two nodes on one PostgreSQL that crashes lose and double nothing', async () => {
	const postgres = await aPostgres();
	onTestFinished(() => postgres.remove());
	// The tables of a process are made for one engine, chosen when they are first imported.
	process.env.DATABASE_URL = postgres.url;
	const { prepareWard } = await import('./ward.ts');
	const { ALL_WELL, compareWithTruth } = await import('./compare.ts');
	const { openDb } = await import('../../src/lib/server/db/open.ts');

	const tablets = await prepareWard(postgres.url, 20);
	const nodes = await Promise.all([0, 1].map(() => startServer({ databaseUrl: postgres.url })));
	for (const node of nodes) onTestFinished(() => node.kill());
	const visits = LONG ? 500 : 40;
	let crashes = 0;
	const progress = (confirmed: number) => {
		if (crashes > 0 || confirmed < tablets.length * visits * 0.4) return;
		crashes++;
		postgres.crash();
		postgres.start();
	};
	const result = await simulate({
		...{ origins: nodes.map(({ origin }) => origin), tablets, visits, progress },
		...{ seed: '42', days: 7, endsAt: Date.now(), faults: BAD, wrongClocks: true }
	});
	for (const node of nodes) expect(await node.stop(), node.output()).toBe(0);

	console.log(`postgres: 2 nodes, ${tablets.length * visits} sheets, 1 crash; ${JSON.stringify(result.statuses)}`);
	const db = await openDb(postgres.url);
	onTestFinished(() => db.store.close());
	expect(await compareWithTruth(db, result)).toEqual(ALL_WELL);
	expect(result.statuses).not.toHaveProperty('500');
	expect(crashes).toBe(1);
	// An export keeps to its moment while another connection releases. Only a server has two.
	const { readReleasedDays } = await import('../../src/lib/server/report/export/reads.ts');
	const { LINES_A_DAY, releaseDays } = await import('../factories/released.ts');
	const period = { organizationId: 'w1', versionId: 'SIPAS5-v1', from: '2020-01-01', to: '2020-12-31' };
	await releaseDays(db, period.from, 100);
	const lines = await readReleasedDays(db, period, async (pages) => {
		let lines = 0;
		for await (const page of pages) {
			if (lines === 0) await releaseDays(db, '2020-12-01', 1);
			lines += page.length;
		}
		return lines;
	});
	expect(lines).toBe(100 * LINES_A_DAY);
});
