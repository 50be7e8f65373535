import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { isTicketCode, showCode } from '../../src/lib/domain/survey/code.ts';
import { newId } from '../../src/lib/server/account/writes.ts';
import { addRound, moveRoundUp, removeRound } from '../../src/lib/server/dialogue/agenda/writes.ts';
import { readSlip } from '../../src/lib/server/dialogue/passes/reads.ts';
import { makeSlips, voidRun, type NewRun } from '../../src/lib/server/dialogue/slips/writes.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { slips } from '../../src/lib/server/db/schema/dialogue.ts';
import { slipRuns } from '../../src/lib/server/db/schema/dialogue-paper.ts';
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
	expect(await readSlip(serving.db, serving.secret, showCode(second.codes[1]!))).toMatchObject({ serial: 5, hall: 1 });
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
	expect(await voidRun(serving.db, { ...by, id: good.runId, dialogueId: 'another' })).toMatchObject({ ok: false });
	expect(await voidRun(serving.db, { ...by, id: spoiled.runId })).toMatchObject({ ok: true });
	expect(await voidRun(serving.db, { ...by, id: spoiled.runId })).toEqual({ ok: false, reason: 'run-unknown' });
	expect(await readSlip(serving.db, serving.secret, spoiled.codes[0]!)).toBeUndefined();
	expect(await readSlip(serving.db, serving.secret, good.codes[0]!)).toMatchObject({ serial: 4 });
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
	await voidRun(serving.db, { ...change, id: runId, reason: 'Đổi câu hỏi' });
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
