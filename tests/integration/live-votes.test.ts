import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { GRACE_MS } from '../../src/lib/domain/dialogue/round.ts';
import { ticketCode } from '../../src/lib/domain/survey/code.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { ballots, rounds, slips } from '../../src/lib/server/db/schema/dialogue.ts';
import { commandDialogue, finishDueRounds } from '../../src/lib/server/dialogue/desk/writes.ts';
import { slipMark } from '../../src/lib/server/dialogue/passes/reads.ts';
import { hallCode, readDialogue, readRounds, recount } from '../../src/lib/server/dialogue/reads.ts';
import { hallCodeSteps } from '../../src/lib/domain/dialogue/pass.ts';
import { answerApi } from '../../src/lib/server/http/api.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { aDialogue, aRound } from '../factories/dialogue.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

type Body = Record<string, unknown>;

/** A phone that talks to one room. */
function aPhone(serving: Serving, room: string) {
	let cookie = '';
	const call = async (method: 'GET' | 'POST', path: string, body: Body | null, now: number) => {
		const [address = '', query = ''] = `/api/v1/live/${room}${path}`.split('?');
		const answer = await answerApi(
			serving,
			{
				...{ method, path: address, query: new URLSearchParams(query), body: body ? JSON.stringify(body) : '' },
				header: (name) => (name === 'cookie' ? cookie : undefined)
			},
			now
		);
		cookie = answer.headers['set-cookie']?.split(';')[0] ?? cookie;
		return { status: answer.status, ...(JSON.parse(answer.body) as Body) } as Body & { status: number };
	};
	return {
		get: (path: string, now = NOON) => call('GET', path, null, now),
		join: async (how: Body = {}, now = NOON) => {
			const { pass, ...rest } = await call('POST', '/passes', how, now);
			return { pass: pass as string, ...rest } as Body & { pass: string; status: number };
		},
		vote: (vote: Body, now = NOON) => call('POST', '/votes', { turn: 1, ballotId: randomUUID(), ...vote }, now),
		forget: () => (cookie = '')
	};
}

async function aLiveRound(change: Parameters<typeof aDialogue>[1] = {}, round = aRound()) {
	const serving = await aServing();
	const dialogue = await aDialogue(serving, change, [round]);
	const roundId = dialogue.rounds[0]!.id;
	await dialogue.command({ do: 'start' });
	await dialogue.command({ do: 'open', roundId });
	const tally = async () => {
		const [round] = await readRounds(serving.db, dialogue.id);
		return recount(serving.db, round!, 1);
	};
	return { serving, ...dialogue, roundId, tally };
}

test('a vote is counted once, however often and however much at once it is sent, with the same receipt each time', async () => {
	const { serving, room, roundId, tally } = await aLiveRound();
	const phone = aPhone(serving, room);
	const { pass } = await phone.join();
	const vote = { pass, roundId, ballotId: randomUUID(), choice: '1' };
	const answers = await Promise.all(Array.from({ length: 5 }, () => phone.vote(vote)));
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
	expect(new Set(answers.map(({ receipt }) => receipt)).size).toBe(1);
	expect((await tally()).total).toEqual({ votes: [0, 1, 0], valid: 1, blank: 0, spoiled: 0 });
	const changed = await phone.vote({ ...vote, turn: 2, choice: '2' });
	expect(changed).toMatchObject({ status: 200, receipt: answers[0]!.receipt });
	expect((await tally()).total.votes).toEqual([0, 0, 1]);
});

test('a slip is one voter on however many phones, a phone may hold two slips, and a cleared cookie is a new device', async () => {
	const { serving, id, room, roundId, tally } = await aLiveRound({ hallProof: 'slip' });
	const codes = [1, 2].map(() => ticketCode(randomBytes(8)));
	const dialogue = (await readDialogue(serving.db, id))!;
	await commit(serving.db, async (tx) => {
		const rows = codes.map((code, i) => ({
			...{ dialogueId: id, organizationId: 'w1', serial: i + 1, mark: slipMark(serving.secret, dialogue, code)! }
		}));
		await tx.insert(slips).values(rows);
	});
	const [first, second] = [aPhone(serving, room), aPhone(serving, room)];
	const slip = await first.join({ slip: codes[0] });
	expect(slip).toMatchObject({ status: 201, level: 'slip', channel: 'live-hall', serial: 1 });
	const partner = await first.join({ slip: codes[1] });
	const again = await second.join({ slip: codes[0]!.toUpperCase() });
	const status = async (vote: Promise<{ status: number }>) => (await vote).status;
	expect(await status(first.vote({ pass: slip.pass, roundId, choice: '0' }))).toBe(201);
	expect(await status(first.vote({ pass: partner.pass, roundId, choice: '1' }))).toBe(201);
	expect(await status(second.vote({ pass: again.pass, roundId, choice: '2' }))).toBe(200);
	expect((await tally()).total).toMatchObject({ votes: [0, 1, 1], valid: 2 });
	expect(await second.join({ slip: 'AAAA-AAAA-AAAA' })).toMatchObject({ status: 422, code: 'slip-unknown' });

	// Level 0 lets a cleared cookie in again, and its number stands in the stream, apart from the slips.
	for (let i = 0; i < 2; i++) {
		const { pass, channel } = await second.join();
		expect(channel).toBe('live-stream');
		await second.vote({ pass, roundId, choice: '0' });
		second.forget();
	}
	expect((await tally()).byChannel['live-stream'].valid).toBe(2);
	expect((await tally()).byChannel['live-hall'].valid).toBe(2);
});

test('a phone that lost its cookie but kept its pass is the same voter', async () => {
	const { serving, room, roundId, tally } = await aLiveRound();
	const phone = aPhone(serving, room);
	const { pass } = await phone.join();
	await phone.vote({ pass, roundId, choice: '0' });
	phone.forget();
	const back = await phone.join({ pass });
	await phone.vote({ pass: back.pass, roundId, choice: '1' });
	expect((await tally()).total).toMatchObject({ votes: [0, 1, 0], valid: 1 });
});

test('the code on the screen of the hall proves the hall for some seconds, and never on the stream’s delay', async () => {
	const { serving, id, room } = await aLiveRound({ hallProof: 'code', halls: ['Một', 'Hai'] });
	const phone = aPhone(serving, room);
	const dialogue = (await readDialogue(serving.db, id))!;
	const code = (hall: number) => hallCode(serving.secret, dialogue, { hall, step: hallCodeSteps(NOON)[0]! })!;
	expect(await phone.join({ hallCode: code(1), hall: 1 })).toMatchObject({
		level: 'hall-code',
		channel: 'live-hall',
		hall: 1
	});
	expect(await phone.join({ hallCode: code(1), hall: 0 })).toMatchObject({ status: 422, code: 'hall-code-wrong' });
	expect(await phone.join({ hallCode: code(0) }, NOON + 19_999)).toMatchObject({ channel: 'live-hall' });
	expect(await phone.join({ hallCode: code(0) }, NOON + 20_000)).toMatchObject({ code: 'hall-code-wrong' });
	expect(await phone.join()).toMatchObject({ level: 'device', channel: 'live-stream' });
	expect(await phone.get('/hall-code?role=screen&token=guessed')).toMatchObject({ status: 403 });
});

test('what is not the round’s, and what nobody gave, is refused and not counted', async () => {
	const { serving, room, roundId, tally } = await aLiveRound();
	const other = await aDialogue(serving, {}, [aRound({ text: 'Khác' })]);
	const phone = aPhone(serving, room);
	const { pass } = await phone.join();
	const refused = async (vote: Body) => (await phone.vote({ pass, roundId, choice: '0', ...vote })).code;
	expect(await refused({ choice: '3' })).toBe('choice-unknown');
	expect(await refused({ choice: 'x' })).toBe('choice-unknown');
	expect(await refused({ roundId: other.rounds[0]!.id })).toBe('round-unknown');
	expect(await refused({ pass: (await aPhone(serving, other.room).join()).pass })).toBe('pass-unknown');
	expect(await refused({ pass: pass.slice(0, -1) + (pass.endsWith('A') ? 'B' : 'A') })).toBe('pass-unknown');
	expect(await refused({ ballotId: 'nothing' })).toBe('body-malformed');
	expect((await tally()).total.valid).toBe(0);
});

test('a close and a hundred votes at once: each is counted and in the final number, or refused; the final number does not move', async () => {
	const { serving, command, room, roundId, tally } = await aLiveRound();
	const phone = aPhone(serving, room);
	const passes = [];
	for (let i = 0; i < 100; i++) {
		passes.push((await phone.join()).pass);
		phone.forget();
	}
	const from = NOON + 10_000;
	await command({ do: 'close-now' }, from);
	// Some are sent in time, some in the grace, some after it; the recount comes in between.
	const sent = passes.map((pass, i) => phone.vote({ pass, roundId, choice: '0' }, from + i * 60));
	const finish = finishDueRounds(serving.db, from + GRACE_MS + 1);
	const answers = await Promise.all(sent);
	expect(await finish).toBe(1);
	const counted = answers.filter(({ status }) => status === 201).length;
	expect(answers.filter(({ status }) => status === 409).length).toBe(100 - counted);
	const [round] = await serving.db.select().from(rounds).where(eq(rounds.id, roundId));
	expect(round).toMatchObject({ phase: 'final', result: { tally: { total: { valid: counted } } } });
	expect((await tally()).total.valid).toBe(counted);
	const late = await phone.vote({ pass: passes[99], roundId, choice: '1', turn: 9 }, from);
	expect([200, 409]).toContain(late.status);
	expect(await finishDueRounds(serving.db, from + 60_000)).toBe(0);
	expect((await tally()).total).toEqual(round!.result!.tally.total);
});

test('a script that makes up a phone for each vote is counted, told apart in its own channel, and keeps nobody out', async () => {
	const { serving, room, roundId } = await aLiveRound({ hallProof: 'code' });
	const asPhone = (device: string, path: string, body: Body) =>
		answerApi(
			serving,
			{
				...{ method: 'POST', path: `/api/v1/live/${room}/${path}`, query: new URLSearchParams() },
				...{ header: (name: string) => (name === 'cookie' ? `__Host-device=${device}` : undefined) },
				body: JSON.stringify(body)
			},
			NOON
		);
	for (let phone = 0; phone < 6_000; phone++) await asPhone(randomUUID(), 'passes', {});
	const { pass } = JSON.parse((await asPhone(randomUUID(), 'passes', {})).body) as { pass: string };
	const again = JSON.parse((await asPhone(randomUUID(), 'passes', { pass })).body) as { pass: string };
	for (const own of [pass, again.pass]) {
		const vote = { pass: own, roundId, ballotId: randomUUID(), turn: 1, choice: '0' };
		expect((await asPhone(randomUUID(), 'votes', vote)).status).toBeLessThan(300);
	}
	const stored = await serving.db.select().from(ballots);
	expect(stored.map(({ channel, suspect }) => [channel, suspect])).toEqual([['live-stream', true]]);
});

test('two moderators at one version: one opens a round, the other is told to look again', async () => {
	const serving = await aServing();
	const { id, command, rounds: agenda } = await aDialogue(serving, {}, [aRound(), aRound({ text: 'Hai' })]);
	await command({ do: 'start' });
	const open = (roundId: string) =>
		commandDialogue(serving.db, {
			...{ dialogueId: id, command: { do: 'open', roundId }, expected: 2, userId: 'u1', now: NOON }
		});
	const outcomes = await Promise.all(agenda.map((round) => open(round.id)));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'stale')).toHaveLength(1);
	expect((await readRounds(serving.db, id)).filter(({ phase }) => phase === 'open')).toHaveLength(1);
});

test('a ballot names neither a slip nor a device nor a time', async () => {
	const { serving, room, roundId } = await aLiveRound();
	const phone = aPhone(serving, room);
	const { pass } = await phone.join();
	await phone.vote({ pass, roundId, choice: '0' });
	const [ballot] = await serving.db.select().from(ballots);
	const holder = Buffer.from(pass.split('.')[0]!, 'base64url').toString().split(' ')[2]!;
	expect(holder).toMatch(/^[\da-f-]{36}$/);
	expect(JSON.stringify(ballot)).not.toContain(holder);
	expect(Object.keys(ballot!).filter((key) => /at$|time/i.test(key))).toEqual([]);
});

test('a phone reads what is asked now and nothing of what comes', async () => {
	const serving = await aServing();
	const { room, command, rounds: agenda } = await aDialogue(serving, {}, [aRound(), aRound({ text: 'Bí mật' })]);
	const phone = aPhone(serving, room);
	expect(await phone.get('')).toMatchObject({ status: 200, title: 'Đối thoại thử', rounds: 2, round: null });
	await command({ do: 'start' });
	await command({ do: 'open', roundId: agenda[0]!.id });
	const seen = await phone.get('');
	expect(seen).toMatchObject({ round: { id: agenda[0]!.id, number: 1 } });
	expect(JSON.stringify(seen)).not.toContain('Bí mật');
	expect(await phone.get('/state')).toMatchObject({ state: 'live', round: { phase: 'open' }, votes: null });
	expect(await phone.get('/state?role=desk')).toMatchObject({ status: 400 });
	await command({ do: 'hide' });
	expect(await phone.get('')).toMatchObject({ round: null });
	expect((await aPhone(serving, 'zzzzzz').get('')).status).toBe(404);
});
