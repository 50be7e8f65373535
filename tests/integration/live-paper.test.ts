import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Turn } from '../../src/lib/domain/dialogue/batch.ts';
import { isTicketCode, showCode } from '../../src/lib/domain/survey/code.ts';
import { newId } from '../../src/lib/server/account/writes.ts';
import { closeDialogue } from '../../src/lib/server/dialogue/closing/writes.ts';
import { finishDueRounds } from '../../src/lib/server/dialogue/desk/writes.ts';
import { addRound, moveRoundUp, removeRound } from '../../src/lib/server/dialogue/agenda/writes.ts';
import {
	closeBatch,
	acknowledgeConflicts,
	reopenBatch,
	settleMismatch
} from '../../src/lib/server/dialogue/paper/closing/writes.ts';
import {
	beginKeying,
	dropKeying,
	finishKeying,
	keyBallot,
	takeBack
} from '../../src/lib/server/dialogue/paper/keying/writes.ts';
import {
	compareBatch,
	readBatch,
	readBatchList,
	readPaperFigures,
	readPaperProgress
} from '../../src/lib/server/dialogue/paper/reads.ts';
import { judgeFile, readBatchSheet } from '../../src/lib/server/dialogue/paper/file/reads.ts';
import { importBatchFile } from '../../src/lib/server/dialogue/paper/file/writes.ts';
import { addBatch, recountBatch } from '../../src/lib/server/dialogue/paper/writes.ts';
import { readSlip } from '../../src/lib/server/dialogue/passes/reads.ts';
import type { NewRound } from '../../src/lib/server/dialogue/writes.ts';
import { castVote } from '../../src/lib/server/dialogue/votes/writes.ts';
import { readRounds, recount, voterMark, readDialogue } from '../../src/lib/server/dialogue/reads.ts';
import { readResult } from '../../src/lib/server/dialogue/result/reads.ts';
import { makeSlips, voidRun, type NewRun } from '../../src/lib/server/dialogue/slips/writes.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { showSerial } from '../../src/lib/domain/survey/serial.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { ballots, dialogues, slips } from '../../src/lib/server/db/schema/dialogue.ts';
import { keyedBallots, slipRuns } from '../../src/lib/server/db/schema/dialogue-paper.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { aDialogue, aRound } from '../factories/dialogue.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

/** Slips of a dialogue; throws where none were made. */
async function someSlips(serving: Serving, dialogueId: string, change: Partial<NewRun> = {}) {
	const run = { id: newId(), dialogueId, hall: 0, count: 3, ballots: true, userId: 'u1', now: NOON, ...change };
	const made = await makeSlips(serving, run);
	if (!made.ok) throw new Error(made.reason);
	return { ...made.value, runId: run.id };
}

test('the codes of seat slips are on the paper alone, their serials go on from run to run and hall to hall', async () => {
	const serving = await aServing();
	const { id } = await aDialogue(serving, { halls: ['Một', 'Hai'] });
	const first = await someSlips(serving, id);
	const second = await someSlips(serving, id, { hall: 1, count: 2, ballots: false });
	expect([first.first, second.first]).toEqual([1, 4]);
	expect(new Set([...first.codes, ...second.codes]).size).toBe(5);
	expect(first.codes.every(isTicketCode)).toBe(true);
	expect(
		await readSlip(serving.db, serving.secret, (await readDialogue(serving.db, id))!, showCode(second.codes[1]!))
	).toMatchObject({ serial: 5, hall: 1 });
	const kept = JSON.stringify([
		await serving.db.select().from(slips),
		await serving.db.select().from(slipRuns),
		await serving.db.select().from(auditLines)
	]).toLowerCase();
	for (const code of first.codes)
		expect([kept.includes(code), kept.includes(showCode(code).toLowerCase())]).toEqual([false, false]);
});

test('a form of slips sent twice makes one run, and its codes are shown once', async () => {
	const serving = await aServing();
	const { id } = await aDialogue(serving);
	const { runId } = await someSlips(serving, id);
	const run = { dialogueId: id, hall: 0, count: 3, ballots: true, userId: 'u1', now: NOON };
	expect(await makeSlips(serving, { id: runId, ...run })).toEqual({ ok: false, reason: 'form-stale' });
	expect(await serving.db.select().from(slips)).toHaveLength(3);
});

test('void slips open nothing, others still do, and their serials are never given again', async () => {
	const serving = await aServing();
	const { id } = await aDialogue(serving);
	const [spoiled, good] = [await someSlips(serving, id), await someSlips(serving, id)];
	const by = { dialogueId: id, userId: 'u1', reason: 'In lệch', now: NOON };
	expect(await voidRun(serving, { ...by, id: good.runId, dialogueId: 'another' })).toMatchObject({ ok: false });
	expect(await voidRun(serving, { ...by, id: spoiled.runId })).toMatchObject({ ok: true });
	expect(await voidRun(serving, { ...by, id: spoiled.runId })).toEqual({ ok: false, reason: 'run-unknown' });
	expect(
		await readSlip(serving.db, serving.secret, (await readDialogue(serving.db, id))!, spoiled.codes[0]!)
	).toBeUndefined();
	expect(
		await readSlip(serving.db, serving.secret, (await readDialogue(serving.db, id))!, good.codes[0]!)
	).toMatchObject({ serial: 4 });
	expect((await someSlips(serving, id)).first).toBe(7);
	const said = await serving.db
		.select()
		.from(auditLines)
		.where(and(eq(auditLines.action, 'slips-voided'), eq(auditLines.object, spoiled.runId)));
	expect(said.map(({ reason }) => reason)).toEqual(['In lệch']);
});

test('what stands on printed ballots stays as it is until they are void; other questions may come and go', async () => {
	const serving = await aServing();
	const agenda = [aRound(), aRound({ text: 'Hai' }), aRound({ text: 'Ba', onPaper: false })];
	const { id, rounds } = await aDialogue(serving, {}, agenda);
	const change = { dialogueId: id, userId: 'u1', now: NOON };
	const { runId } = await someSlips(serving, id);
	const printed = { ok: false, reason: 'paper-printed' };
	expect(await addRound(serving.db, change, aRound())).toEqual(printed);
	expect(await removeRound(serving.db, change, rounds[0]!.id)).toEqual(printed);
	expect(await moveRoundUp(serving.db, change, rounds[1]!.id)).toEqual(printed);
	expect(await addRound(serving.db, change, aRound({ onPaper: false }))).toMatchObject({ ok: true });
	expect(await moveRoundUp(serving.db, change, rounds[2]!.id)).toMatchObject({ ok: true });
	await voidRun(serving, { ...change, id: runId, reason: 'Đổi câu hỏi' });
	expect(await removeRound(serving.db, change, rounds[0]!.id)).toMatchObject({ ok: true });
});

test('no ballot is printed without a question for paper, none for a hall there is not, none once it is over', async () => {
	const serving = await aServing();
	const { id, command } = await aDialogue(serving, {}, [aRound({ onPaper: false })]);
	const asked = { id: newId(), dialogueId: id, hall: 0, count: 1, ballots: true, userId: 'u1', now: NOON };
	const reasonOf = async (change: Partial<NewRun>) => {
		const made = await makeSlips(serving, { ...asked, ...change });
		return made.ok ? null : made.reason;
	};
	expect(await reasonOf({})).toBe('no-paper-round');
	expect(await reasonOf({ hall: 1, ballots: false })).toBe('hall-unknown');
	await command({ do: 'start' });
	await command({ do: 'end' });
	expect(await reasonOf({ ballots: false })).toBe('dialogue-over');
	expect(await serving.db.select().from(slips)).toEqual([]);
});

const SCALE = aRound({ kind: 'scale', text: 'Hài lòng?', options: [], criterion: 'PV' });
const SEVERAL = aRound({ kind: 'multiple', text: 'Ưu tiên?', most: 2 });
const by = (userId: string) => ({ userId, now: NOON });

/** A dialogue that is over, with printed ballots 1 to `sheets` and one batch of them. */
async function aBatch({
	sheets = 3,
	counted,
	halls = ['Một'],
	agenda = [SCALE, SEVERAL]
}: { sheets?: number; counted?: number; halls?: string[]; agenda?: NewRound[] } = {}) {
	const serving = await aServing();
	const dialogue = await aDialogue(serving, { halls, hallProof: 'slip' }, agenda);
	await someSlips(serving, dialogue.id, { count: sheets });
	await dialogue.command({ do: 'start' });
	const { db } = serving;
	const batchId = newId();
	const pile = { dialogueId: dialogue.id, hall: 0, counted: counted ?? sheets, countedBy: 'Tổ kiểm phiếu' };
	expect(await addBatch(db, by('u1'), { id: batchId, ...pile })).toMatchObject({ ok: true });
	const end = () => dialogue.command({ do: 'end' });
	/** Keys ballots as somebody; each is a serial and what is typed for each question. */
	const keyed = async (userId: string, piled: readonly [number, ...string[]][], done = true) => {
		expect(await beginKeying(db, by(userId), batchId)).toMatchObject({ ok: true });
		for (const [serial, ...typed] of piled) {
			const ballot = { entry: randomUUID(), serial: showSerial(serial), typed };
			expect(await keyBallot(db, by(userId), batchId, ballot)).toMatchObject({ ok: true });
		}
		if (done) expect(await finishKeying(db, by(userId), batchId, true)).toMatchObject({ ok: true });
	};
	const close = () => closeBatch(serving, by('u1'), batchId);
	const paperOf = async (round: number) => {
		const own = (await readRounds(db, dialogue.id))[round]!;
		return (await recount(db, own, 1)).byChannel['live-paper'];
	};
	const vote = async (serial: number, round: number, choice: string) => {
		const stored = (await readDialogue(db, dialogue.id))!;
		const ballot = {
			...{
				organizationId: 'w1',
				roundId: dialogue.rounds[round]!.id,
				voter: voterMark(serving.secret, stored, `slip ${serial}`)!
			},
			...({
				id: randomUUID(),
				turn: 1,
				channel: 'live-hall',
				hall: 0,
				level: 'slip',
				suspect: false,
				choice,
				batchId: ''
			} as const)
		};
		return castVote(db, { dialogueId: dialogue.id, ballot, serial, at: NOON });
	};
	return { ...dialogue, serving, db, batchId, end, keyed, close, paperOf, vote };
}
const THREE: [number, ...string[]][] = [
	[1, '5', '12'],
	[2, '0', '9'],
	[3, '4', '3']
];

test('two keyings that agree: blank and spoiled ballots are counted as what they are, and nothing before the batch is closed', async () => {
	const { keyed, close, end, paperOf, db, batchId } = await aBatch();
	await keyed('an', THREE);
	await keyed('binh', [...THREE].reverse());
	expect(await close()).toEqual({ ok: false, reason: 'dialogue-running' });
	await end();
	expect(await db.select().from(ballots)).toEqual([]);
	expect(await close()).toEqual({ ok: true, value: { ballots: 3, conflicts: 0 } });
	expect(await paperOf(0)).toEqual({ votes: [0, 0, 0, 1, 1], valid: 2, blank: 1, spoiled: 0 });
	expect(await paperOf(1)).toEqual({ votes: [1, 1, 1], valid: 2, blank: 0, spoiled: 1 });
	expect(new Set((await db.select().from(ballots)).map((own) => own.batchId))).toEqual(new Set([batchId]));
	expect(await close()).toEqual({ ok: false, reason: 'batch-closed' });
});

test('where two keyings differ a third person decides, who is neither of the two; the batch stays open until then', async () => {
	const { keyed, close, end, paperOf, db, batchId } = await aBatch({ sheets: 4, counted: 3 });
	await keyed('an', THREE);
	await keyed('binh', [
		[1, '5', '12'],
		[2, '1', '9'],
		[4, '4', '3']
	]);
	await end();
	expect(await close()).toEqual({ ok: false, reason: 'mismatch-open' });
	const { mismatches } = await compareBatch(db, (await readBatch(db, batchId))!);
	expect(mismatches.map(({ serial }) => serial)).toEqual([2, 3, 4]);
	const settle = (userId: string, i: number, stands: 'first' | 'second' | 'typed' | 'none', typed: string[] = []) =>
		settleMismatch(db, by(userId), batchId, { ...mismatches[i]!, stands, typed });
	for (const userId of ['an', 'binh'])
		expect(await settle(userId, 0, 'first')).toEqual({ ok: false, reason: 'not-third' });
	expect(await settle('chi', 0, 'typed', ['7', '1'])).toEqual({ ok: false, reason: 'choice-wrong' });
	expect(await settle('chi', 0, 'typed', ['2', '1'])).toMatchObject({ ok: true });
	expect(await settle('chi', 1, 'first')).toMatchObject({ ok: true });
	expect(await close()).toEqual({ ok: false, reason: 'mismatch-open' });
	expect(await settle('chi', 2, 'none')).toMatchObject({ ok: true });
	expect(await close()).toMatchObject({ ok: true, value: { ballots: 3 } });
	expect((await paperOf(0)).votes).toEqual([0, 1, 0, 1, 1]);
});

test('what was settled does not hold once a keying says something else', async () => {
	const { keyed, close, end, db, batchId } = await aBatch();
	await keyed('an', THREE);
	await keyed('binh', [[1, '4', '12'], ...THREE.slice(1)]);
	await end();
	const [mismatch] = (await compareBatch(db, (await readBatch(db, batchId))!)).mismatches;
	await settleMismatch(db, by('chi'), batchId, { ...mismatch!, stands: 'first', typed: [] });
	await finishKeying(db, by('binh'), batchId, false);
	await takeBack(db, by('binh'), batchId, 1);
	await keyed('binh', [[1, '3', '12']]);
	expect(await settleMismatch(db, by('chi'), batchId, { ...mismatch!, stands: 'first', typed: [] })).toEqual({
		ok: false,
		reason: 'mismatch-stale'
	});
	expect(await close()).toEqual({ ok: false, reason: 'mismatch-open' });
});

test('a batch whose pile does not add up is not closed; sheets put aside need a reason and are told', async () => {
	const { keyed, close, end, db, batchId } = await aBatch({ sheets: 3, counted: 5 });
	for (const who of ['an', 'binh']) await keyed(who, THREE);
	await end();
	expect(await close()).toEqual({ ok: false, reason: 'count-differs' });
	const aside = { id: batchId, counted: 5, aside: 6, reason: 'Không có số' };
	expect(await recountBatch(db, by('u1'), aside)).toEqual({ ok: false, reason: 'aside-too-many' });
	await recountBatch(db, by('u1'), { ...aside, aside: 1 });
	expect(await close()).toEqual({ ok: false, reason: 'count-differs' });
	await recountBatch(db, by('u1'), { ...aside, aside: 2 });
	expect(await close()).toMatchObject({ ok: true });
	expect(await readBatch(db, batchId)).toMatchObject({ ballots: 3, aside: 2, asideReason: 'Không có số' });
	expect(await readPaperFigures(db, (await readBatch(db, batchId))!.dialogueId)).toMatchObject({
		counted: 5,
		ballots: 3,
		aside: 2
	});
});

test('a slip that voted by phone and lies in the box is one ballot: the phone’s stands, a person says so with a reason', async () => {
	const { serving, keyed, close, end, paperOf, vote, command, rounds, db, batchId } = await aBatch();
	await command({ do: 'open', roundId: rounds[0]!.id });
	for (const serial of [1, 2]) await vote(serial, 0, '3');
	await command({ do: 'close-now' });
	await finishDueRounds(db, NOON + 60_000);
	for (const who of ['an', 'binh']) await keyed(who, THREE);
	await end();
	const [final] = await readRounds(db, rounds[0]!.dialogueId);
	expect(await close()).toEqual({ ok: false, reason: 'conflict-open' });
	const reason = 'Đã nói với người dân tại hội trường';
	const acknowledge = (serials: number[]) => acknowledgeConflicts(serving, by('u1'), batchId, { serials, reason });
	// Serial 2 left the question blank on paper, which contradicts nothing.
	expect(await acknowledge([1, 2])).toEqual({ ok: false, reason: 'conflict-stale' });
	expect(await acknowledge([1])).toEqual({ ok: true, value: { acknowledged: 1 } });
	expect(await close()).toEqual({ ok: true, value: { ballots: 3, conflicts: 1 } });
	expect((await paperOf(0)).votes).toEqual([0, 0, 0, 1, 0]);
	expect((await readPaperFigures(db, rounds[0]!.dialogueId))!.conflicts).toEqual({ [rounds[0]!.id]: 1 });
	expect((await paperOf(1)).valid).toBe(2);
	const tally = await recount(db, final!, 1);
	expect(tally.total).toMatchObject({ valid: 3, blank: 0 });
	expect(final!.result!.tally.total.valid).toBe(2);
});

test('a phone does not change what was keyed from paper', async () => {
	const { keyed, close, end, paperOf, vote, command, rounds } = await aBatch();
	for (const who of ['an', 'binh']) await keyed(who, THREE);
	await end();
	await close();
	await command({ do: 'continue' });
	await command({ do: 'open', roundId: rounds[0]!.id });
	expect(await vote(1, 0, '2')).toMatchObject({ status: 'already' });
	expect((await paperOf(0)).votes).toEqual([0, 0, 0, 1, 1]);
});

test('two people who begin at once have a keying each, a third has none, and nobody keys a batch twice', async () => {
	const { db, batchId, keyed } = await aBatch();
	const people = ['an', 'binh', 'chi'];
	const begun = await Promise.all(people.map((who) => beginKeying(db, by(who), batchId)));
	const turns = begun.flatMap((each) => (each.ok ? each.value.turn : []));
	expect(turns.sort()).toEqual([1, 2] satisfies Turn[]);
	expect(begun.filter((each) => !each.ok && each.reason === 'both-taken')).toHaveLength(1);
	// Of three at once nobody knows who comes first.
	const first = people[begun.findIndex((each) => each.ok && each.value.turn === 1)]!;
	const third = people[begun.findIndex(({ ok }) => !ok)]!;
	expect(await beginKeying(db, by(first), batchId)).toEqual({ ok: true, value: { turn: 1 } });
	const ballot = { entry: randomUUID(), serial: showSerial(1), typed: ['1', '1'] };
	expect(await keyBallot(db, by(third), batchId, ballot)).toEqual({ ok: false, reason: 'not-yours' });
	await keyed(first, THREE);
	expect(await keyBallot(db, by(first), batchId, ballot)).toEqual({ ok: false, reason: 'keying-finished' });
	// Who began and cannot go on: their keying is thrown away whole, and somebody else may take it.
	expect(await dropKeying(db, by('u1'), batchId, 1, 'Ốm')).toMatchObject({ ok: true });
	expect(await beginKeying(db, by(third), batchId)).toEqual({ ok: true, value: { turn: 1 } });
	expect(await db.select().from(keyedBallots)).toEqual([]);
});

test('a ballot whose answer was lost is sent again as the same one; a second sheet with its serial is refused', async () => {
	const { serving, db, batchId, id } = await aBatch();
	await beginKeying(db, by('an'), batchId);
	const ballot = { entry: randomUUID(), serial: '13', typed: ['1', '21'] };
	const key = (change: Partial<typeof ballot> = {}) => keyBallot(db, by('an'), batchId, { ...ballot, ...change });
	const both = await Promise.all([key(), key()]);
	// Whichever comes first is stored.
	const byStatus = both.toSorted((a) => (a.ok && a.value.status === 'stored' ? -1 : 1));
	expect(byStatus).toEqual(
		['stored', 'already'].map((status) => ({ ok: true, value: { serial: 1, keyed: 1, status } }))
	);
	expect(await key({ entry: randomUUID() })).toEqual({ ok: false, reason: 'serial-twice' });
	expect(await key({ typed: ['2', '21'] })).toMatchObject({ value: { status: 'changed', keyed: 1 } });
	expect(await key({ serial: showSerial(2) })).toMatchObject({ value: { status: 'stored', keyed: 1, serial: 2 } });
	for (const [change, reason] of [
		[{ serial: '14' }, 'serial-wrong'],
		[{ serial: showSerial(4) }, 'serial-unknown'],
		[{ typed: ['6', '1'] }, 'choice-wrong'],
		[{ typed: ['1', '123'] }, 'choice-wrong'],
		[{ typed: ['1'] }, 'choice-wrong']
	] as const)
		expect(await key({ entry: randomUUID(), serial: showSerial(3), ...change } as typeof ballot)).toEqual({
			ok: false,
			reason
		});
	const other = newId();
	await addBatch(db, by('u1'), { id: other, dialogueId: id, hall: 0, counted: 1, countedBy: 'B' });
	await beginKeying(db, by('binh'), other);
	expect(await keyBallot(db, by('binh'), other, { ...ballot, serial: showSerial(2) })).toEqual({
		ok: false,
		reason: 'serial-elsewhere'
	});
	expect(await readPaperProgress(db, id)).toMatchObject({ batches: 2, counted: 4, keyed: [1, 0], closed: 0 });
	const [run] = await db.select().from(slipRuns);
	expect(await voidRun(serving, { id: run!.id, dialogueId: id, userId: 'u1', reason: 'x', now: NOON })).toEqual({
		ok: false,
		reason: 'run-keyed'
	});
});

test('a closed batch can be opened again whole until the dialogue is closed, and nothing is keyed after that', async () => {
	const { serving, keyed, close, end, paperOf, db, batchId, id } = await aBatch();
	for (const who of ['an', 'binh']) await keyed(who, THREE);
	await end();
	await close();
	expect(await reopenBatch(db, by('u1'), batchId, 'Sót phiếu')).toMatchObject({ ok: true });
	expect(await paperOf(0)).toMatchObject({ valid: 0, blank: 0 });
	expect((await readBatchList(db, id))[0]).toMatchObject({ state: 'resolved', keyed: [3, 3] });
	expect(await close()).toMatchObject({ ok: true });
	expect((await paperOf(0)).valid).toBe(2);
	await commit(db, (tx) => tx.update(dialogues).set({ state: 'closed' }).where(eq(dialogues.id, id)));
	const over = { ok: false, reason: 'dialogue-closed' };
	expect(await reopenBatch(db, by('u1'), batchId, 'x')).toEqual(over);
	expect(await beginKeying(db, by('an'), batchId)).toEqual(over);
	expect(await closeBatch(serving, by('u1'), batchId)).toEqual(over);
	const more = { id: newId(), dialogueId: id, hall: 0, counted: 1, countedBy: 'B' };
	expect(await addBatch(db, by('u1'), more)).toEqual(over);
});

test('a dialogue with an open batch is not closed; with its closing nobody can tell what a serial chose', async () => {
	const { serving, keyed, close, end, paperOf, db, id } = await aBatch();
	for (const who of ['an', 'binh']) await keyed(who, THREE);
	await end();
	const closeAll = async () => {
		const { version } = (await readDialogue(db, id))!;
		return closeDialogue(serving, { dialogueId: id, expected: version, userId: 'u1', now: NOON });
	};
	expect(await closeAll()).toEqual({ ok: false, refused: { reason: 'batches-open', about: '1' } });
	await close();
	expect(await db.select().from(keyedBallots)).toHaveLength(6);
	expect(await closeAll()).toMatchObject({ ok: true });
	expect(await db.select().from(keyedBallots)).toEqual([]);
	expect((await paperOf(0)).valid).toBe(2);
	expect(await readPaperFigures(db, id)).toMatchObject({ batches: 1, ballots: 3 });
	// The result sheet tells how the paper came to its numbers, after the keyed ballots are gone too.
	expect(await readResult(db, (await readDialogue(db, id))!, 'vi')).toMatchObject({
		paper: { batches: 1, counted: 3, ballots: 3, aside: 0, conflicts: 0 },
		questions: null
	});
	expect(await readPaperProgress(db, id)).toMatchObject({ keyed: [3, 3], closed: 1 });
});

/** Rows of a file: serial and digits. */
const fileOf = (rows: readonly (readonly string[])[], separator = ';', head = '\ufeffSố phiếu;Câu 1;Câu 2') =>
	Buffer.from([head.replaceAll(';', separator), ...rows.map((row) => row.join(separator))].join('\r\n'));

test('a file of 1 855 rows with 7 bad ones: the good are one keying, the bad are named by line, the same file changes nothing', async () => {
	const { db, batchId, end, id } = await aBatch({ sheets: 1855 });
	await end();
	const rows = Array.from({ length: 1855 }, (_, i) => [showSerial(i + 1), String((i % 5) + 1), '12']);
	const bad: [number, string[], string][] = [
		[10, ['000009-9', '1', '1'], 'serial-wrong'],
		[11, [showSerial(1856), '1', '1'], 'serial-unknown'],
		[12, rows[0]!, 'serial-twice'],
		[13, [showSerial(14), '6', '1'], 'choice-wrong'],
		[14, [showSerial(15), '1', '123'], 'choice-wrong'],
		[15, [showSerial(16), '1'], 'columns-wrong'],
		[16, [showSerial(17), '', '1'], 'choice-wrong']
	];
	for (const [at, row] of bad) rows[at] = row;
	const file = fileOf(rows);
	const sheet = readBatchSheet(file);
	if (!sheet.ok) throw new Error(sheet.reason);
	const look = await judgeFile(db, (await readBatch(db, batchId))!, 'an', sheet.value);
	// A spreadsheet counts from 1 and the heading is its first row.
	expect(look.problems.map(({ row, code }) => [row, code])).toEqual(bad.map(([at, , code]) => [at + 2, code]));
	expect(await db.select().from(keyedBallots)).toEqual([]);
	const bring = (who: string, bytes = file) => importBatchFile(db, by(who), batchId, bytes);
	expect(await bring('an')).toEqual({ ok: true, value: { stored: 1848, known: 0, wrong: 7 } });
	expect(await bring('an')).toEqual({ ok: true, value: { stored: 0, known: 1848, wrong: 7 } });
	expect(await bring('binh')).toEqual({ ok: false, reason: 'file-same' });
	expect(await readPaperProgress(db, id)).toMatchObject({ keyed: [1848, 0], counted: 1855 });
	// What the file had wrong is keyed by hand into the same keying; what it says otherwise than a sheet keyed before is not taken.
	const ballot = { entry: randomUUID(), serial: showSerial(15), typed: ['1', '9'] };
	expect(await keyBallot(db, by('an'), batchId, ballot)).toMatchObject({ ok: true, value: { keyed: 1849 } });
	const other = fileOf([[showSerial(15), '2', '9']]);
	expect(await bring('an', other)).toEqual({ ok: true, value: { stored: 0, known: 0, wrong: 1 } });
	await finishKeying(db, by('an'), batchId, true);
	expect(await bring('an')).toEqual({ ok: false, reason: 'keying-finished' });
	expect(await bring('binh', other)).toMatchObject({ ok: true });
	expect(await bring('chi', fileOf([[showSerial(20), '1', '1']]))).toEqual({ ok: false, reason: 'both-taken' });
	await commit(db, (tx) => tx.update(dialogues).set({ state: 'closed' }).where(eq(dialogues.id, id)));
	expect(await bring('binh', fileOf([[showSerial(21), '1', '1']]))).toEqual({ ok: false, reason: 'dialogue-closed' });
});

test.each([
	['UTF-8 with its mark and semicolons', fileOf([['13', '5', '1,2']])],
	['commas', fileOf([['13', '5', '12']], ',')],
	['tabs and no heading', Buffer.from('0000013\t5\t12\n')],
	['marks after their letters', Buffer.from(`${'Số phiếu;Câu 1;Câu 2'.normalize('NFD')}\n000001-3;5;12\n`)],
	// 'Số;Câu' as Vietnamese Windows writes it: no UTF-8.
	['CP1258', Buffer.concat([Buffer.from([0x53, 0xf4, 0xec]), Buffer.from(';1;2\r\n13;5;12\r\n')])]
])('a file is read whatever wrote it: %s', async (_, file) => {
	const { db, batchId } = await aBatch();
	expect(await importBatchFile(db, by('an'), batchId, file)).toEqual({
		ok: true,
		value: { stored: 1, known: 0, wrong: 0 }
	});
	const [row] = await db.select().from(keyedBallots);
	expect([row!.serial, Object.values(row!.choices).sort()]).toEqual([1, ['0,1', '5']]);
});
