import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { DialogueResult } from '../../src/lib/domain/dialogue/result.ts';
import { ballots } from '../../src/lib/server/db/schema/dialogue.ts';
import { correctRound } from '../../src/lib/server/dialogue/agenda/writes.ts';
import { receiptOf } from '../../src/lib/server/dialogue/reads.ts';
import { answerApi } from '../../src/lib/server/http/api.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { vote } from '../factories/ballots.ts';
import { aRound } from '../factories/dialogue.ts';
import { aFullHall, aHall, aScale } from '../factories/hall.ts';
import { NOON } from '../factories/sheet.ts';

async function ask(serving: Serving, room: string, path: string) {
	const [address = '', query = ''] = `/api/v1/live/${room}/${path}`.split('?');
	const call = { method: 'GET', path: address, query: new URLSearchParams(query), header: () => undefined, body: '' };
	return answerApi(serving, call, NOON);
}
const resultOf = async (serving: Serving, room: string) =>
	JSON.parse((await ask(serving, room, 'result')).body) as DialogueResult;

test('nothing is published before the closing; then every channel with its own n, blank and spoiled apart', async () => {
	const { serving, room, close } = await aFullHall();
	for (const path of ['result', 'result.csv', 'receipts?round=1']) {
		expect((await ask(serving, room, path)).status).toBe(409);
	}
	await close();
	const { rounds, sheets, organization } = await resultOf(serving, room);
	expect(rounds.map(({ number, kind }) => [number, kind])).toEqual([
		[1, 'single'],
		[2, 'scale'],
		[3, 'questionnaire']
	]);
	const { channels, total } = rounds[1]!;
	expect(channels['live-hall']).toMatchObject({
		votes: [0, 3, 0, 0, 9],
		shares: [0, 25, 0, 0, 75],
		valid: 12,
		blank: 1
	});
	expect(channels['live-stream']).toMatchObject({ valid: 3, suspects: 1, levels: { device: 3 } });
	expect(channels['live-paper']).toMatchObject({ votes: [0, 0, 0, 0, 5], valid: 5, spoiled: 1, levels: { slip: 6 } });
	expect(total).toMatchObject({ valid: 20, blank: 1, spoiled: 1, ballots: 22, levels: { device: 16, slip: 6 } });
	expect(rounds[1]!.hash).not.toBe(rounds[1]!.finalHash);
	expect(rounds[0]!.hash).toBe(rounds[0]!.finalHash);
	expect(sheets.reduce((sum, made) => sum + made.sheets, 0)).toBe(33);
	expect(organization).not.toBe('');
});

test('the list of receipts is sorted, has every ballot’s, hashes to what the sheet says, and says nobody’s choice', async () => {
	const { serving, room, close, scale } = await aFullHall();
	await close();
	const round = (await resultOf(serving, room)).rounds[1]!;
	const { body, headers } = await ask(serving, room, 'receipts?round=2');
	expect(headers['content-type']).toContain('text/plain');
	const list = body.split('\n');
	expect(list).toEqual([...list].sort());
	const own = (await serving.db.select().from(ballots)).filter(({ roundId }) => roundId === scale);
	expect(new Set(list)).toEqual(new Set(own.map(({ id }) => receiptOf(scale, id))));
	expect(body).toMatch(/^([0-9a-z]{8}\n){21}[0-9a-z]{8}$/);
	expect(createHash('sha256').update(body).digest('hex')).toBe(round.receiptsHash);
	expect((await ask(serving, room, 'receipts?round=9')).status).toBe(404);
});

test('the file has a line an answer and channel, and a question that is a formula runs in no spreadsheet', async () => {
	const {
		serving,
		id,
		room,
		ask: open,
		command,
		close
	} = await aHall([aRound({ text: '=1+1', options: ['+A', 'B'] })]);
	await open(0, (roundId) => vote(serving, id, 'device 1', { roundId, choice: '0' }));
	await command({ do: 'end' });
	await close();
	const lines = (await ask(serving, room, 'result.csv')).body.trim().split('\r\n');
	expect(lines[0]).toContain('round;question;kind;criterion;channel;item;answer;votes;share;valid');
	expect(lines).toHaveLength(1 + 2 * 4);
	expect(lines[1]).toMatch(/^1;"'=1\+1";single;;live-hall;;"'\+A";1;100;1;0;0;1;0;;[\da-f]{64}$/);
});

test('a correction and what it corrects stand beside each other, each with the number of the other', async () => {
	const { serving, id, room, ask: open, command, close } = await aHall([aScale(), aRound()]);
	const first = await open(0, (roundId) => vote(serving, id, 'device 1', { roundId, choice: '1' }));
	const change = { dialogueId: id, userId: 'u1', now: NOON };
	await correctRound(serving.db, change, { roundId: first, text: 'Hỏi lại', options: [], why: 'Chiếu nhầm câu' });
	await open(1, (roundId) => vote(serving, id, 'device 1', { roundId, choice: '5' }));
	await command({ do: 'end' });
	await close();
	const { rounds } = await resultOf(serving, room);
	expect(
		rounds.map(({ number, corrects, correctedBy, correctsWhy }) => [number, corrects, correctedBy, correctsWhy])
	).toEqual([
		[1, null, 2, ''],
		[2, 1, null, 'Chiếu nhầm câu']
	]);
});

test('a dialogue nobody voted in is closed with an empty result', async () => {
	const { serving, room, command, close } = await aHall([aScale()]);
	await command({ do: 'end' });
	expect(await close()).toEqual({ ok: true, sheets: 0 });
	expect(await resultOf(serving, room)).toMatchObject({ rounds: [], sheets: [] });
});

test('a round opened without a single vote has zeros and no share that is not a number', async () => {
	const { serving, room, ask: open, command, close } = await aHall([aScale()]);
	await open(0, async () => {});
	await command({ do: 'end' });
	await close();
	const [round] = (await resultOf(serving, room)).rounds;
	expect(round!.total).toMatchObject({ votes: [0, 0, 0, 0, 0], shares: [0, 0, 0, 0, 0], valid: 0, ballots: 0 });
});
