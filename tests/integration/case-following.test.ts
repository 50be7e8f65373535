import { expect, test } from 'vitest';
import type { Move, MoveEntry } from '../../src/lib/domain/casework/case.ts';
import { readCode, showCode } from '../../src/lib/domain/survey/code.ts';
import { caseCode, caseMark, readCase, readCaseSteps } from '../../src/lib/server/casework/cases/reads.ts';
import { moveCase, openCase, rateCase, supplementCase } from '../../src/lib/server/casework/cases/writes.ts';
import { openWords } from '../../src/lib/server/casework/cases/sealing.ts';
import { readHistory } from '../../src/lib/server/casework/desk/reads.ts';
import { readFollowedCase } from '../../src/lib/server/casework/following/reads.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { openLook, sealLook } from '../../src/lib/server/http/case-look.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const HOUR = 3_600_000;

/** A case of a citizen's request, whose code they have, and what staff do with it. */
async function aFollowedCase() {
	const { db, secret } = await aServing();
	await aWard(db);
	const of = { organizationId: 'w1', source: 'request', sourceId: 'r1' } as const;
	const fresh = { ...of, class: 'rules', toHead: false, subject: 'Việc nội bộ 17', text: 'Xem lại chị Lan' } as const;
	const by = { actorId: 'u-ghi-tay', now: NOON };
	const { row } = await commit(db, (tx) => openCase(tx, secret, { ...fresh, receivedAt: NOON }, by));
	const mark = caseMark(secret, caseCode(secret, of));
	let now = NOON;
	const move = async <M extends Move>(deed: M, entry: MoveEntry<M>) => {
		now += HOUR;
		const { version: expected } = (await readCase(db, row.id))!;
		const moved = await moveCase(db, { caseId: row.id, expected, actorId: 'u-xu-ly', now }, deed, entry);
		if (!moved.ok) throw new Error(`${deed}: ${moved.reason}`);
	};
	const look = (at = now) => readFollowedCase(db, secret, mark, at);
	return { db, secret, row, of, mark, move, look };
}

test('who has the code reads how it stands, what comes next and until when, and nothing that staff write to one another', async () => {
	const { look, move } = await aFollowedCase();
	expect(await look()).toMatchObject({
		state: 'new',
		number: '2026-0001',
		source: 'request',
		answer: '',
		mayRate: false
	});
	await move('forward', { unit: 'Bộ phận Một cửa', assigneeId: 'u-xu-ly' });
	await move('note', { text: 'Ghi chú kín' });
	await move('call-back', { reached: 'no', text: 'Gọi kín' });
	await move('classify', { class: 'behaviour', toHead: 'yes' });
	expect(await look()).toMatchObject({ state: 'forwarded', unit: 'Bộ phận Một cửa', due: { step: 'answer' } });
	await move('answer', { text: 'Đã che mái.' });
	await move('publish', { question: 'Mái che ở đâu?', answer: 'Đã che mái, bản công khai.', looked: 'yes' });
	await move('unpublish', { text: 'Gỡ kín' });
	await move('keep-private', { text: 'Giữ kín' });
	const seen = (await look())!;
	expect(seen).toMatchObject({ answer: 'Đã che mái.', mayRate: true, reopens: true });
	expect(seen.history.map(({ deed }) => deed)).toEqual(['open', 'forward', 'answer', 'publish']);
	await move('reopen', { text: 'Mở lại kín' });
	expect((await look())!.history.at(-1)).toMatchObject({ deed: 'reopen', text: '' });
	expect((await look())!.answer).toBe('');
	for (const inner of ['kín', 'Lan', 'nội bộ', 'u-ghi-tay', 'u-xu-ly']) {
		expect(JSON.stringify(await look())).not.toContain(inner);
		expect(JSON.stringify(seen)).not.toContain(inner);
	}
});

test('what is added is taken once, only while it is waited for, without the numbers of papers and phones', async () => {
	const { db, secret, row, mark, look, move } = await aFollowedCase();
	const text = 'Hôm thứ hai, gọi 0903 123 456, CCCD 001099012345.';
	const send = () => supplementCase(db, secret, { mark, text, now: NOON + 9 * HOUR });
	await move('forward', { unit: 'Bộ phận Một cửa', assigneeId: '' });
	expect(await send()).toEqual({ ok: false, reason: 'not-now' });
	await move('ask', { text: 'Xin cho biết ngày nào.' });
	expect(await look()).toMatchObject({
		state: 'waiting',
		asked: 'Xin cho biết ngày nào.',
		due: { standing: 'paused' }
	});
	const both = await Promise.all([send(), send()]);
	expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	expect(await readCase(db, row.id)).toMatchObject({
		...{ state: 'processing', pauses: [[NOON + 2 * HOUR, NOON + 9 * HOUR]] }
	});
	const words = 'Hôm thứ hai, gọi [số điện thoại], CCCD [số giấy tờ].';
	expect((await look())!.history.at(-1)).toMatchObject({ deed: 'supplement', text: words });
	// Staff read them too; the store has them sealed, and opens them for no other step.
	expect((await readHistory(db, secret, row.id))[0]).toMatchObject({ actorId: 'citizen', text: words });
	const kept = (await readCaseSteps(db, row.id)).at(-1)!;
	expect(kept.text).not.toMatch(/thứ hai|CCCD/);
	expect(openWords(secret, { ...kept, version: 1 })).toBe('');
	expect(openWords(secret, { ...kept, caseId: 'another' })).toBe('');
	expect(openWords(secretFrom('another-secret-of-thirty-two-signs-here'), kept)).toBe('');
	expect(openWords(secret, { ...kept, text: 'Của bản trước' })).toBe('Của bản trước');
	const lines = (await db.select().from(auditLines)).filter(({ object }) => object === row.id);
	expect(lines.filter(({ actorId }) => actorId === 'citizen')).toMatchObject([{ action: 'case-moved' }]);
	expect(JSON.stringify(lines)).not.toContain('0903');
});

test('words beside a rating are masked, and a dissatisfied one says that the case is taken up again', async () => {
	const { db, mark, look, move } = await aFollowedCase();
	await move('forward', { unit: 'Bộ phận Một cửa', assigneeId: '' });
	await move('answer', { text: 'Đã che mái.' });
	await rateCase(db, { mark, score: 1, text: 'Chưa che. Gọi 0903 123 456', now: NOON + 9 * HOUR });
	const seen = (await look(NOON + 9 * HOUR))!;
	expect(seen).toMatchObject({ state: 'processing', rating: 1, mayRate: false, answer: '' });
	expect(seen.history.slice(-2)).toMatchObject([
		{ deed: 'answer', text: 'Đã che mái.' },
		{ deed: 'rate', text: '1/5. Chưa che. Gọi [số điện thoại]', state: 'processing' }
	]);
});

test('a code opens its case however it is typed; a page that was opened stays open for two hours, and only by its own seal', async () => {
	const { db, secret, of, mark, look } = await aFollowedCase();
	const typed = showCode(caseCode(secret, of)).replaceAll('0', 'o').replaceAll('1', 'L').replaceAll('-', ' – ');
	expect(caseMark(secret, readCode(typed))).toBe(mark);
	expect(await readFollowedCase(db, secret, caseMark(secret, readCode(typed)), NOON)).toEqual(await look(NOON));
	const token = sealLook(secret, mark, NOON);
	expect(token).not.toContain(mark);
	expect(openLook(secret, token, NOON + 2 * HOUR)).toBe(mark);
	expect(openLook(secret, token, NOON + 2 * HOUR + 1)).toBe(null);
	expect(openLook(secret, secret.seal('form', JSON.stringify(['look', mark, NOON])), NOON)).toBe(null);
	expect(openLook(secret, mark, NOON)).toBe(null);
});
