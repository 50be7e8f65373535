import { and, asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Move, MoveEntry } from '../../src/lib/domain/casework/case.ts';
import { caseCode, caseMark, readCase, readCaseSteps } from '../../src/lib/server/casework/cases/reads.ts';
import { moveCase, openCaseByHand, rateCase } from '../../src/lib/server/casework/cases/writes.ts';
import { openCasesOfOlder } from '../../src/lib/server/casework/request/writes.ts';
import { sealRequest } from '../../src/lib/server/casework/request/sealing.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { localDay } from '../../src/lib/domain/shared/time.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { cases } from '../../src/lib/server/db/schema/casework.ts';
import { citizenRequests } from '../../src/lib/server/db/schema/survey.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const HOUR = 3_600_000;
const BY = { actorId: 'u1', now: NOON };
const fresh = (formId: string) => ({
	...({ organizationId: 'w1', class: 'rules', toHead: false, subject: 'Chờ lâu ở quầy 3', receivedAt: NOON } as const),
	formId
});

async function aCase() {
	const { db, secret } = await aServing();
	const { row } = await openCaseByHand(db, secret, fresh('f1'), BY);
	let version = row.version;
	let now = NOON;
	const move = async <M extends Move>(deed: M, entry: MoveEntry<M>, expected = version) => {
		now += HOUR;
		const moved = await moveCase(db, { caseId: row.id, expected, actorId: 'u2', now }, deed, entry);
		if (moved.ok) version = moved.value.version;
		return moved;
	};
	return { db, secret, row, move };
}

test('a form sent twice opens one case; numbers of a year have no gap and begin anew with the next', async () => {
	const { db, secret, row } = await aCase();
	expect(await openCaseByHand(db, secret, fresh('f1'), BY)).toMatchObject({ opened: false, row: { id: row.id } });
	const later = { receivedAt: NOON + 400 * 24 * HOUR };
	const opened = await Promise.all(['f2', 'f3', 'f4'].map((id) => openCaseByHand(db, secret, fresh(id), BY)));
	const { row: next } = await openCaseByHand(db, secret, { ...fresh('f5'), ...later }, BY);
	expect([row, ...opened.map((each) => each.row)].map(({ seq }) => seq).sort()).toEqual([1, 2, 3, 4]);
	expect([next.year, next.seq]).toEqual([row.year + 1, 1]);
});

test('of two who answer at once one is kept, and the other is told; nothing of theirs stands anywhere', async () => {
	const { db, row, move } = await aCase();
	await move('forward', { unit: 'Phòng Kinh tế', assigneeId: '' });
	const answers = await Promise.all(
		['Đã thêm người.', 'Xin lỗi bà con.'].map((text) => move('answer', { text }, row.version + 1))
	);
	expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
	expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'stale' });
	const won = answers.find((each) => each.ok)!;
	const standing = await readCase(db, row.id);
	expect(standing?.answer).toBe(won.ok && won.value.answer);
	const steps = await readCaseSteps(db, row.id);
	expect(steps.map(({ deed }) => deed)).toEqual(['open', 'forward', 'answer']);
	const lines = and(eq(auditLines.organizationId, 'w1'), eq(auditLines.object, row.id));
	const written = await db.select().from(auditLines).where(lines).orderBy(asc(auditLines.seq));
	expect(written.map(({ action }) => action)).toEqual(['case-opened', 'case-moved', 'case-moved']);
});

test('what a state does not allow changes nothing', async () => {
	const { db, row, move } = await aCase();
	expect(await move('answer', { text: 'Vội.' })).toEqual({ ok: false, reason: 'not-now' });
	expect(await move('supplement', { text: 'Vội.' })).toEqual({ ok: false, reason: 'not-now' });
	expect(await readCase(db, row.id)).toEqual(row);
});

test('the clock stands still while the citizen is waited for, and only then', async () => {
	const { move } = await aCase();
	await move('forward', { unit: 'Phòng Kinh tế', assigneeId: '' });
	expect(await move('ask', { text: 'Xin cho biết số hồ sơ.' })).toMatchObject({
		value: { state: 'waiting', pauses: [[NOON + 2 * HOUR, null]] }
	});
	await move('note', { text: 'Đã gọi điện.' });
	expect(await move('supplement', { text: 'Số H12.' })).toMatchObject({
		value: { state: 'processing', pauses: [[NOON + 2 * HOUR, NOON + 4 * HOUR]] }
	});
});

test('a dissatisfied rating takes the case up again with a time of its own, once', async () => {
	const { db, secret, row, move } = await aCase();
	const mark = caseMark(secret, caseCode(secret, row));
	const rate = (score: number) => rateCase(db, { mark, score, text: '', now: NOON + 50 * HOUR });
	expect(await rate(1)).toEqual({ ok: false, reason: 'not-answered' });
	await move('forward', { unit: 'Phòng Kinh tế', assigneeId: '' });
	await move('answer', { text: 'Đã thêm người.' });
	await move('publish', { question: 'Chờ lâu', answer: 'Đã thêm người.', looked: 'yes' });
	const [again, twice] = await Promise.all([rate(1), rate(1)]);
	expect([again.ok, twice.ok].sort()).toEqual([false, true]);
	const reopened = (await readCase(db, row.id))!;
	expect(reopened).toMatchObject({
		...{ state: 'processing', reopened: 1, startedAt: NOON + 50 * HOUR, answeredAt: null, publishedAt: null },
		rating: 1
	});
	await moveCase(db, { caseId: row.id, expected: reopened.version, actorId: 'u2', now: NOON }, 'answer', {
		text: 'Mới.'
	});
	expect(await rate(2)).toMatchObject({ ok: true, value: { state: 'answered', rating: 2, reopened: 1 } });
});

test('the store has a mark of the code to follow a case by, not the code', async () => {
	const { db, secret, row } = await aCase();
	const code = caseCode(secret, row);
	expect(JSON.stringify(await db.select().from(cases))).not.toContain(code);
	expect(row.followMark).toBe(caseMark(secret, code));
});

test('a request of a version that knew no cases gets its own at the next start, once, and not when it was dealt with', async () => {
	const { db, secret } = await aServing();
	const request = { name: 'Nguyễn Văn Mẫu', address: 'Tổ 1', phone: '0900000000', text: 'Bị vòi tiền.' };
	const sealed = (id: string) => sealRequest(secret, { id, organizationId: 'w1' }, request);
	const row = (id: string, state: 'new' | 'done') => ({
		...{ id, state, organizationId: 'w1', sealed: sealed(id), day: '2026-11-02' },
		doneAt: state === 'done' ? NOON : null
	});
	await commit(db, async (tx) => {
		await tx.insert(citizenRequests).values([row('r1', 'new'), row('r2', 'done')]);
	});
	await openCasesOfOlder(db, secret);
	await openCasesOfOlder(db, secret);
	const opened = await db.select().from(cases);
	expect(opened.map(({ sourceId, toHead, receivedAt }) => [sourceId, toHead, localDay(receivedAt)])).toEqual([
		['r1', true, '2026-11-02']
	]);
	expect(JSON.stringify(opened)).not.toContain('vòi');
});
