import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { GRACE_MS } from '../../src/lib/domain/dialogue/round.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { ballots, dialogues, rounds } from '../../src/lib/server/db/schema/dialogue.ts';
import { dailyCounts } from '../../src/lib/server/db/schema/report.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { questionnaireVersions } from '../../src/lib/server/db/schema/survey.ts';
import { closeDialogue } from '../../src/lib/server/dialogue/closing/writes.ts';
import { correctRound } from '../../src/lib/server/dialogue/agenda/writes.ts';
import { finishDueRounds } from '../../src/lib/server/dialogue/desk/writes.ts';
import { hallCode, readDialogue, readRounds, voterMark } from '../../src/lib/server/dialogue/reads.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { vote } from '../factories/ballots.ts';
import { aRound } from '../factories/dialogue.ts';
import { aFullHall, aHall, aScale } from '../factories/hall.ts';
import { NOON } from '../factories/sheet.ts';

const actions = async ({ db }: { db: Parameters<typeof verifyCounts>[0] }) =>
	(await db.select().from(auditLines).orderBy(auditLines.seq)).map(({ action }) => action);

test('a closed dialogue’s answers are sheets, channel by channel what its rounds say, and in the index as any others', async () => {
	const { serving, id, room, close, stored, scale } = await aFullHall();
	const { db } = serving;
	// 12 + 3 + 5 answered the scale, 8 + 5 the questionnaire; blank and spoiled ballots answer nothing.
	expect(await close()).toEqual({ ok: true, sheets: 33 });

	const all = await db.select().from(sheets);
	const count = (versionId: RegExp, channel: string) =>
		all.filter((sheet) => versionId.test(sheet.versionId) && sheet.channel === channel).length;
	expect(['live-hall', 'live-stream', 'live-paper'].map((channel) => count(/^doi-thoai/, channel))).toEqual([12, 3, 5]);
	expect(['live-hall', 'live-stream', 'live-paper'].map((channel) => count(/SIPAS5/, channel))).toEqual([8, 0, 5]);
	expect(all.filter(({ flags }) => flags === 'burst').map(({ channel }) => channel)).toEqual(['live-stream']);
	expect(new Set(all.map(({ day, shift }) => `${day} ${shift}`))).toEqual(new Set(['2026-11-23 afternoon']));
	expect(await verifyCounts(db)).toMatchObject({ sheets: 33, differences: [] });

	const closed = await stored();
	expect(closed).toMatchObject({ state: 'closed', closedAt: expect.any(Number) });
	const [versionId] = closed.outcome!.sheets.map((made) => made.versionId).filter((own) => own.includes(room));
	await releaseCounts(db);
	const question = { organizationId: 'w1', by: 'criterion', from: '2026-11-01', to: '2026-11-30', target: 90 } as const;
	const valueOf = async (channel: 'live-hall' | 'live-paper', version: string) => {
		const { total } = await readIndexTable(db, { ...question, versionId: version, channels: [channel] });
		const cell = total.criteria.PV;
		return 'value' in cell ? [cell.value, cell.n] : cell;
	};
	expect(await valueOf('live-hall', versionId!)).toEqual([75, 12]);
	expect(await valueOf('live-paper', versionId!)).toEqual([100, 5]);
	// Nobody of them is in the official index.
	const official = await readIndexTable(db, { ...question, versionId: 'SIPAS5-v1' });
	expect(official.total.criteria.PV).not.toHaveProperty('value');

	const [, round] = await readRounds(db, id);
	expect(round).toMatchObject({ id: scale, outcome: { tally: { total: { valid: 20, blank: 1, spoiled: 1 } } } });
	expect(round!.outcome!.levels).toEqual({
		'live-hall': { device: 13 },
		'live-stream': { device: 3 },
		'live-paper': { slip: 6 }
	});
	expect(round!.outcome!.suspects).toEqual({ 'live-hall': 0, 'live-stream': 1, 'live-paper': 0 });
	expect(round!.outcome!.hash).not.toBe(round!.result!.hash);
	expect((await actions(serving)).filter((action) => action.startsWith('dialogue-close'))).toEqual(['dialogue-closed']);
});

test('after the closing nothing leads from a ballot to a slip or a phone, nor from a sheet to a ballot', async () => {
	const { serving, id, close, stored, scale } = await aFullHall();
	const before = await stored();
	const mark = voterMark(serving.secret, before, 'slip 3');
	const own = and(eq(ballots.roundId, scale), eq(ballots.voter, mark!));
	expect(await serving.db.select().from(ballots).where(own)).toHaveLength(1);
	await close();
	const after = await stored();
	expect(after.sealedSecret).toBeNull();
	expect(voterMark(serving.secret, after, 'slip 3')).toBeNull();
	expect(hallCode(serving.secret, after, { hall: 0, step: 1 })).toBeNull();
	const voters = new Set((await serving.db.select().from(ballots)).map(({ voter }) => voter));
	const ids = (await serving.db.select().from(sheets)).map((sheet) => sheet.id);
	expect(ids.filter((sheet) => voters.has(sheet))).toEqual([]);
	expect(await vote(serving, id, 'device 1', { roundId: scale, choice: '1' })).toMatchObject({ status: 'closed' });
});

test('closed by two at once it is closed once; closed again it says so and makes nothing', async () => {
	const { serving, close, stored } = await aFullHall();
	const { version } = await stored();
	const outcomes = await Promise.all([close(version), close(version), close(version)]);
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.refused.reason))).toEqual(
		Array(2).fill('already-closed')
	);
	expect(await close()).toMatchObject({ refused: { reason: 'already-closed' } });
	expect(await serving.db.select().from(sheets)).toHaveLength(33);
	expect((await actions(serving)).filter((action) => action === 'dialogue-closed')).toHaveLength(1);
});

test('a closing that breaks off leaves nothing behind, and done again after a restore makes the same sheets', async () => {
	const { serving, id, close, stored } = await aFullHall();
	const { db, secret } = serving;
	const before = await stored();
	const transaction: Db['store']['transaction'] = (work) =>
		db.store.transaction(async (...given) => {
			await work(...given);
			throw new Error('the power went');
		});
	const dying = Object.assign(Object.create(db) as Db, { store: { ...db.store, transaction } });
	const asked = { dialogueId: id, expected: before.version, userId: 'u1', now: NOON };
	await expect(closeDialogue({ db: dying, secret }, asked)).rejects.toThrow('the power went');
	expect(await stored()).toEqual(before);
	expect([await db.select().from(sheets), await db.select().from(questionnaireVersions)]).toEqual([[], []]);

	await close();
	const ids = new Set((await db.select().from(sheets)).map((sheet) => sheet.id));
	expect(ids.size).toBe(33);
	expect([...ids].every((own) => Buffer.from(own, 'base64url')[6]! >> 4 === 4)).toBe(true);
	// The dialogue as it was in the backup, while the sheets are there already.
	await commit(db, async (tx) => {
		const { sealedSecret, version } = before;
		await tx.update(dialogues).set({ state: 'counting', sealedSecret, version }).where(eq(dialogues.id, id));
	});
	expect(await close()).toMatchObject({ ok: true });
	expect(new Set((await db.select().from(sheets)).map((sheet) => sheet.id))).toEqual(ids);
	expect(await verifyCounts(db)).toMatchObject({ sheets: 33, differences: [] });
});

test.each([
	['a ballot that is gone', 'delete'],
	['a ballot that says something else', 'change'],
	['two ballots that changed places', 'swap'],
	['a number that is not the ballots’', 'number']
] as const)('%s is found: refused with the round’s name, remembered, and nothing is changed', async (_, how) => {
	const { serving, id, close, stored, scale } = await aFullHall();
	const { db } = serving;
	const of = (choice: string) =>
		and(eq(ballots.roundId, scale), eq(ballots.channel, 'live-hall'), eq(ballots.choice, choice));
	const [[five], [two]] = [
		await db.select().from(ballots).where(of('5')),
		await db.select().from(ballots).where(of('2'))
	];
	const one = (voter: string) => and(eq(ballots.roundId, scale), eq(ballots.voter, voter));
	await commit(db, async (tx) => {
		if (how === 'delete') await tx.delete(ballots).where(one(five!.voter));
		else if (how === 'number') {
			const result = (await readRounds(tx, id)).find((round) => round.id === scale)!.result!;
			result.tally.byChannel['live-hall'].votes[4]!++;
			await tx.update(rounds).set({ result }).where(eq(rounds.id, scale));
		} else await tx.update(ballots).set({ choice: '2' }).where(one(five!.voter));
		if (how === 'swap') await tx.update(ballots).set({ choice: '5' }).where(one(two!.voter));
	});
	expect(await close()).toEqual({
		ok: false,
		refused: { reason: 'recount-differs', about: 'Cán bộ phục vụ thế nào?' }
	});
	expect(await stored()).toMatchObject({ state: 'counting', sealedSecret: expect.any(String), outcome: null });
	expect(await db.select().from(sheets)).toEqual([]);
	expect((await actions(serving)).at(-1)).toBe('dialogue-close-refused');
	const [line] = await db.select().from(auditLines).where(eq(auditLines.action, 'dialogue-close-refused'));
	expect(line!.detail).toContain('Cán bộ phục vụ thế nào?');
});

test('a dialogue that goes on, a round that is open, a desk that has moved on: not closed', async () => {
	const { serving, id, command, close, rounds: agenda } = await aHall([aScale()]);
	expect(await close()).toMatchObject({ refused: { reason: 'not-ended' } });
	await command({ do: 'open', roundId: agenda[0]!.id });
	expect(await close()).toMatchObject({ refused: { reason: 'round-open', about: 'Cán bộ phục vụ thế nào?' } });
	await command({ do: 'close-now' });
	expect(await close()).toMatchObject({ refused: { reason: 'round-open' } });
	await finishDueRounds(serving.db, NOON + GRACE_MS + 1);
	await command({ do: 'end' });
	const { version } = (await readDialogue(serving.db, id))!;
	await command({ do: 'continue' });
	await command({ do: 'end' });
	expect(await close(version)).toEqual({ ok: false, refused: { reason: 'stale' } });
	expect(await close()).toMatchObject({ ok: true });
});

test('a rehearsal can be closed and makes no sheet', async () => {
	const { serving, close, stored } = await aFullHall({ rehearsal: true });
	expect(await close()).toEqual({ ok: true, sheets: 0 });
	expect(await stored()).toMatchObject({ state: 'closed', sealedSecret: null });
	expect(await serving.db.select().from(sheets)).toEqual([]);
	expect(await serving.db.select().from(dailyCounts)).toEqual([]);
});

test('a final round can only be corrected, once and with a reason; the correction alone becomes sheets, both are kept', async () => {
	const { serving, id, ask, command, close } = await aHall([aScale(), aRound()]);
	const { db } = serving;
	const votes = (choice: string, people: number) => async (roundId: string) => {
		for (let i = 0; i < people; i++) await vote(serving, id, `device ${i}`, { roundId, choice });
	};
	const correct = (roundId: string, why = 'Câu hỏi in nhầm') =>
		correctRound(db, { dialogueId: id, userId: 'u1', now: NOON }, { roundId, text: 'Hỏi lại', options: [], why });
	const first = (await readRounds(db, id))[0]!.id;
	expect(await correct(first)).toEqual({ ok: false, reason: 'round-not-final' });
	await ask(0, votes('1', 7));
	expect(await command({ do: 'open', roundId: first })).toEqual({ ok: false, reason: 'round-used' });
	expect(await correct(first)).toMatchObject({ ok: true });
	expect(await correct(first)).toEqual({ ok: false, reason: 'round-used' });
	const agenda = await readRounds(db, id);
	expect(agenda.map(({ text, corrects, criterion }) => [text, corrects, criterion])).toEqual([
		['Cán bộ phục vụ thế nào?', null, 'PV'],
		['Hỏi lại', first, 'PV'],
		['Ông/Bà muốn ưu tiên việc nào?', null, null]
	]);
	await ask(1, votes('5', 6));
	await command({ do: 'end' });
	expect(await close()).toEqual({ ok: true, sheets: 6 });
	expect((await db.select().from(sheets)).map(({ answers }) => answers)).toEqual(Array(6).fill('5'));
	const [wrong, right] = await db.select().from(rounds).where(eq(rounds.dialogueId, id)).orderBy(rounds.position);
	expect([wrong!.outcome!.tally.total.votes, right!.outcome!.tally.total.votes]).toEqual([
		[7, 0, 0, 0, 0],
		[0, 0, 0, 0, 6]
	]);
	expect(right).toMatchObject({ corrects: first, correctsWhy: 'Câu hỏi in nhầm' });
});

test('a correction that was never asked corrects nothing', async () => {
	const { serving, id, ask, command, close } = await aHall([aScale()]);
	const roundId = await ask(0, (own) => vote(serving, id, `device ${randomUUID()}`, { roundId: own, choice: '3' }));
	const change = { dialogueId: id, userId: 'u1', now: NOON };
	await correctRound(serving.db, change, { roundId, text: 'Hỏi lại', options: [], why: 'Nhầm' });
	await command({ do: 'end' });
	expect(await close()).toEqual({ ok: true, sheets: 1 });
});
