import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../src/lib/server/account/writes.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { readDialogue, readRounds, recount } from '../../src/lib/server/dialogue/reads.ts';
import { countVoters } from '../../src/lib/server/dialogue/slips/reads.ts';
import { makeSlips, voidRun } from '../../src/lib/server/dialogue/slips/writes.ts';
import { aDialogue, aRound } from '../factories/dialogue.ts';
import { aPhone } from '../factories/phone.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

/** A round for seat slips, two runs of them, and phones that have scanned slips. */
async function aHallOfSlips() {
	const serving = await aServing();
	const dialogue = await aDialogue(serving, { hallProof: 'slip' }, [aRound()]);
	const { id, room, command } = dialogue;
	const roundId = dialogue.rounds[0]!.id;
	const aRun = async (count: number) => {
		const run = { id: newId(), dialogueId: id, hall: 0, count, ballots: true, userId: 'u1', now: NOON };
		const made = await makeSlips(serving, run);
		if (!made.ok) throw new Error(made.reason);
		return { ...run, ...made.value };
	};
	const runs = [await aRun(3), await aRun(1)] as const;
	await command({ do: 'start' });
	await command({ do: 'open', roundId });
	const phone = aPhone(serving, room);
	/** A phone that scanned the slip while it was good. */
	const scanned = async (code: string) => {
		const { pass } = await phone.post('/passes', { slip: code });
		const ballotId = randomUUID();
		const vote = (choice: string, turn = 1) => phone.post('/votes', { pass, roundId, ballotId, choice, turn });
		return { pass, vote };
	};
	const annul = (run: 0 | 1) =>
		voidRun(serving, { id: runs[run].id, dialogueId: id, userId: 'u1', reason: 'In lệch', now: NOON });
	const counted = async () => (await recount(serving.db, (await readRounds(serving.db, id))[0]!, 1)).total.votes;
	return { serving, ...dialogue, runs, phone, scanned, annul, counted };
}

test('a pass that was given for a slip votes no more once the slip is void; what it had voted stands and cannot be changed', async () => {
	const { serving, id, runs, scanned, annul, counted } = await aHallOfSlips();
	const phones = await Promise.all(runs.flatMap(({ codes }) => codes).map(scanned));
	const [voted, silent, , good] = phones as [(typeof phones)[0], (typeof phones)[0], unknown, (typeof phones)[0]];
	const first = await voted.vote('0');
	expect(first).toMatchObject({ status: 201 });
	expect(await annul(0)).toEqual({ ok: true, value: { voted: 1 } });

	expect(await silent.vote('1')).toMatchObject({ status: 409, code: 'slip-void' });
	expect(await voted.vote('2', 2)).toMatchObject({ status: 409, code: 'slip-void' });
	// Sent again because the answer was lost: it counts, and is told so.
	expect(await voted.vote('0')).toMatchObject({ status: 200, vote: 'already', receipt: first.receipt });
	expect(await good.vote('1')).toMatchObject({ status: 201 });
	expect(await counted()).toEqual([1, 1, 0]);

	const [line] = await serving.db.select().from(auditLines).where(eq(auditLines.action, 'slips-voided'));
	expect(line).toMatchObject({ reason: 'In lệch', detail: 'số 1–3, 1 phiếu mời đã bình chọn trước đó vẫn được tính' });
	const dialogue = (await readDialogue(serving.db, id))!;
	expect(await countVoters(serving.db, serving.secret, dialogue, runs[0])).toBe(1);
	expect(await countVoters(serving.db, serving.secret, { ...dialogue, sealedSecret: null }, runs[0])).toBeNull();
});

test('votes and the voiding at once: each is counted before it or refused after it', async () => {
	const { runs, scanned, annul, counted } = await aHallOfSlips();
	const phones = await Promise.all(runs[0].codes.map(scanned));
	const sent = phones.map(({ vote }) => vote('0'));
	const [done, ...answers] = await Promise.all([annul(0), ...sent]);
	const accepted = answers.filter(({ status }) => status === 201).length;
	expect(answers.filter(({ status }) => status === 409)).toHaveLength(3 - accepted);
	expect(done).toEqual({ ok: true, value: { voted: accepted } });
	expect((await counted())[0]).toBe(accepted);
});

test('a void slip neither asks nor supports a question', async () => {
	const { runs, phone, scanned, annul, command } = await aHallOfSlips();
	await command({ do: 'questions', open: true });
	const [{ pass }, good] = [await scanned(runs[0].codes[0]!), await scanned(runs[1].codes[0]!)];
	await annul(0);
	const ask = (pass: unknown) => phone.post('/questions', { pass, id: randomUUID(), text: 'Bao giờ sửa mái che?' });
	expect(await ask(pass)).toMatchObject({ status: 409, code: 'slip-void' });
	expect(await ask(good.pass)).toMatchObject({ status: 201 });
	expect(await phone.post('/questions/q/votes', { pass })).toMatchObject({ status: 409, code: 'slip-void' });
});
