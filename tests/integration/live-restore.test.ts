import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backupSqlite } from '../../src/lib/server/db/backup.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { restoreSqlite } from '../../src/lib/server/db/restore.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { readDialogue, readRounds, recount } from '../../src/lib/server/dialogue/reads.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { aPhone } from '../factories/phone.ts';
import { servingOf } from '../factories/serving.ts';

test.runIf(engine === 'sqlite')(
	'restored from a backup in the middle of an event: what was in it counts with its receipt, what came after is sent again, pages believe the new run',
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'live-restore-'));
		const file = join(folder, 'ward.db');
		let serving = servingOf(await openDb(`file:${file}`));
		onTestFinished(async () => {
			await serving.db.store.close();
			rmSync(folder, { recursive: true });
		});
		const { id, room, rounds, command } = await aDialogue(serving);
		const roundId = rounds[0]!.id;
		await command({ do: 'start' });
		await command({ do: 'open', roundId });
		const someone = async (choice: string) => {
			const vote = { pass: await aPhone(serving, room).join(), roundId, ballotId: randomUUID(), turn: 1, choice };
			return () => aPhone(serving, room).post('/votes', vote);
		};
		const frame = async () => JSON.parse((await serving.live.frame(id, 'screen'))!) as Record<string, unknown>;
		const early = await Promise.all(['0', '0', '1'].map(someone));
		const receipts = await Promise.all(early.map(async (send) => (await send()).receipt));
		expect(backupSqlite(file, join(folder, 'backup.db'))).toMatchObject({ ok: true });
		const late = await Promise.all(['2', '2'].map(someone));
		for (const send of late) expect(await send()).toMatchObject({ status: 201 });
		const before = await frame();

		await serving.db.store.close();
		expect(await restoreSqlite(join(folder, 'backup.db'), file, new Date())).toMatchObject({ ok: true });
		serving = servingOf(await openDb(`file:${file}`));

		const count = async () => {
			const [round] = await readRounds(serving.db, id);
			return (await recount(serving.db, round!, 1)).total.votes;
		};
		expect(await readDialogue(serving.db, id)).toMatchObject({ state: 'live', roundId });
		expect(await count()).toEqual([2, 1, 0]);
		// The phones keep their ballots and passes; the server knows them all.
		for (const [i, send] of early.entries())
			expect(await send()).toMatchObject({ status: 200, vote: 'already', receipt: receipts[i] });
		for (const send of late) expect(await send()).toMatchObject({ status: 201 });
		expect(await count()).toEqual([2, 1, 2]);
		const after = await frame();
		expect(after.epoch).not.toBe(before.epoch);
		expect(after.turnout).toEqual(before.turnout);
	}
);
