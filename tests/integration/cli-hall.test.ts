import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GRACE_MS } from '../../src/lib/domain/dialogue/round.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { commandDialogue, finishDueRounds } from '../../src/lib/server/dialogue/desk/writes.ts';
import { readDialogue, readRounds, recount } from '../../src/lib/server/dialogue/reads.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { langNghe } from '../actors/lang-nghe.ts';
import { vote } from '../factories/ballots.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { aWard } from '../factories/place.ts';
import { servingOf } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const KEYS = {
	ward: 'the-secret-of-the-ward-with-thirty-two-signs',
	hall: 'the-secret-of-the-hall-with-thirty-two-signs'
};

test.runIf(engine === 'sqlite')(
	'a dialogue goes to a hall’s machine and its ballots come back by four commands, each with its sentence',
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-hall-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const on = (where: 'ward' | 'hall') => ({
			url: `file:${folder}/${where}.db`,
			env: { SECRET_KEY: KEYS[where] },
			cwd: folder
		});
		const open = async (where: 'ward' | 'hall') => {
			const db = await openDb(on(where).url);
			return { ...servingOf(db), secret: secretFrom(KEYS[where]) };
		};
		const [ward, hall] = [await open('ward'), await open('hall')];
		for (const { db } of [ward, hall]) await aWard(db);
		const { id, room, rounds } = await aDialogue(ward);
		await Promise.all([ward, hall].map(({ db }) => db.store.close()));

		const lent = await langNghe(['dialogue', 'pack', room, 'out.json'], on('ward'));
		expect(lent).toMatchObject({ code: 0, errors: '' });
		const code = /: ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-\S)$/m.exec(lent.out)![1]!;
		expect(statSync(join(folder, 'out.json')).mode & 0o777).toBe(0o600);
		expect(readFileSync(join(folder, 'out.json'), 'utf8')).not.toContain(code);
		const before = readFileSync(join(folder, 'out.json'), 'utf8');
		expect(await langNghe(['dialogue', 'pack', room, 'out.json'], on('ward'))).toMatchObject({ code: 3 });
		expect(readFileSync(join(folder, 'out.json'), 'utf8')).toBe(before);

		const opening = ['dialogue', 'open', 'out.json', '--code-stdin'];
		const wrong = await langNghe(opening, { ...on('hall'), input: 'nothing\n' });
		expect(wrong).toMatchObject({ code: 3, errors: expect.stringContaining('Mã mở tệp không đúng') });
		expect(await langNghe(opening, { ...on('hall'), input: `${code}\n` })).toMatchObject({
			code: 0,
			out: expect.stringContaining(`/live/${room}/desk`)
		});

		const there = await open('hall');
		const command = async (said: Parameters<typeof commandDialogue>[1]['command']) => {
			const { version } = (await readDialogue(there.db, id))!;
			await commandDialogue(there.db, { dialogueId: id, command: said, expected: version, userId: 'u1', now: NOON });
		};
		const roundId = rounds[0]!.id;
		await command({ do: 'start' });
		await command({ do: 'open', roundId });
		for (const holder of ['device 1', 'device 2']) await vote(there, id, holder, { roundId, choice: '1' });
		expect(await langNghe(['dialogue', 'pack', room, 'early.json'], on('hall'))).toMatchObject({ code: 3 });
		expect(() => statSync(join(folder, 'early.json'))).toThrow();
		await command({ do: 'close-now' });
		await finishDueRounds(there.db, NOON + GRACE_MS + 1);
		await there.db.store.close();

		expect(await langNghe(['dialogue', 'pack', room, 'back.json'], on('hall'))).toMatchObject({ code: 0 });
		const merged = await langNghe(['dialogue', 'merge', 'back.json'], on('ward'));
		expect(merged).toMatchObject({ code: 0, errors: '' });
		expect(merged.out).toContain('thêm 2 phiếu');
		expect(merged.out).toContain('báo nhận 2, đã ghép 2 (có sẵn 0), trùng 0, thiếu 0');
		const again = await langNghe(['dialogue', 'merge', 'back.json'], on('ward'));
		expect(again.out).toContain('thêm 0 phiếu');
		expect(await langNghe(['dialogue', 'merge', 'out.json'], on('ward'))).toMatchObject({ code: 3 });
		expect(await langNghe(['dialogue', 'drop', 'none', '--reason', 'Không dùng'], on('ward'))).toMatchObject({
			code: 3
		});
		expect(await langNghe(['dialogue', 'drop', 'none'], on('ward'))).toMatchObject({ code: 2 });

		const { db } = await open('ward');
		expect((await recount(db, (await readRounds(db, id))[0]!, 1)).total.votes).toEqual([0, 2, 0]);
		await db.store.close();
	},
	90_000
);
