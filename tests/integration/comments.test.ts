import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import type { Decision } from '../../src/lib/domain/submission/comment/decision.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import {
	commentBatches,
	comments,
	releasedComments,
	sheetComments,
	sheets
} from '../../src/lib/server/db/schema/submission.ts';
import {
	countComments,
	type DeskScope,
	readDecided,
	readNextComment
} from '../../src/lib/server/submission/comment/reads.ts';
import {
	type BatchQuestion,
	readBatches,
	readOwnBatches
} from '../../src/lib/server/submission/comment/release/reads.ts';
import { releaseComments } from '../../src/lib/server/submission/comment/release/writes.ts';
import {
	decideComment,
	forgetComments,
	takeDown,
	undoDecision
} from '../../src/lib/server/submission/comment/writes.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { engine } from '../../src/lib/server/db/twin.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

/** Seven on Mondays, when the edition is out. */
const monday = (weeks: number) => NOON - 5 * HOUR_MS + weeks * 7 * DAY_MS;
const ALL: DeskScope = { organizationId: 'w1', sites: null, officerId: null };
const by = (scope: DeskScope = ALL) => ({ scope, actorId: 'u1', now: monday(1) });
const MOST = 1000;

let sequence = 0;
/** Comments at a counter, written in the week after this many Mondays. */
async function written(db: Db, texts: readonly string[], { duty = 'd1', week = 0 } = {}) {
	const terminal = { d1: 't1', d2: 't2' }[duty]!;
	const sender = { id: terminal, organizationId: 'w1', counterId: { d1: 'q1', d2: 'q2' }[duty]! };
	const made = texts.map((comment) => {
		const answeredAt = new Date(NOON + week * 7 * DAY_MS + ++sequence * 60_000).toISOString();
		return aSheet({ sequence, dutyId: duty, comment, answeredAt, answers: [{ itemId: 'PV', value: 1 }] });
	});
	const receipts = await acceptSheets(db, sender, made, NOON + week * 7 * DAY_MS + DAY_MS);
	expect(receipts.every(({ status }) => status === 'stored')).toBe(true);
}
const many = (n: number, word = 'Góp ý') => Array.from({ length: n }, () => `${word} ${++sequence}`);

const release = (id: string, text: string, more: Partial<Extract<Decision, { deed: 'release' }>> = {}) =>
	({ deed: 'release', id, text, topic: '', toHead: false, looked: false, ...more }) as const;

/** Everything that waits is released as it is. */
async function approveAll(db: Db, decide = (text: string): Partial<Decision> => ({ text })) {
	for (let next = await readNextComment(db, ALL, ''); next; next = await readNextComment(db, ALL, next.id)) {
		const decision = { ...release(next.id, next.written), ...decide(next.written) } as Decision;
		expect(await decideComment(db, decision, by())).toEqual({ ok: true, value: null });
	}
}

test('comments are taken in on Monday, all at once, once, in no order that tells of their writers', async () => {
	const db = await freshDb();
	await aWard(db);
	const texts = many(12);
	await written(db, texts);
	await releaseComments(db, monday(0) + DAY_MS);
	expect((await countComments(db, ALL)).waiting).toBe(0);
	await Promise.all([releaseComments(db, monday(1)), releaseComments(db, monday(1))]);
	expect((await countComments(db, ALL)).waiting).toBe(12);
	// Of a tablet that was offline: with the next week's, not at the moment it comes.
	await written(db, many(1));
	await releaseComments(db, monday(1) + DAY_MS);
	expect((await countComments(db, ALL)).waiting).toBe(12);
	await releaseComments(db, monday(2));
	expect((await countComments(db, ALL)).waiting).toBe(13);

	const queue: string[] = [];
	let next = await readNextComment(db, ALL, '');
	for (let i = 0; i < 13; i++) {
		queue.push(next!.written);
		next = await readNextComment(db, ALL, next!.id);
	}
	expect(new Set(queue).size).toBe(13);
	expect(queue.filter((text) => texts.includes(text))).not.toEqual(texts);
	// Neither the id nor anything else that the page is given is the sheet's.
	const known = new Set((await db.select().from(sheets)).map(({ id }) => id));
	expect((await db.select().from(comments)).some(({ id }) => known.has(id))).toBe(false);
	expect(Object.keys(next!)).toEqual(['id', 'written']);
});

test('nobody decides on what is about their own desk, or lies at another site', async () => {
	const db = await freshDb();
	await aWard(db);
	await written(db, ['về o1']);
	await written(db, ['về o2'], { duty: 'd2' });
	await releaseComments(db, monday(1));
	const own = { ...ALL, officerId: 'o1' };
	expect(await countComments(db, own)).toMatchObject({ waiting: 1 });
	expect(await readNextComment(db, own, '')).toMatchObject({ written: 'về o2' });
	expect(await countComments(db, { ...ALL, sites: ['elsewhere'] })).toMatchObject({ waiting: 0 });
	// A sheet of nobody known at the counter where they serve is theirs as well.
	await commit(db, (tx) => tx.update(sheets).set({ officerId: '' }).where(eq(sheets.officerId, 'o1')));
	expect(await readNextComment(db, own, '')).toMatchObject({ written: 'về o2' });
	const next = await readNextComment(db, { ...ALL, officerId: 'o2' }, '');
	expect(next).toMatchObject({ written: 'về o1' });
	expect(await decideComment(db, release(next!.id, 'về o1'), by(own))).toEqual({ ok: false, reason: 'unknown' });
});

test('a decision hides and does not rewrite, leaves a line without a word of it, and can be taken back', async () => {
	const db = await freshDb();
	await aWard(db);
	await written(db, ['Gọi 0912345678, chờ lâu']);
	await releaseComments(db, monday(1));
	const { id } = (await readNextComment(db, ALL, ''))!;
	const decide = (text: string, looked = false) => decideComment(db, release(id, text, { looked, topic: 'R01' }), by());
	expect(await decide('Tất cả đều tốt')).toEqual({ ok: false, reason: 'rewritten' });
	expect(await decide('Gọi 0912345678, chờ lâu')).toEqual({ ok: false, reason: 'still-personal' });
	expect(await decide('Gọi [số điện thoại], chờ lâu')).toEqual({ ok: true, value: null });
	expect(await decide('Gọi 0912345678, chờ lâu', true)).toEqual({ ok: false, reason: 'changed-meanwhile' });
	const page = { offset: 0, limit: 9 };
	expect(await readDecided(db, ALL, 'ready', page)).toMatchObject([
		{ text: 'Gọi [số điện thoại], chờ lâu', topic: 'R01' }
	]);
	expect(await undoDecision(db, id, by())).toEqual({ ok: true, value: null });
	expect(await readDecided(db, ALL, 'ready', page)).toEqual([]);
	const withhold = { deed: 'withhold', id, reason: 'insult', topic: '', toHead: true } as const;
	expect(await decideComment(db, withhold, by())).toEqual({ ok: true, value: null });
	expect(await readDecided(db, ALL, 'withheld', page)).toMatchObject([{ text: '', reason: 'insult', toHead: true }]);
	const lines = await db.select().from(auditLines);
	expect(lines.map(({ action }) => action)).toEqual(['comment-approved', 'comment-reopened', 'comment-withheld']);
	expect(JSON.stringify(lines)).not.toMatch(/0912|chờ lâu/);
});

test('five of a counter come out together and ten about an officer; nothing of it ever changes but by a takedown', async () => {
	const db = await freshDb();
	await aWard(db);
	await written(db, many(4));
	await written(db, many(3), { duty: 'd2' });
	await releaseComments(db, monday(1));
	await approveAll(db);
	await releaseComments(db, monday(2));
	// All about one officer of one counter, so neither is a batch yet.
	expect(await readBatches(db, 'w1', {}, MOST)).toEqual([]);
	await written(db, many(6), { week: 1 });
	await releaseComments(db, monday(3));
	await approveAll(db);
	await releaseComments(db, monday(4));
	const [batch, ...others] = await readBatches(db, 'w1', { counterId: 'q1' }, MOST);
	expect(others).toEqual([]);
	expect(batch.comments).toHaveLength(10);
	const own = await readOwnBatches(db, 'w1', 'o1', MOST);
	expect(own).toMatchObject([{ counterId: '', siteId: '', fieldId: '' }]);
	expect(own[0].comments).toHaveLength(10);
	expect(await readOwnBatches(db, 'w1', 'o2', MOST)).toEqual([]);

	const [{ id }] = batch.comments;
	expect(await undoDecision(db, id, by())).toEqual({ ok: false, reason: 'changed-meanwhile' });
	const change = (set: object) => commit(db, (tx) => tx.update(releasedComments).set(set));
	await expect(change({ text: 'khác' })).rejects.toThrow();
	await expect(change({ topic: 'PV' })).rejects.toThrow();
	await expect(commit(db, (tx) => tx.delete(releasedComments))).rejects.toThrow();
	await expect(commit(db, (tx) => tx.update(commentBatches).set({ week: '2026-01-05' }))).rejects.toThrow();

	const taken = { id, reason: 'Còn tên người' };
	const leader = { organizationId: 'w1', actorId: 'u2', now: NOON };
	expect(await takeDown(db, taken, leader)).toEqual({ ok: true, value: null });
	expect(await takeDown(db, taken, leader)).toEqual({ ok: false, reason: 'unknown' });
	for (const shown of [...(await readBatches(db, 'w1', {}, MOST)), ...(await readOwnBatches(db, 'w1', 'o1', MOST))]) {
		expect(shown.comments.find((each) => each.id === id)).toMatchObject({ text: '', takenDown: true });
		expect(shown.comments).toHaveLength(10);
	}
	const last = (await db.select().from(auditLines)).at(-1);
	expect(last).toMatchObject({ action: 'comment-taken-down', reason: 'Còn tên người', object: id });
});

test('what is withheld or waits never comes out, however many of its place do', async () => {
	const db = await freshDb();
	await aWard(db);
	await written(db, many(11));
	await releaseComments(db, monday(1));
	const { id } = (await readNextComment(db, ALL, ''))!;
	const withhold = { deed: 'withhold', id, reason: 'insult', topic: '', toHead: false } as const;
	expect(await decideComment(db, withhold, by())).toEqual({ ok: true, value: null });
	await approveAll(db);
	await written(db, many(3), { week: 1 });
	await releaseComments(db, monday(2));
	await releaseComments(db, monday(3));
	for (const [batch, ...others] of [
		await readBatches(db, 'w1', {}, MOST),
		await readOwnBatches(db, 'w1', 'o1', MOST)
	]) {
		expect(others).toEqual([]);
		expect(batch.comments).toHaveLength(10);
		expect(batch.comments.some((each) => each.id === id || each.text === '')).toBe(false);
	}
	expect(await countComments(db, ALL)).toMatchObject({ waiting: 3, released: 10, withheld: 1 });
});

test('what accuses somebody goes to leaders and never to an officer’s own page', async () => {
	const db = await freshDb();
	await aWard(db);
	await written(db, many(11));
	await releaseComments(db, monday(1));
	let accused = 0;
	await approveAll(db, (text) => ({ text, toHead: accused++ === 0 }));
	await releaseComments(db, monday(2));
	const [{ comments: all }] = await readBatches(db, 'w1', {}, MOST);
	expect(all.filter(({ toHead }) => toHead)).toHaveLength(1);
	const [own] = await readOwnBatches(db, 'w1', 'o1', MOST);
	expect(own.comments).toHaveLength(10);
	expect(own.comments.some(({ toHead }) => toHead)).toBe(false);
});

test('after twelve months what was written is gone wherever it stood, and what it was about stays without its sheet', async () => {
	const db = await freshDb();
	await aWard(db);
	await written(db, many(10));
	await releaseComments(db, monday(1));
	await approveAll(db, (text) => ({ text, topic: 'R01' }));
	await written(db, many(1), { week: 1 });
	await releaseComments(db, monday(2));
	await written(db, many(2), { week: 40 });
	expect(await forgetComments(db, NOON + 365 * DAY_MS)).toBe(0);
	expect(await forgetComments(db, NOON + 366 * DAY_MS)).toBe(10);
	expect(await forgetComments(db, NOON + 375 * DAY_MS)).toBe(1);
	expect(await db.select().from(sheetComments)).toHaveLength(2);
	const rows = await db.select().from(comments);
	expect(rows).toHaveLength(10);
	expect(rows.every(({ sheetId, text, topic }) => sheetId === null && text === '' && topic === 'R01')).toBe(true);
	const [batch] = await readBatches(db, 'w1', {}, MOST);
	expect(batch.comments.every(({ text, topic }) => text === '' && topic === 'R01')).toBe(true);
	expect(await db.select().from(sheets)).toHaveLength(13);
});

/** What somebody who may read everything that leaders read asks, narrowed in every way there is. */
const QUESTIONS: BatchQuestion[] = [
	{},
	...['q1', 'q2'].map((counterId) => ({ counterId })),
	...['f1', 'f2'].map((fieldId) => ({ fieldId })),
	{ siteId: 's1' },
	...['q1', 'q2'].flatMap((counterId) => ['f1', 'f2'].map((fieldId) => ({ counterId, fieldId })))
];

test('whatever is asked, week after week, any look and any difference of two holds five comments or none', async () => {
	const week = fc.record({ q1: fc.nat(7), q2: fc.nat(7), ready: fc.integer({ min: 1, max: 3 }) });
	await fc.assert(
		fc.asyncProperty(fc.array(week, { minLength: 4, maxLength: 5 }), async (weeks) => {
			const db = await freshDb();
			await aWard(db);
			const seen: Set<string>[] = [];
			const officers: Set<string>[] = [];
			for (const [i, { q1, q2, ready }] of weeks.entries()) {
				if (q1 > 0) await written(db, many(q1), { week: i });
				if (q2 > 0) await written(db, many(q2), { week: i, duty: 'd2' });
				await releaseComments(db, monday(i + 1));
				let turn = 0;
				// Not all are decided on in time.
				for (let next = await readNextComment(db, ALL, ''); next && turn++ < 20;) {
					if (turn % ready === 0) await decideComment(db, release(next.id, next.written), by());
					next = await readNextComment(db, ALL, next.id);
				}
				const at = { from: '2026-11-30', to: '2027-03-01' };
				for (const question of [...QUESTIONS, ...QUESTIONS.map((each) => ({ ...each, ...at }))]) {
					const shown = await readBatches(db, 'w1', question, MOST);
					seen.push(new Set(shown.flatMap((batch) => batch.comments.map(({ text }) => text))));
				}
				for (const officer of ['o1', 'o2']) {
					const shown = await readOwnBatches(db, 'w1', officer, MOST);
					officers.push(new Set(shown.flatMap((batch) => batch.comments.map(({ text }) => text))));
				}
			}
			for (const [looks, least] of [
				[seen, 5],
				[officers, 10]
			] as const) {
				for (const a of looks) {
					for (const b of looks) {
						const rest = a.difference(b).size;
						expect(rest === 0 || rest >= least).toBe(true);
						const both = a.intersection(b).size;
						expect(both === 0 || both >= least).toBe(true);
					}
				}
			}
		}),
		{ numRuns: engine === 'sqlite' ? 3 : 1, seed: 46 }
	);
}, 60_000);
