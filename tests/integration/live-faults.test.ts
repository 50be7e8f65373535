import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import type Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Db } from '../../src/lib/server/db/db.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { readRounds, recount } from '../../src/lib/server/dialogue/reads.ts';
import { answerApi } from '../../src/lib/server/http/api.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

/** An open round, a phone that votes in it, and what was reported meanwhile. */
async function anOpenRound() {
	const reported: unknown[] = [];
	const serving: Serving = { ...(await aServing()), report: (problem) => void reported.push(problem) };
	const { id, room, rounds, command } = await aDialogue(serving);
	const roundId = rounds[0]!.id;
	await command({ do: 'start' });
	await command({ do: 'open', roundId });
	const post = async (path: string, body: object) => {
		const call = { method: 'POST', path: `/api/v1/live/${room}/${path}`, query: new URLSearchParams() };
		const answer = await answerApi(serving, { ...call, header: () => undefined, body: JSON.stringify(body) }, NOON);
		return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> };
	};
	const vote = async (ballotId = randomUUID()) => {
		const { pass } = (await post('passes', {})).body;
		return { ballotId, again: () => post('votes', { pass, roundId, ballotId, turn: 1, choice: '0' }) };
	};
	const counted = async () => {
		const [round] = await readRounds(serving.db, id);
		return (await recount(serving.db, round!, 1)).total.valid;
	};
	return { serving, vote, counted, reported };
}

/** Something done on the one connection that writes. */
function onWriter<T>(db: Db, work: (sqlite: Sqlite.Database) => T): Promise<T> {
	return db.store.transaction(async (_, connection) => {
		if (connection.engine !== 'sqlite') throw new Error('Only SQLite has one writer');
		return work(connection.client);
	});
}

test.runIf(engine === 'sqlite')(
	'while a backup or another program holds the database for two seconds votes wait, and none is lost',
	async () => {
		const { serving, vote, counted } = await anOpenRound();
		const phones = await Promise.all(Array.from({ length: 20 }, () => vote()));
		const file = await onWriter(serving.db, (client) => client.name);
		const holds = `const d = new (require('better-sqlite3'))(${JSON.stringify(file)}); d.exec('begin immediate');
			process.stdout.write('held'); setTimeout(() => d.exec('commit'), 2000);`;
		const other = spawn(process.execPath, ['-e', holds], { stdio: ['ignore', 'pipe', 'inherit'] });
		await once(other.stdout, 'data');
		const began = performance.now();
		const answers = await Promise.all(phones.map(({ again }) => again()));
		expect(performance.now() - began).toBeGreaterThan(1000);
		expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(201));
		expect(await counted()).toBe(20);
	}
);

test.runIf(engine === 'sqlite')(
	'on a full disk a phone is told that its vote is not counted, the operator hears of it, and a later try counts once',
	async () => {
		const { serving, vote, counted, reported } = await anOpenRound();
		const { again } = await vote();
		const pages = (limit: string) =>
			onWriter(serving.db, (sqlite) => {
				const used = Number(sqlite.pragma('page_count', { simple: true }));
				sqlite.pragma(`max_page_count = ${limit === 'full' ? used : limit}`);
				return used;
			});
		await pages('full');
		let full;
		// What is free inside the file is used first.
		for (let tries = 0; tries < 5_000 && full?.status !== 507; tries++) full = await (await vote()).again();
		expect(full).toMatchObject({ status: 507, body: { code: 'storage-full' } });
		expect(reported.length).toBeGreaterThan(0);
		const before = await counted();
		const refused = await again();
		await pages('1000000');
		const later = await again();
		expect(later.status).toBe(refused.status === 507 ? 201 : 200);
		expect(await again()).toMatchObject({ status: 200 });
		expect(await counted()).toBe(before + 1);
	}
);
