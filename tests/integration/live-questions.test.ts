import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { QuestionCommand } from '../../src/lib/domain/dialogue/question.ts';
import { readCode } from '../../src/lib/domain/survey/code.ts';
import { caseMark, readCaseByMark } from '../../src/lib/server/casework/cases/reads.ts';
import { openCaseFromQuestion } from '../../src/lib/server/casework/questions/writes.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { questions, upvotes } from '../../src/lib/server/db/schema/dialogue-question.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { closeDialogue } from '../../src/lib/server/dialogue/closing/writes.ts';
import { answerLater } from '../../src/lib/server/dialogue/questions/later/writes.ts';
import { leftOpen, readQuestionCounts, readQuestions } from '../../src/lib/server/dialogue/questions/reads.ts';
import { decideQuestion } from '../../src/lib/server/dialogue/questions/writes.ts';
import { readDialogue } from '../../src/lib/server/dialogue/reads.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { aPhone } from '../factories/phone.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const MINUTE = 60_000;

/** A room whose questions are open, and what its desk does. */
async function aRoom({ open = true } = {}) {
	const serving = await aServing();
	const dialogue = await aDialogue(serving);
	await dialogue.command({ do: 'start' });
	if (open) await dialogue.command({ do: 'questions', open: true });
	const own = { organizationId: 'w1', id: dialogue.id };
	const all = () => readQuestions(serving.db, own);
	const find = async (part: string) => (await all()).find(({ text }) => text.includes(part))!;
	const decide = async (part: string, command: QuestionCommand, more: { expected?: number; masked?: string } = {}) => {
		const { id: questionId, version } = await find(part);
		const by = { dialogueId: dialogue.id, questionId, userId: 'u1', now: NOON + MINUTE };
		return decideQuestion(serving.db, { ...by, command, expected: more.expected ?? version, masked: more.masked });
	};
	const ask = async (text: string, id = randomUUID(), phone = aPhone(serving, dialogue.room)) =>
		phone.post('/questions', { pass: await phone.join(), id, text });
	const list = async () => {
		const said = await aPhone(serving, dialogue.room).get('/questions');
		return said as typeof said & { questions: { id: string; text: string; votes: number; state: string }[] };
	};
	const voice = async (part: string, phone = aPhone(serving, dialogue.room)) =>
		phone.post(`/questions/${(await find(part)).id}/votes`, { pass: await phone.join() });
	return { serving, ...dialogue, all, find, decide, ask, list, voice };
}

test('a question sent twice under one number is one question with one code, and another text under it is refused', async () => {
	const { serving, room, ask, all } = await aRoom();
	const phone = aPhone(serving, room);
	const id = randomUUID();
	const answers = await Promise.all([1, 2, 3].map(() => ask('Bao giờ sửa đường Hòn Rớ?', id, phone)));
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
	expect(new Set(answers.map(({ code }) => code)).size).toBe(1);
	expect(await all()).toHaveLength(1);
	expect(await ask('Câu khác', id, phone)).toMatchObject({ status: 409, code: 'question-other' });
	expect(await all()).toHaveLength(1);
	// Another phone's question with the same words is another question.
	expect((await ask('Bao giờ sửa đường Hòn Rớ?')).status).toBe(201);
	expect(await all()).toHaveLength(2);
});

test('nobody sees a question before the desk has let it through, and a declined one never', async () => {
	const { ask, decide, list, voice } = await aRoom();
	await ask('Câu đang chờ');
	await ask('Câu bị từ chối');
	await ask('Câu được hiện');
	expect((await list()).questions).toEqual([]);
	expect(await voice('đang chờ')).toMatchObject({ status: 404, code: 'question-unknown' });
	await decide('được hiện', { do: 'approve' });
	await decide('bị từ chối', { do: 'approve' });
	await decide('bị từ chối', { do: 'decline', reason: 'insult' });
	const said = await list();
	expect(said.questions.map(({ text }) => text)).toEqual(['Câu được hiện']);
	expect(JSON.stringify(said)).not.toMatch(/đang chờ|từ chối/);
	expect(said.counts).toMatchObject({ received: 3, waiting: 1, shown: 1, declined: 1, byReason: { insult: 1 } });
	expect(await voice('bị từ chối')).toMatchObject({ status: 404 });
	expect(await decide('đang chờ', { do: 'decline', reason: 'whatever' as never })).toMatchObject({ ok: false });
});

test('one voice a holder for a question, and of merged questions the distinct voters, never the sum', async () => {
	const { serving, room, ask, decide, voice, find, all } = await aRoom();
	for (const text of ['Sửa đường A', 'Đường A hỏng', 'Đường A ổ gà']) {
		await ask(text);
		await decide(text, { do: 'approve' });
	}
	const [first, second, third] = [1, 2, 3].map(() => aPhone(serving, room));
	expect((await voice('Sửa đường A', first)).status).toBe(201);
	const again = await Promise.all([1, 2, 3].map(() => voice('Sửa đường A', first)));
	expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
	await voice('Đường A hỏng', first);
	await voice('Đường A hỏng', second);
	await voice('Đường A ổ gà', second);
	await voice('Đường A ổ gà', third);
	// 1 + 2 + 2 voices of three people.
	const into = (await find('Sửa đường A')).id;
	await decide('Đường A hỏng', { do: 'merge', into });
	expect(await find('Sửa đường A')).toMatchObject({ votes: 2, merged: 1 });
	const middle = (await find('Đường A hỏng')).id;
	expect(await decide('Đường A ổ gà', { do: 'merge', into: middle })).toEqual({ ok: false, reason: 'target-wrong' });
	await decide('Đường A ổ gà', { do: 'merge', into });
	expect(await find('Sửa đường A')).toMatchObject({ votes: 3, merged: 2 });
	// A phone whose list is old speaks for the merged one, and counts where that one went.
	expect((await voice('Đường A hỏng')).status).toBe(201);
	expect((await find('Sửa đường A')).votes).toBe(4);
	// Taken back, each has its own voices again.
	await decide('Đường A ổ gà', { do: 'undo' });
	// Not back by a second undo: its target may have gone elsewhere meanwhile, even into it.
	expect(await decide('Đường A ổ gà', { do: 'undo' })).toEqual({ ok: false, reason: 'not-now' });
	expect((await all()).map(({ text, votes, state }) => [text, state, votes]).sort()).toEqual([
		['Sửa đường A', 'shown', 3],
		['Đường A hỏng', 'merged', 3],
		['Đường A ổ gà', 'shown', 2]
	]);
});

test('a question that was merged into one that is merged later is counted at the end of the chain', async () => {
	const { ask, decide, voice, find } = await aRoom();
	for (const text of ['Câu một', 'Câu hai', 'Câu ba']) {
		await ask(text);
		await decide(text, { do: 'approve' });
		await voice(text);
	}
	await decide('Câu một', { do: 'merge', into: (await find('Câu hai')).id });
	await decide('Câu hai', { do: 'merge', into: (await find('Câu ba')).id });
	expect(await find('Câu ba')).toMatchObject({ votes: 3, merged: 2 });
	// A circle would have no end.
	expect(await decide('Câu ba', { do: 'merge', into: (await find('Câu một')).id })).toMatchObject({ ok: false });
});

test('of two moderators at one version the second is told so, and one question is on the screen', async () => {
	const { serving, id, ask, decide, find } = await aRoom();
	await ask('Câu một');
	await ask('Câu hai');
	expect(await decide('Câu một', { do: 'approve' }, { expected: 1 })).toEqual({ ok: true, value: { version: 2 } });
	expect(await decide('Câu một', { do: 'decline', reason: 'unclear' }, { expected: 1 })).toEqual({
		ok: false,
		reason: 'stale'
	});
	expect((await find('Câu một')).state).toBe('shown');
	await decide('Câu hai', { do: 'approve' });
	await decide('Câu một', { do: 'screen' });
	await decide('Câu hai', { do: 'screen' });
	expect([(await find('Câu một')).state, (await find('Câu hai')).state]).toEqual(['shown', 'answering']);
	const before = (await readDialogue(serving.db, id))!.questionsVersion;
	await decide('Câu hai', { do: 'answered' });
	expect((await readDialogue(serving.db, id))!.questionsVersion).toBeGreaterThan(before);
	// Nothing goes onto the screen by being taken back.
	await decide('Câu hai', { do: 'undo' });
	expect((await find('Câu hai')).state).toBe('shown');
	const lines = await serving.db.select().from(auditLines);
	const deeds = lines.filter(({ action }) => action === 'question-decided').map(({ detail }) => detail);
	// What was said twice at one version is said once; no line holds what somebody asked.
	expect(deeds).toHaveLength(6);
	expect(deeds.join()).not.toContain('Câu');
});

test('whoever asked follows their question by its code, also into the one it was merged into; nobody else’s code opens it', async () => {
	const { serving, room, ask, decide, find } = await aRoom();
	const { code } = await ask('Đường A bao giờ sửa?');
	await ask('Sửa đường A');
	const phone = aPhone(serving, room);
	const follow = (typed: unknown) => phone.post('/questions/follow', { code: typed });
	expect(await follow(code)).toMatchObject({ status: 200, state: 'waiting', into: null });
	await decide('Sửa đường A', { do: 'approve' });
	await decide('Đường A bao giờ', { do: 'merge', into: (await find('Sửa đường A')).id });
	await decide('Sửa đường A', { do: 'answered' });
	const said = await follow(String(code).toLowerCase().replaceAll('-', ' '));
	expect(said).toMatchObject({ status: 200, state: 'answered', into: 'Sửa đường A', text: 'Đường A bao giờ sửa?' });
	const states = (said.steps as { state: string; at: number }[]).map(({ state }) => state);
	expect(states).toEqual(['waiting', 'merged', 'shown', 'answered']);
	expect(await follow('AAAA-AAAA-AAAA-A')).toMatchObject({ status: 404, code: 'question-code' });
	const other = await aDialogue(serving);
	expect(await aPhone(serving, other.room).post('/questions/follow', { code })).toMatchObject({ status: 404 });
	// Only a mark of the code is kept.
	const stored = JSON.stringify(await serving.db.select().from(questions));
	expect(stored).not.toContain(String(code).replaceAll('-', '').toLowerCase());
});

test('numbers of people are masked before anything is stored, and whoever moderates masks but does not rewrite', async () => {
	const { serving, ask, decide, find, list } = await aRoom();
	const said = await ask('Anh Tuấn Nguyễn gọi 0905 123 456, CCCD 056089001234, xin hỏi?');
	expect(said).toMatchObject({ status: 201, masked: 2 });
	expect(said.text).toContain('[số điện thoại]');
	expect(JSON.stringify(await serving.db.select().from(questions))).not.toMatch(/0905|056089001234/);
	const { text } = await find('xin hỏi');
	expect(await decide('xin hỏi', { do: 'approve' }, { masked: 'Câu khác hẳn' })).toEqual({
		ok: false,
		reason: 'rewritten'
	});
	await decide('xin hỏi', { do: 'approve' }, { masked: text.replace('Anh Tuấn Nguyễn', '[tên người]') });
	expect((await list()).questions[0]!.text).toMatch(/^\[tên người\] gọi/);
});

test('closed questions take neither a question nor a voice, and a pass of another room opens nothing', async () => {
	const { serving, room, command, ask, decide, voice, all } = await aRoom({ open: false });
	expect(await ask('Có ai nghe không?')).toMatchObject({ status: 409, code: 'questions-closed' });
	await command({ do: 'questions', open: true });
	const id = randomUUID();
	const phone = aPhone(serving, room);
	const first = await ask('Có ai nghe không?', id, phone);
	await decide('nghe', { do: 'approve' });
	await command({ do: 'questions', open: false });
	expect(await voice('nghe')).toMatchObject({ status: 409, code: 'questions-closed' });
	// A retry whose answer was lost is told, open or not, that it was received.
	expect(await ask('Có ai nghe không?', id, phone)).toMatchObject({ status: 200, code: first.code });
	const other = await aDialogue(serving);
	const pass = await aPhone(serving, other.room).join();
	await command({ do: 'questions', open: true });
	for (const path of ['/questions', `/questions/${(await all())[0]!.id}/votes`])
		expect(await phone.post(path, { pass, id: randomUUID(), text: 'x' })).toMatchObject({ code: 'pass-unknown' });
	for (const text of ['', '   ', '???', 'ă'.repeat(501)])
		expect(await ask(text)).toMatchObject({ status: 422, code: 'question-text' });
	expect((await ask('ă'.normalize('NFD').repeat(500))).status).toBe(201);
});

test('one holder asks five times in ten minutes, a retry costs nothing, and their neighbour is not held up', async () => {
	const { serving, room, ask } = await aRoom();
	const phone = aPhone(serving, room);
	const ids = Array.from({ length: 5 }, () => randomUUID());
	for (const id of ids) expect((await ask(`Câu ${id}`, id, phone)).status).toBe(201);
	expect(await ask('Câu thứ sáu', randomUUID(), phone)).toMatchObject({ status: 429, code: 'questions-too-many' });
	expect((await ask(`Câu ${ids[0]}`, ids[0], phone)).status).toBe(200);
	expect((await ask('Câu của người khác')).status).toBe(201);
});

test('hiding everything hides the list at once, and what is left open at the end is listed', async () => {
	const { serving, id, command, ask, decide, list, all } = await aRoom();
	await ask('Câu một');
	await ask('Câu hai');
	await ask('Câu ba');
	await decide('Câu một', { do: 'approve' });
	await decide('Câu hai', { do: 'approve' });
	await decide('Câu hai', { do: 'answered' });
	await decide('Câu ba', { do: 'defer', reason: 'time' });
	expect((await list()).questions).toHaveLength(3);
	await command({ do: 'hide' });
	expect(await list()).toMatchObject({ hidden: true, questions: [] });
	await command({ do: 'unhide' });
	await command({ do: 'end' });
	expect(
		leftOpen(await all())
			.map(({ text }) => text)
			.sort()
	).toEqual(['Câu ba', 'Câu một']);
	expect(await readQuestionCounts(serving.db, id)).toMatchObject({ received: 3, answered: 1, deferred: 1, shown: 1 });
	expect(await list()).toMatchObject({ open: false });
});

test('nothing in the store tells in which order people supported questions, nor joins it to a ballot', async () => {
	const { serving, ask, decide, voice } = await aRoom();
	await ask('Câu một');
	await decide('Câu một', { do: 'approve' });
	for (let i = 0; i < 8; i++) await voice('Câu một');
	const rows = await serving.db.select().from(upvotes).orderBy(asc(upvotes.voter));
	expect(Object.keys(rows[0]!).sort()).toEqual(['dialogueId', 'organizationId', 'questionId', 'voter']);
	const { reader } = serving.db.store;
	if (reader.engine !== 'sqlite') return;
	for (const table of ['dialogue_upvote', 'dialogue_question', 'dialogue_question_step'])
		expect(() => reader.client.prepare(`select rowid from ${table}`)).toThrow(/rowid/);
});

test('what a dialogue leaves open becomes a case, once, and its follow code leads to it; nothing else does', async () => {
	const { serving, id, ask, decide, find, command, room } = await aRoom();
	const { db, secret } = serving;
	const phone = aPhone(serving, room);
	const { code } = await ask('Bao giờ sửa đường Hòn Rớ?', randomUUID(), phone);
	await ask('Đường Hòn Rớ hỏng');
	await ask('Câu đã trả lời');
	for (const part of ['Bao giờ', 'hỏng', 'đã trả lời']) await decide(part, { do: 'approve' });
	await decide('Bao giờ', { do: 'merge', into: (await find('hỏng')).id });
	await decide('đã trả lời', { do: 'answered' });
	const toCase = async (part: string) => {
		const of = { dialogueId: id, questionId: (await find(part)).id };
		return openCaseFromQuestion(db, secret, of, { actorId: 'u1', now: NOON + MINUTE });
	};
	expect(await toCase('hỏng')).toEqual({ ok: false, reason: 'not-now' });
	await command({ do: 'end' });
	const [first, second] = await Promise.all([toCase('hỏng'), toCase('hỏng')]);
	expect(first).toMatchObject({ ok: true, value: { source: 'question', text: 'Đường Hòn Rớ hỏng', state: 'new' } });
	expect(second.ok && second.value.id).toBe(first.ok && first.value.id);
	expect(await db.select().from(cases)).toHaveLength(1);
	expect(await toCase('đã trả lời')).toEqual({ ok: false, reason: 'not-now' });
	expect(await toCase('Bao giờ')).toEqual({ ok: false, reason: 'not-now' });
	// Its asker's code of the question gives the code of the case, also where it was merged.
	const followed = (await phone.post('/questions/follow', { code })) as { case?: { number: string; code: string } };
	expect(followed.case?.number).toBe('2026-0001');
	const opened = await readCaseByMark(db, caseMark(secret, readCode(followed.case!.code)));
	expect(opened?.id).toBe(first.ok && first.value.id);
});

test('what a dialogue left open is answered in writing after it is closed: its counts follow, its votes stay, the code tells it', async () => {
	const { serving, id, ask, decide, find, list, command, room } = await aRoom();
	const { db } = serving;
	const phone = aPhone(serving, room);
	const { code } = await ask('Bao giờ sửa đường Hòn Rớ?', randomUUID(), phone);
	await ask('Câu chưa ai đọc');
	await decide('Bao giờ', { do: 'approve' });
	await decide('Bao giờ', { do: 'defer', reason: 'time' });
	const answer = async (part: string, change: Partial<Parameters<typeof answerLater>[1]> = {}) => {
		const { id: questionId, version } = await find(part);
		const said = { answer: 'Khởi công trong quý I năm sau.', expected: version, userId: 'u1', now: NOON + MINUTE };
		return answerLater(db, { dialogueId: id, questionId, ...said, ...change });
	};
	expect(await answer('Bao giờ')).toEqual({ ok: false, reason: 'not-now' });
	await command({ do: 'end' });
	const { version } = (await readDialogue(db, id))!;
	expect(await closeDialogue(serving, { dialogueId: id, expected: version, userId: 'u1', now: NOON })).toMatchObject({
		ok: true
	});
	const closed = await readDialogue(db, id);
	expect(await answer('chưa ai đọc')).toEqual({ ok: false, reason: 'not-now' });
	expect(await answer('Bao giờ', { expected: 1 })).toEqual({ ok: false, reason: 'stale' });
	expect(await answer('Bao giờ', { dialogueId: 'another' })).toEqual({ ok: false, reason: 'question-unknown' });
	const outcomes = await Promise.all([answer('Bao giờ'), answer('Bao giờ')]);
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await answer('Bao giờ')).toEqual({ ok: false, reason: 'not-now' });
	expect(await readQuestionCounts(db, id)).toMatchObject({ received: 2, answered: 1, deferred: 0, byReason: {} });
	expect((await list()).questions).toMatchObject([{ state: 'answered', answer: 'Khởi công trong quý I năm sau.' }]);
	expect(await phone.post('/questions/follow', { code })).toMatchObject({ answer: 'Khởi công trong quý I năm sau.' });
	const lines = await db.select().from(auditLines).where(eq(auditLines.action, 'question-answered-later'));
	expect(lines).toMatchObject([{ actorId: 'u1', detail: 'Khởi công trong quý I năm sau.' }]);
	expect(await readDialogue(db, id)).toEqual({ ...closed, questionsVersion: closed!.questionsVersion + 1 });
});
