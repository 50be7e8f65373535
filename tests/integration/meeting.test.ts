import { and, asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addDays, localDay } from '../../src/lib/domain/shared/time.ts';
import { moveCase, openCaseByHand } from '../../src/lib/server/casework/cases/writes.ts';
import { readMeeting } from '../../src/lib/server/casework/meeting/reads.ts';
import { changeDecision, writeDecision } from '../../src/lib/server/casework/meeting/writes.ts';
import { startPlan } from '../../src/lib/server/casework/plan/writes.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { newPromiseId, writePromise } from '../../src/lib/server/dialogue/promises/writes.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const BY = { organizationId: 'w1', userId: 'u1', now: NOON };
const DAY = 86_400_000;
const TODAY = localDay(NOON);

async function aWard() {
	const serving = await aServing();
	await commit(serving.db, async (tx) => {
		await tx.insert(organizations).values({ id: 'w1', kind: 'ward', name: 'Phường Thử' });
	});
	return serving;
}

const decided = (id: string, dueDay: string, friday: string) => ({
	...{ id, dueDay, friday, text: `Kết luận ${id}`, unit: 'Văn phòng' }
});

test('cases, tasks, promises and decisions that are late stand on one page, with whose they are', async () => {
	const serving = await aWard();
	const { db, secret } = serving;
	const received = NOON - 40 * DAY;
	const fresh = {
		organizationId: 'w1',
		class: 'rules',
		toHead: false,
		subject: 'Chờ lâu',
		receivedAt: received
	} as const;
	const { row } = await openCaseByHand(db, secret, { ...fresh, formId: 'f1' }, { actorId: 'u1', now: received });
	const by = { caseId: row.id, expected: 1, actorId: 'u1', now: received };
	await moveCase(db, by, 'forward', { unit: 'Phòng Kinh tế', assigneeId: '' });
	await openCaseByHand(db, secret, { ...fresh, formId: 'f2', toHead: true }, { actorId: 'u1', now: received });
	const dialogue = await aDialogue(serving, { day: addDays(TODAY, -30) });
	const promise = {
		id: newPromiseId(),
		dialogueId: dialogue.id,
		questionId: null,
		text: 'Thay đèn',
		unit: 'Đội đô thị'
	};
	await writePromise(db, BY, { ...promise, dueDay: addDays(TODAY, -10) });
	await writeDecision(db, BY, decided('d1', addDays(TODAY, -20), addDays(TODAY, -27)));
	await writeDecision(db, BY, decided('d2', addDays(TODAY, 3), TODAY));
	await writeDecision(db, BY, decided('d2', addDays(TODAY, 3), TODAY));

	const meeting = (head: boolean) => readMeeting(db, 'w1', { friday: TODAY, head, now: NOON });
	const { late, soon, decisions } = await meeting(false);
	expect(late.map(({ kind, whose }) => [kind, whose])).toEqual([
		['case', 'Phòng Kinh tế'],
		['decision', 'Văn phòng'],
		['promise', 'Đội đô thị']
	]);
	expect(soon.map(({ id }) => id)).toEqual(['d2']);
	expect(decisions.map(({ id }) => id)).toEqual(['d1', 'd2']);
	// What is for the head alone stands there for the head alone.
	expect((await meeting(true)).late.filter(({ kind }) => kind === 'case')).toHaveLength(2);

	await startPlan(
		db,
		{ organizationId: 'w1', actorId: 'u1', now: NOON },
		{ year: Number(TODAY.slice(0, 4)), from: 'annex' }
	);
	const withPlan = await meeting(false);
	expect([...withPlan.late, ...withPlan.soon].some(({ kind }) => kind === 'task')).toBe(true);
});

test('a decision is open until it is done or withdrawn; of two at once one is told; each leaves a line', async () => {
	const { db } = await aWard();
	await writeDecision(db, BY, decided('d1', TODAY, TODAY));
	const done = () => changeDecision(db, BY, { id: 'd1', expected: 1, change: { do: 'done', result: 'Đã thêm người' } });
	expect((await Promise.all([done(), done()])).map(({ ok }) => ok).sort()).toEqual([false, true]);
	const reopen = { id: 'd1', expected: 2, change: { do: 'reopen' } } as const;
	expect(await changeDecision(db, BY, reopen)).toEqual({ ok: true, value: null });
	expect(await changeDecision(db, BY, { ...reopen, expected: 3 })).toEqual({ ok: false, reason: 'changed-meanwhile' });
	expect(await changeDecision(db, { ...BY, organizationId: 'w2' }, reopen)).toMatchObject({ ok: false });
	const withdraw = { do: 'withdraw', result: 'Trùng' } as const;
	await changeDecision(db, BY, { id: 'd1', expected: 3, change: withdraw });
	// A week later it stands nowhere any more; one that is open does.
	const later = { friday: addDays(TODAY, 7), head: true, now: NOON + 7 * DAY };
	expect((await readMeeting(db, 'w1', later)).decisions).toEqual([]);
	const own = and(eq(auditLines.organizationId, 'w1'), eq(auditLines.object, 'd1'));
	const lines = await db.select().from(auditLines).where(own).orderBy(asc(auditLines.seq));
	expect(lines.map(({ action, reason }) => [action, reason])).toEqual([
		['meeting-decided', ''],
		['meeting-decision-done', 'Đã thêm người'],
		['meeting-decision-reopened', ''],
		['meeting-decision-withdrawn', 'Trùng']
	]);
});
