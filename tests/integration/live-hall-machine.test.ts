import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import {
	readEnvelope,
	readHallReturn,
	writeEnvelope,
	type HallReturn
} from '../../src/lib/domain/dialogue/hall-pack.ts';
import { GRACE_MS } from '../../src/lib/domain/dialogue/round.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { ballots, dialogues, rounds } from '../../src/lib/server/db/schema/dialogue.ts';
import { paperBatches } from '../../src/lib/server/db/schema/dialogue-paper.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { addRound, correctRound, removeRound } from '../../src/lib/server/dialogue/agenda/writes.ts';
import { openSecretOf } from '../../src/lib/server/dialogue/closing/reads.ts';
import { closeDialogue } from '../../src/lib/server/dialogue/closing/writes.ts';
import { commandDialogue, finishDueRounds } from '../../src/lib/server/dialogue/desk/writes.ts';
import { mergeReturn } from '../../src/lib/server/dialogue/hall/merge/writes.ts';
import { readPacks } from '../../src/lib/server/dialogue/hall/reads.ts';
import { dropPack, lendDialogue, openLent, returnHeld } from '../../src/lib/server/dialogue/hall/writes.ts';
import { closeBatch } from '../../src/lib/server/dialogue/paper/closing/writes.ts';
import { addBatch } from '../../src/lib/server/dialogue/paper/writes.ts';
import { writePromise } from '../../src/lib/server/dialogue/promises/writes.ts';
import { readDialogue, readRounds, receiptOf, recount } from '../../src/lib/server/dialogue/reads.ts';
import { readReceipts, readResult } from '../../src/lib/server/dialogue/result/reads.ts';
import { makeSlips } from '../../src/lib/server/dialogue/slips/writes.ts';
import { sealFile, unsealFile } from '../../src/lib/server/secret/sealed-file.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { aBallot, vote } from '../factories/ballots.ts';
import { aDialogue, aRound } from '../factories/dialogue.ts';
import { aScale } from '../factories/hall.ts';
import { aPhone } from '../factories/phone.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const by = { userId: 'u1', now: NOON };
type Slips = { codes: string[] };

/** A ward's dialogue of a choice and a scale, with ten printed slips, lent to a machine of another installation. */
async function aLentDialogue(change: Parameters<typeof aDialogue>[1] = {}) {
	const ward = await aServing();
	await aWard(ward.db);
	const { id, room, rounds: agenda, command } = await aDialogue(ward, change, [aRound(), aScale()]);
	const run = { id: 'run1', dialogueId: id, hall: 0, count: 10, ballots: false, ...by };
	const { codes } = ((await makeSlips(ward, run)) as { value: Slips }).value;
	const lent = await lendDialogue(ward, { dialogueId: id, ...by }, 0);
	if (!lent.ok) throw new Error(lent.reason);
	return { ward, id, room, agenda, command, codes, ...lent.value };
}

/** The same, opened in the hall, where `ask` asks one of its questions. */
async function aHallMachine(change: Parameters<typeof aDialogue>[1] = {}) {
	const lent = await aLentDialogue(change);
	const { id, file, code } = lent;
	const hall = await aMachine();
	const opened = await openLent(hall, { organizationId: 'w1', ...by }, { file, code });
	if (!opened.ok) throw new Error(opened.reason);
	await command(hall, id, { do: 'start' });
	return {
		...lent,
		hall,
		give: () => givenBack(hall, id),
		merge: (given: string) => mergeReturn(lent.ward, given, by)
	};
}

async function aMachine(which: 'second' | 'third' = 'second'): Promise<Serving> {
	const hall = { ...(await aServing(which)), secret: secretFrom('the-hall-has-another-secret-than-its-ward') };
	await aWard(hall.db);
	return hall;
}

async function command(
	on: Serving,
	dialogueId: string,
	said: Parameters<typeof commandDialogue>[1]['command'],
	now = NOON
) {
	const { version } = (await readDialogue(on.db, dialogueId))!;
	const done = await commandDialogue(on.db, { dialogueId, command: said, expected: version, userId: 'u1', now });
	if (!done.ok) throw new Error(done.reason);
}

async function ask(on: Serving, dialogueId: string, roundId: string, voters: Record<string, string>) {
	await command(on, dialogueId, { do: 'open', roundId });
	for (const [holder, choice] of Object.entries(voters)) await vote(on, dialogueId, holder, { roundId, choice });
	await command(on, dialogueId, { do: 'close-now' });
	await finishDueRounds(on.db, NOON + GRACE_MS + 1);
}

async function givenBack(hall: Serving, dialogueId: string): Promise<string> {
	const given = await returnHeld(hall, { dialogueId, userId: 'u1', now: NOON + 60_000 });
	if (!given.ok) throw new Error(given.reason);
	return given.value.file;
}

const countOf = async ({ db }: Serving, id: string, index = 0) =>
	(await recount(db, (await readRounds(db, id))[index]!, 1)).total.votes;
const actionsOf = async ({ db }: Serving) => (await db.select().from(auditLines)).map(({ action }) => action);

/** The file as somebody would have it who knows the dialogue's secret, and changed what is in it. */
async function rewritten(ward: Serving, id: string, file: string, change: (returned: HallReturn) => void) {
	const key = openSecretOf(ward.secret, (await readDialogue(ward.db, id))!)!;
	const envelope = readEnvelope(file)!;
	const returned = readHallReturn(unsealFile(key, envelope.sealed)!)!;
	change(returned);
	return writeEnvelope({ ...envelope, sealed: sealFile(key, JSON.stringify(returned)) });
}

test('what votes in a hall without a network is merged once, however often and with however many at once the file comes', async () => {
	const { ward, hall, id, agenda, give, merge } = await aHallMachine();
	const [first, second] = agenda.map((round) => round.id) as [string, string];
	await ask(hall, id, first, { 'device 1': '0', 'device 2': '0', 'slip 3': '2' });
	await ask(hall, id, second, { 'device 1': '5', 'slip 3': '' });
	const file = await give();
	const outcomes = await Promise.all([merge(file), merge(file), merge(file)]);
	expect(outcomes.map((done) => done.ok && done.value.added).sort()).toEqual([0, 0, 5]);
	expect(await countOf(ward, id)).toEqual([2, 0, 1]);
	expect(await countOf(ward, id, 1)).toEqual([0, 0, 0, 0, 1]);
	const again = await merge(file);
	expect(again).toMatchObject({
		ok: true,
		value: {
			added: 0,
			rounds: [
				{ acknowledged: 3, merged: 3, already: 3, conflicts: 0, gap: 0, openedAt: NOON },
				{ acknowledged: 2, merged: 2, already: 2, conflicts: 0, gap: 0 }
			]
		}
	});
	// The ward has pressed nothing: the conference was in the hall.
	expect(await readDialogue(ward.db, id)).toMatchObject({ state: 'counting' });
	expect((await actionsOf(ward)).filter((action) => action === 'hall-merged')).toHaveLength(4);
});

test('a merge while the ward’s own room takes votes: both are there, the frozen number is the ward’s and the closing agrees with it', async () => {
	const { ward, hall, id, agenda, give, merge } = await aHallMachine();
	const roundId = agenda[1]!.id;
	await ask(hall, id, roundId, { 'device 1': '5', 'device 2': '1' });
	const file = await give();
	await command(ward, id, { do: 'start' });
	await command(ward, id, { do: 'open', roundId });
	const stream = Array.from({ length: 6 }, (_, i) =>
		vote(ward, id, `device 9${i}`, { roundId, choice: '4', channel: 'live-stream' })
	);
	const [merged] = await Promise.all([merge(file), ...stream]);
	expect(merged).toMatchObject({ value: { added: 2 } });
	await command(ward, id, { do: 'close-now' });
	await finishDueRounds(ward.db, NOON + GRACE_MS + 1);
	const frozen = (await readRounds(ward.db, id))[1]!.result!;
	expect(frozen.tally.total.votes).toEqual([0, 0, 0, 6, 0]);
	expect(await countOf(ward, id, 1)).toEqual([1, 0, 0, 6, 1]);

	await command(ward, id, { do: 'end' });
	const { version } = (await readDialogue(ward.db, id))!;
	expect(await closeDialogue(ward, { dialogueId: id, expected: version, ...by })).toEqual({ ok: true, sheets: 8 });
	const [, round] = await readRounds(ward.db, id);
	expect(round!.result).toEqual(frozen);
	expect(round!.outcome!.tally.byChannel['live-hall'].votes).toEqual([1, 0, 0, 0, 1]);
	const result = (await readResult(ward.db, (await readDialogue(ward.db, id))!, 'vi'))!;
	expect(result.machines).toMatchObject([
		{ hall: 'Hội trường chính', rounds: [{ number: 2, acknowledged: 2, merged: 2, gap: 0 }] }
	]);
	expect(await merge(file)).toEqual({ ok: false, reason: 'dialogue-over' });
});

test('a round that became final in the ward meanwhile keeps its number; the hall’s ballots stand beside it, and its receipts are in the list', async () => {
	const { ward, hall, id, agenda, give, merge } = await aHallMachine();
	const roundId = agenda[0]!.id;
	await command(ward, id, { do: 'start' });
	await ask(ward, id, roundId, { 'device 7': '1' });
	const frozen = (await readRounds(ward.db, id))[0]!.result;
	await ask(hall, id, roundId, { 'device 1': '0' });
	const [own] = await hall.db.select().from(ballots);
	expect(await merge(await give())).toMatchObject({ value: { added: 1 } });
	expect((await readRounds(ward.db, id))[0]).toMatchObject({ phase: 'final', result: frozen });
	await command(ward, id, { do: 'end' });
	const { version } = (await readDialogue(ward.db, id))!;
	expect(await closeDialogue(ward, { dialogueId: id, expected: version, ...by })).toMatchObject({ ok: true });
	expect((await readReceipts(ward.db, (await readDialogue(ward.db, id))!)).get(roundId)).toContain(
		receiptOf(roundId, own!.id)
	);
});

test('what was final before the machine went out cannot be voted on there, nor come back in a file', async () => {
	const { ward, id, agenda, command: said } = await aLentDialogue();
	const [first, second] = agenda.map((round) => round.id) as [string, string];
	await said({ do: 'start' });
	await ask(ward, id, first, { 'device 1': '0' });
	const lent = await lendDialogue(ward, { dialogueId: id, ...by }, 0);
	if (!lent.ok) throw new Error(lent.reason);
	expect(lent.value.pack.rounds.map((round) => round.id)).toEqual([second]);
	const hall = await aMachine();
	await openLent(hall, { organizationId: 'w1', ...by }, lent.value);
	await command(hall, id, { do: 'start' });
	await ask(hall, id, second, { 'device 2': '4' });
	const file = await givenBack(hall, id);
	const forged = await rewritten(ward, id, file, ({ rounds: own }) => (own[0]!.id = first));
	expect(await mergeReturn(ward, forged, by)).toEqual({ ok: false, reason: 'round-unknown' });
	expect(await countOf(ward, id)).toEqual([1, 0, 0]);
	expect(await mergeReturn(ward, file, by)).toMatchObject({ ok: true });
	// What is wrong with a final round is a correction's to mend, and that is a round of the ward's own.
	expect(
		await correctRound(
			ward.db,
			{ dialogueId: id, ...by },
			{ roundId: first, text: 'Hỏi lại', options: ['A', 'B'], why: 'Nhầm' }
		)
	).toMatchObject({ ok: true });
});

test('a slip that voted in both places is one ballot: the ward’s stands, the slip is named, two machines are merged one after the other', async () => {
	const { ward, hall, id, agenda, give, merge } = await aHallMachine({ halls: ['Hội trường chính', 'Nhà văn hóa'] });
	const roundId = agenda[0]!.id;
	const third = await aMachine('third');
	const lent = await lendDialogue(ward, { dialogueId: id, ...by }, 1);
	if (!lent.ok) throw new Error(lent.reason);
	await openLent(third, { organizationId: 'w1', ...by }, lent.value);
	await command(third, id, { do: 'start' });
	await command(ward, id, { do: 'start' });
	await ask(ward, id, roundId, { 'slip 3': '1' });
	await ask(hall, id, roundId, { 'slip 3': '0', 'slip 4': '0', 'device 1': '0' });
	await ask(third, id, roundId, { 'slip 4': '2', 'slip 5': '2' });
	const file = await give();
	// Nor can one machine's file be given out as the other's.
	const other = file.replace(readEnvelope(file)!.pack, lent.value.pack.packId);
	expect(await merge(other)).toEqual({ ok: false, reason: 'file-changed' });
	expect(await merge(file)).toMatchObject({
		value: { added: 2, rounds: [{ acknowledged: 3, merged: 2, conflicts: 1, serials: [3], gap: 0 }] }
	});
	expect(await merge(await givenBack(third, id))).toMatchObject({
		value: { added: 1, hall: 1, rounds: [{ acknowledged: 2, merged: 1, conflicts: 1, serials: [4] }] }
	});
	expect(await countOf(ward, id)).toEqual([2, 1, 1]);
});

test('ballots that the hall’s machine has lost are named by number and time; what it never counted is refused', async () => {
	const { ward, hall, id, agenda, give, merge } = await aHallMachine();
	const roundId = agenda[0]!.id;
	await ask(hall, id, roundId, { 'device 1': '0', 'device 2': '1', 'device 3': '1' });
	const whole = await give();
	const lost = await aBallot(hall, id, 'device 2', { roundId, choice: '1' });
	await commit(hall.db, (tx) =>
		tx
			.delete(ballots)
			.where(eq(ballots.voter, lost.voter))
			.then(() => undefined)
	);
	const file = await give();
	expect(await merge(file)).toMatchObject({
		value: { rounds: [{ acknowledged: 3, merged: 2, gap: 1, openedAt: NOON, finalAt: NOON + GRACE_MS + 1 }] }
	});
	const stuffed = (change: (own: HallReturn['rounds'][number]['ballots']) => void, given = file) =>
		rewritten(ward, id, given, ({ rounds: [own] }) => change(own!.ballots));
	const {
		voter,
		id: ballotId,
		turn,
		hall: at,
		level,
		suspect
	} = await aBallot(ward, id, 'device 8', { roundId, choice: '2' });
	const extra = { voter, id: ballotId, turn, hall: at, level, suspect, channel: 'live-hall' as const };
	const swap = (own: HallReturn['rounds'][number]['ballots']) => {
		const [one, other] = [own.find(({ choice }) => choice === '0')!, own.find(({ choice }) => choice === '1')!];
		[one.choice, other.choice] = [other.choice, one.choice];
	};
	for (const changed of [
		await stuffed((own) => own.push({ ...extra, choice: '2' })),
		await stuffed((own) => own.push({ ...extra, choice: '1' })),
		await stuffed((own) => own.push({ ...extra, choice: '1' }, { ...extra, voter: 'x', choice: '1' })),
		await stuffed(([own]) => (own!.choice = '2'), whole),
		await stuffed(swap, whole),
		await stuffed((own) => (own.find(({ choice }) => choice === '1')!.choice = '2'))
	]) {
		expect(await merge(changed)).toEqual({ ok: false, reason: 'recount-differs' });
	}
	expect(await countOf(ward, id)).toEqual([1, 1, 0]);
});

describe('a file that is not what it says', () => {
	test('is refused with nothing merged: changed on the way, of another installation, of a slip or choice that is not', async () => {
		const foreign = await aHallMachine();
		await ask(foreign.hall, foreign.id, foreign.agenda[0]!.id, { 'slip 1': '0' });
		const theirs = await foreign.give();
		const { ward, hall, id, agenda, give, merge, file: out } = await aHallMachine();
		const roundId = agenda[0]!.id;
		await ask(hall, id, roundId, { 'slip 1': '0' });
		const file = await give();
		const reasons = async (given: string) => {
			const done = await merge(given);
			return done.ok ? 'merged' : done.reason;
		};
		const { sealed } = readEnvelope(file)!;
		const at = sealed.length >> 1;
		const bent = file.replace(sealed, sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1));
		expect(await reasons(bent)).toBe('file-changed');
		expect(await reasons(file.slice(0, -20))).toBe('file-unknown');
		expect(await reasons(out)).toBe('file-out');
		expect(await reasons(theirs)).toBe('pack-unknown');
		const pack = readEnvelope(file)!.pack;
		expect(await reasons(theirs.replace(readEnvelope(theirs)!.pack, pack))).toBe('file-changed');
		const changed = (change: (own: HallReturn['rounds'][number]['ballots'][number]) => void) =>
			rewritten(ward, id, file, ({ rounds: [own] }) => change(own!.ballots[0]!));
		expect(await reasons(await changed((own) => (own.choice = '9')))).toBe('ballot-wrong');
		expect(await reasons(await changed((own) => (own.voter = 'a'.repeat(22))))).toBe('slip-unknown');
		expect(await reasons(await rewritten(ward, id, file, ({ rounds: own }) => own.push(own[0]!)))).toBe('ballot-wrong');
		expect(await ward.db.select().from(ballots)).toEqual([]);
		expect(await actionsOf(ward)).not.toContain('hall-merged');
		expect(await reasons(file)).toBe('merged');
	});

	test('opens with its code alone, once, and its slips are known there under the serials of the ward', async () => {
		const other = (await aLentDialogue()).code;
		const { id, room, file, code, codes, agenda } = await aLentDialogue();
		const hall = await aMachine();
		const open = (given: string, typed: string) =>
			openLent(hall, { organizationId: 'w1', ...by }, { file: given, code: typed });
		expect(await open(file, 'K7M2-9QXD-0000-0')).toEqual({ ok: false, reason: 'code-wrong' });
		expect(await open(file, other)).toEqual({ ok: false, reason: 'code-wrong' });
		expect(await hall.db.select().from(dialogues)).toEqual([]);
		expect(await open(file, code.toLowerCase().replaceAll('-', ' '))).toMatchObject({ ok: true });
		expect(await open(file, code)).toEqual({ ok: false, reason: 'opened-before' });
		expect(file).not.toContain(room);
		await command(hall, id, { do: 'start' });
		await command(hall, id, { do: 'open', roundId: agenda[0]!.id });
		const phone = aPhone(hall, room);
		const joined = await phone.post('/passes', { slip: codes[4] });
		expect(joined).toMatchObject({ status: 201, serial: 5, level: 'slip' });
	});
});

test('a machine in a hall only votes: no closing, no other questions, slips, paper, promises there', async () => {
	const { hall, id, agenda } = await aHallMachine();
	await ask(hall, id, agenda[0]!.id, { 'device 1': '0' });
	const change = { dialogueId: id, ...by };
	expect(await addRound(hall.db, change, aRound())).toEqual({ ok: false, reason: 'hall-copy' });
	const run = { id: 'run9', hall: 0, count: 1, ballots: false, ...change };
	expect(await makeSlips(hall, run)).toEqual({ ok: false, reason: 'hall-copy' });
	const batch = { id: 'b1', dialogueId: id, hall: 0, counted: 1, countedBy: 'Bà Thử' };
	expect(await addBatch(hall.db, by, batch)).toEqual({ ok: false, reason: 'hall-copy' });
	const promise = {
		id: 'promise001',
		dialogueId: id,
		questionId: null,
		text: 'Sửa đường',
		unit: 'Phòng Thử',
		dueDay: '2099-01-01'
	};
	expect(await writePromise(hall.db, { organizationId: 'w1', ...by }, promise)).toEqual({
		ok: false,
		reason: 'hall-copy'
	});
	await expect(command(hall, id, { do: 'questions', open: true })).rejects.toThrow('hall-copy');
	expect(await lendDialogue(hall, change, 0)).toEqual({ ok: false, reason: 'hall-copy' });
	await command(hall, id, { do: 'end' });
	const { version } = (await readDialogue(hall.db, id))!;
	expect(await closeDialogue(hall, { ...change, expected: version })).toMatchObject({
		refused: { reason: 'hall-copy' }
	});
	expect(await hall.db.select().from(sheets)).toEqual([]);
});

test('paper waits for the hall’s phones: no batch is closed before, and where one is a merge says to open it again', async () => {
	const { ward, hall, id, agenda, give, merge } = await aHallMachine();
	await ask(hall, id, agenda[0]!.id, { 'slip 1': '0' });
	const file = await give();
	await command(ward, id, { do: 'start' });
	await command(ward, id, { do: 'end' });
	const batch = { id: 'b1', organizationId: 'w1', dialogueId: id, number: 1, hall: 0, counted: 1, countedBy: 'Bà Thử' };
	await commit(ward.db, (tx) =>
		tx
			.insert(paperBatches)
			.values({ ...batch, createdAt: NOON })
			.then(() => undefined)
	);
	expect(await closeBatch(ward, by, 'b1')).toEqual({ ok: false, reason: 'halls-out' });
	const close = (closedAt: number | null) =>
		commit(ward.db, (tx) =>
			tx
				.update(paperBatches)
				.set({ closedAt })
				.then(() => undefined)
		);
	await close(NOON);
	expect(await merge(file)).toEqual({ ok: false, reason: 'batches-closed' });
	await close(null);
	expect(await merge(file)).toMatchObject({ ok: true });
	expect(await closeBatch(ward, by, 'b1')).toEqual({ ok: false, reason: 'not-keyed-twice' });
});

test('an open round is not given back; a machine that is waited for keeps its questions, and the closing until somebody says why not', async () => {
	const { ward, hall, id, agenda, merge } = await aHallMachine();
	const [first, second] = agenda.map((round) => round.id) as [string, string];
	const give = () => returnHeld(hall, { dialogueId: id, ...by });
	expect(await give()).toEqual({ ok: false, reason: 'nothing-voted' });
	await command(hall, id, { do: 'open', roundId: first });
	expect(await give()).toEqual({ ok: false, reason: 'round-open' });
	expect(await returnHeld(ward, { dialogueId: id, ...by })).toEqual({ ok: false, reason: 'not-held' });
	expect(await removeRound(ward.db, { dialogueId: id, ...by }, second)).toEqual({ ok: false, reason: 'round-lent' });
	await command(ward, id, { do: 'start' });
	await command(ward, id, { do: 'end' });
	const close = async () => {
		const { version } = (await readDialogue(ward.db, id))!;
		return closeDialogue(ward, { dialogueId: id, expected: version, ...by });
	};
	expect(await close()).toEqual({ ok: false, refused: { reason: 'halls-out', about: 'Hội trường chính' } });
	const [pack] = await readPacks(ward.db, id);
	const reason = 'Mạng không mất, máy không dùng đến';
	expect(await dropPack(ward.db, { packId: pack!.id, reason, ...by })).toEqual({ ok: true, value: null });
	expect(await dropPack(ward.db, { packId: pack!.id, reason, ...by })).toMatchObject({ reason: 'pack-unknown' });
	// It was found again after all.
	await command(hall, id, { do: 'close-now' });
	await finishDueRounds(hall.db, NOON + GRACE_MS + 1);
	const given = await give();
	expect(await merge((given as { value: { file: string } }).value.file)).toMatchObject({ ok: true });
	expect((await readPacks(ward.db, id))[0]).toMatchObject({ droppedAt: null, droppedWhy: '', mergedAt: NOON });
	expect(await close()).toMatchObject({ ok: true });
	expect((await ward.db.select().from(rounds)).filter(({ outcome }) => outcome !== null)).toEqual([]);
});
