import { expect, test } from 'vitest';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { readLedger, readPromisesBefore, readPromisesOf } from '../../src/lib/server/dialogue/promises/reads.ts';
import { changePromise, newPromiseId, writePromise } from '../../src/lib/server/dialogue/promises/writes.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const BY = { organizationId: 'w1', userId: 'u1', now: NOON };

async function aLedger() {
	const serving = await aServing();
	const { db } = serving;
	await commit(db, async (tx) => {
		await tx.insert(organizations).values({ id: 'w1', kind: 'ward', name: 'Phường Thử' });
	});
	const first = await aDialogue(serving, { day: '2026-06-01' });
	const promise = async (text: string, dueDay: string, dialogueId = first.id) => {
		const id = newPromiseId();
		const entry = { id, text, unit: 'Phòng Kinh tế', dueDay, dialogueId, questionId: null };
		expect(await writePromise(db, BY, entry)).toEqual({ ok: true, value: null });
		// The same form sent twice.
		await writePromise(db, BY, entry);
		return id;
	};
	return { serving, db, first, promise };
}

test('the next dialogue opens with how many promises are done, late and still in time, by the calendar', async () => {
	const { serving, db, promise, first } = await aLedger();
	const done = await promise('Sửa đường Hòn Rớ', '2026-07-01');
	await promise('Thay đèn hẻm 12', '2026-08-03');
	// A Saturday, with the Monday after it today: not late yet.
	await promise('Nạo vét cống', '2026-11-21');
	const withdrawn = await promise('Ghi nhầm', '2026-12-31');
	const gone = { do: 'done', evidence: 'Biên bản 12/BB', doneDay: '2026-07-02' } as const;
	expect(await changePromise(db, BY, { id: done, expected: 1, change: gone })).toMatchObject({ ok: true });
	const back = { do: 'withdraw', reason: 'Ghi hai lần' } as const;
	await changePromise(db, BY, { id: withdrawn, expected: 1, change: back });

	const next = await aDialogue(serving, { day: '2026-11-23' });
	await promise('Lời hứa của buổi này', '2026-12-01', next.id);
	const rehearsal = await aDialogue(serving, { day: '2026-11-20', rehearsal: true });
	await promise('Lời hứa thử', '2026-11-30', rehearsal.id);
	const today = '2026-11-23';
	expect(await readPromisesBefore(db, { organizationId: 'w1', id: next.id, day: '2026-11-23' }, today)).toEqual({
		...{ promised: 3, done: 1, late: 1, open: 1, withdrawn: 1 }
	});
	const ledger = await readLedger(db, 'w1', today);
	expect(ledger.map(({ text, standing }) => [text, standing])).toEqual([
		['Sửa đường Hòn Rớ', 'done-late'],
		['Thay đèn hẻm 12', 'late'],
		['Nạo vét cống', 'open'],
		['Lời hứa của buổi này', 'open'],
		['Ghi nhầm', 'withdrawn']
	]);
	expect((await readPromisesOf(db, first.id)).length).toBe(4);
});

test('a promise is changed by one person at a time, only while it is open, and each change leaves a line', async () => {
	const { db, promise } = await aLedger();
	const id = await promise('Sửa đường', '2026-12-01');
	const change = { do: 'change', text: 'Sửa đường Hòn Rớ', unit: 'Tổ Đô thị', dueDay: '2026-12-15' } as const;
	expect(await changePromise(db, BY, { id, expected: 1, change })).toMatchObject({ ok: true });
	expect(await changePromise(db, BY, { id, expected: 1, change })).toEqual({ ok: false, reason: 'changed-meanwhile' });
	const done = { do: 'done', evidence: 'Ảnh nghiệm thu', doneDay: '2026-11-24' } as const;
	// Tomorrow it cannot have been done yet.
	expect(await changePromise(db, BY, { id, expected: 2, change: done })).toEqual({ ok: false, reason: 'day-wrong' });
	const today = { ...done, doneDay: '2026-11-23' };
	expect(await changePromise(db, BY, { id, expected: 2, change: today })).toMatchObject({ ok: true });
	expect(await changePromise(db, BY, { id, expected: 3, change })).toEqual({ ok: false, reason: 'not-now' });
	expect(await changePromise(db, { ...BY, organizationId: 'w2' }, { id, expected: 3, change })).toEqual({
		ok: false,
		reason: 'promise-unknown'
	});
	const lines = (await db.select().from(auditLines)).filter(({ object }) => object === id);
	expect(lines.map(({ action }) => action)).toEqual(['promise-written', 'promise-changed', 'promise-done']);
	expect(lines[1]!.detail).toContain('Sửa đường · Phòng Kinh tế · 2026-12-01 → Sửa đường Hòn Rớ');
});

test('a promise answers a question of its own dialogue or none', async () => {
	const { serving, db, first } = await aLedger();
	await aDialogue(serving);
	const entry = { id: newPromiseId(), text: 'X', unit: 'Y', dueDay: '2026-12-01', dialogueId: first.id };
	expect(await writePromise(db, BY, { ...entry, questionId: 'elsewhere0' })).toEqual({
		ok: false,
		reason: 'question-unknown'
	});
	expect(await readPromisesOf(db, first.id)).toEqual([]);
});
