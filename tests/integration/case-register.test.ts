import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { CASE_CLASSES, CASE_SOURCES, CASE_STATES } from '../../src/lib/domain/casework/case.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { readCase, readCaseSteps, type StoredCase } from '../../src/lib/server/casework/cases/reads.ts';
import { moveCase, rateCase } from '../../src/lib/server/casework/cases/writes.ts';
import { readCaseFigures } from '../../src/lib/server/casework/due/reads.ts';
import { readFollowedCase } from '../../src/lib/server/casework/following/reads.ts';
import { readPublishedCase, readPublishedCases } from '../../src/lib/server/casework/register/reads.ts';
import { forgetCases } from '../../src/lib/server/casework/retention/writes.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { caseFiles, cases, caseSteps } from '../../src/lib/server/db/schema/casework.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { aStoredCase } from '../factories/case.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';

const INNER = { subject: 'Chuyện kín', text: 'Chị Kín', answer: 'Thưa bà Kín', unit: 'Phòng Một' };
const SAID = { publicQuestion: 'Bao giờ che mái?', publicAnswer: 'Đã che.' };
const LATER = NOON + 400 * DAY_MS;

/** Cases with a step each that says something, and a file. */
async function keep(db: Db, rows: StoredCase[]) {
	await commit(db, async (tx) => {
		for (const row of rows) {
			await tx.insert(cases).values({ ...row, version: 3 });
			const step = { caseId: row.id, organizationId: row.organizationId, state: row.state, actorId: 'u1' };
			await tx.insert(caseSteps).values([
				{ ...step, version: 1, deed: 'forward', text: 'Phòng Một', at: row.receivedAt },
				{ ...step, version: 2, deed: 'answer', text: 'Thưa bà Kín', at: row.receivedAt + HOUR_MS },
				{ ...step, version: 3, deed: 'note', text: 'Ghi chú Kín', at: row.receivedAt + HOUR_MS }
			]);
			const file = {
				name: 'kín.pdf',
				type: 'application/pdf',
				bytes: 3,
				content: 'S8OtbgIR',
				addedBy: 'u1',
				addedAt: NOON
			} as const;
			await tx.insert(caseFiles).values({ id: `f${row.id}`, organizationId: 'w1', caseId: row.id, ...file });
		}
	});
}

test('the register holds what was published and no other word of a case, and lets go of what is taken back', async () => {
	const db = await freshDb();
	const at = (hours: number) => ({ answeredAt: NOON + hours * HOUR_MS, publishedAt: NOON + (hours + 1) * HOUR_MS });
	const states = CASE_STATES.map((state, i) =>
		aStoredCase({ id: state, organizationId: 'w1', receivedAt: NOON, seq: i + 1, state, ...INNER, ...SAID, ...at(1) })
	);
	const newest = { id: 'newest', organizationId: 'w1', receivedAt: NOON, seq: 40, state: 'published' } as const;
	const other = { id: 'other', organizationId: 'w2', receivedAt: NOON, seq: 1, state: 'published' } as const;
	await keep(db, [
		...states,
		aStoredCase({ ...newest, ...INNER, ...SAID, ...at(5) }),
		aStoredCase({ ...other, ...SAID })
	]);
	const rows = await readPublishedCases(db, 'w1');
	expect(rows.map(({ number }) => number)).toEqual(['2026-0040', '2026-0006']);
	expect(JSON.stringify(rows)).not.toMatch(/kín|Phòng/i);
	const numbers = states.map(({ year, seq }) => readPublishedCase(db, 'w1', { year, seq }));
	expect((await Promise.all(numbers)).map((row) => row !== null)).toEqual(
		CASE_STATES.map((each) => each === 'published')
	);

	const by = { caseId: 'newest', expected: 3, actorId: 'u1', now: NOON };
	expect(await moveCase(db, by, 'unpublish', { text: 'Sót tên' })).toMatchObject({ ok: true });
	expect((await readPublishedCases(db, 'w1')).map(({ number }) => number)).toEqual(['2026-0006']);
});

test('what is over for 180 days is forgotten, and nothing sooner; what was published and who answered stay', async () => {
	const db = await freshDb();
	await aWard(db);
	const over = (id: string, more: Partial<StoredCase>) =>
		aStoredCase({ id, organizationId: 'w1', receivedAt: NOON, answeredAt: NOON, ...INNER, ...SAID, ...more });
	await keep(db, [
		over('public', { state: 'published', publishedAt: NOON, source: 'request', sourceId: 'r1', followMark: 'mark' }),
		over('private', { state: 'answered', keptPrivate: true }),
		over('refused', { state: 'refused', answeredAt: null }),
		over('owed', { state: 'answered' }),
		over('open', { state: 'processing', answeredAt: null })
	]);
	const wordy = async () => {
		const rows = await db.select().from(cases).orderBy(cases.id);
		return rows.filter((row) => /kín/i.test(JSON.stringify(row))).map(({ id }) => id);
	};
	await forgetCases(db, NOON + 179 * DAY_MS);
	expect(await wordy()).toEqual(['open', 'owed', 'private', 'public', 'refused']);
	await forgetCases(db, NOON + 180 * DAY_MS);
	expect(await wordy()).toEqual(['open', 'owed']);

	expect(await readCase(db, 'public')).toMatchObject({ ...SAID, unit: 'Phòng Một', subject: 'Phản ánh, kiến nghị' });
	expect((await readCase(db, 'public'))!.sourceId).not.toContain('r1');
	expect((await readCaseSteps(db, 'public')).map(({ text }) => text)).toEqual(['Phòng Một', '', '']);
	expect((await db.select().from(caseFiles)).map(({ caseId }) => caseId).sort()).toEqual(['open', 'owed']);
	const followed = await readFollowedCase(db, secretFrom('a-secret-for-tests-of-thirty-two-signs'), 'mark', LATER);
	expect(followed).toMatchObject({ state: 'published', answer: '', forgotten: true, mayRate: false });
	const rating = { mark: 'mark', score: 1, text: '', now: LATER };
	expect(await rateCase(db, rating)).toEqual({ ok: false, reason: 'not-answered' });
});

test('whatever is forgotten, every figure of every period stays what it was', async () => {
	const instant = fc.integer({ min: NOON - 90 * DAY_MS, max: NOON });
	const maybe = fc.option(fc.integer({ min: 1, max: 30 * 24 }).map((hours) => hours * HOUR_MS));
	const one = fc.record({
		...{ state: fc.constantFrom(...CASE_STATES), class: fc.constantFrom(...CASE_CLASSES) },
		...{ source: fc.constantFrom(...CASE_SOURCES), keptPrivate: fc.boolean(), receivedAt: instant },
		...{ rating: fc.option(fc.integer({ min: 1, max: 5 })), forward: maybe, answer: maybe, publish: maybe }
	});
	const [drawn] = fc.sample(fc.array(one, { minLength: 80, maxLength: 80 }), { numRuns: 1, seed: 2026 });
	const db = await freshDb();
	await aWard(db);
	const after = (from: number, more: number | null) => (more === null ? null : from + more);
	await keep(
		db,
		drawn!.map(({ forward, answer, publish, receivedAt, ...rest }, i) =>
			aStoredCase({
				...{ id: `c${i}`, organizationId: 'w1', seq: i + 1, receivedAt, ...INNER, ...rest },
				forwardedAt: after(receivedAt, forward),
				answeredAt: after(receivedAt, answer),
				publishedAt: after(receivedAt, publish)
			})
		)
	);
	const periods = ['2026-08-01', '2026-09-15', '2026-11-01'].flatMap((from) =>
		['2026-10-31', '2026-12-31'].map((to) => ({ from, to }))
	);
	const figures = () => Promise.all(periods.map((period) => readCaseFigures(db, 'w1', period, LATER)));
	const before = await figures();
	await forgetCases(db, LATER);
	const words = await db.select({ id: cases.id }).from(cases).where(eq(cases.answer, ''));
	expect(words.length).toBeGreaterThan(20);
	expect(await figures()).toEqual(before);
});
