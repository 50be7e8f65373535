import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { ownPart, type OfficersContent } from '../../src/lib/domain/report/publication.ts';
import { DAY_MS, HOUR_MS, startOfLocalDay } from '../../src/lib/domain/shared/time.ts';
import type { StoredSheet } from '../../src/lib/domain/submission/intake.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { commit, type Db } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { officers } from '../../src/lib/server/db/schema/place.ts';
import { improvements, publications } from '../../src/lib/server/db/schema/publication.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { readImprovements } from '../../src/lib/server/report/improvement/reads.ts';
import { withdrawImprovement, writeImprovement } from '../../src/lib/server/report/improvement/writes.ts';
import { readObjections, readOwnObjections } from '../../src/lib/server/report/objection/reads.ts';
import { answerObjection, object } from '../../src/lib/server/report/objection/writes.ts';
import { readEdition, readPublicMonth } from '../../src/lib/server/report/publication/reads.ts';
import { publishDue } from '../../src/lib/server/report/publication/writes.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { countSheets, releaseCounts } from '../../src/lib/server/report/writes.ts';
import { acceptSheets, type Sender } from '../../src/lib/server/submission/writes.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet } from '../factories/sheet.ts';

const at = (day: string, hour = 12) => startOfLocalDay(day) + hour * HOUR_MS;
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
let sequence = 0;

/** So many citizens of one day, each asked everything. */
async function answer(db: Db, sender: Sender, day: string, people: number, value = 5) {
	const dutyId = sender.id === 't1' ? 'd1' : 'd2';
	const all = Array.from({ length: people }, () => {
		sequence += 1;
		const answeredAt = new Date(at(day) + (sequence % 200) * 60_000).toISOString();
		return aSheet({ sequence, dutyId, answeredAt, answers: CRITERIA.map((itemId) => ({ itemId, value })) });
	});
	await acceptSheets(db, sender, all, at(day) + 300 * 60_000);
	await releaseCounts(db);
}

async function aPublishedOctober() {
	const db = await freshDb();
	const { sender, sender2 } = await aWard(db);
	await answer(db, sender, '2026-10-12', 40);
	await answer(db, sender2, '2026-10-13', 30, 4);
	await publishDue(db, at('2026-11-05', 7));
	return { db, sender, sender2 };
}

const rows = (db: Db) =>
	db
		.select()
		.from(publications)
		.orderBy(publications.audience, publications.from, publications.to, publications.revision);

test('a month is published from the table that leaders read, and an officer’s week holds each their own', async () => {
	const { db } = await aPublishedOctober();
	const edition = (await readPublicMonth(db, 'w1'))!;
	const table = await readIndexTable(db, {
		organizationId: 'w1',
		by: 'criterion',
		versionId: 'SIPAS5-v1',
		target: 90,
		...OCTOBER
	});
	expect(edition).toMatchObject({ ...OCTOBER, revision: 1, content: { method: 'T2B-5C-v1', target: 90, sheets: 70 } });
	expect(edition.content.criteria).toEqual(table.total.criteria);
	expect(edition.content.sipas).toEqual(table.total.sipas);
	const text = JSON.stringify(edition.content);
	for (const officer of ['o1', 'o2', 'Công Chức']) expect(text).not.toContain(officer);

	const week = (await readEdition<OfficersContent>(db, 'w1', 'officers', { from: '2026-10-12', to: '2026-10-18' }))!;
	expect(ownPart(week.content, 'o1')).toMatchObject({ own: { n: 40 }, centre: { withheld: 'small' } });
	expect(ownPart(week.content, 'o2')).toMatchObject({ own: { n: 30 } });
	const lines = await db.select().from(auditLines).where(eq(auditLines.action, 'results-published'));
	expect(lines).toHaveLength(1);
});

test('what was published stays byte for byte through late sheets, exclusions and deleted officers', async () => {
	const { db, sender } = await aPublishedOctober();
	const before = await rows(db);
	await answer(db, sender, '2026-10-14', 30, 1);
	const [first, ...others] = (await db.select().from(sheets)) as StoredSheet[];
	await commit(db, (tx) =>
		countSheets(
			tx,
			[first, ...others.slice(0, 20)].map((sheet) => ({ before: sheet, after: { ...sheet, flags: 'forked' } }))
		)
	);
	await releaseCounts(db);
	await commit(db, async (tx) => void (await tx.delete(officers).where(eq(officers.id, 'o1'))));
	await publishDue(db, at('2026-11-06'));
	await publishDue(db, at('2026-12-05', 7));
	const after = await rows(db);
	expect(
		after.filter((row) =>
			before.some(
				(each) =>
					each.from === row.from &&
					each.to === row.to &&
					each.audience === row.audience &&
					each.revision === row.revision
			)
		)
	).toEqual(before);
	// Nor can anybody who holds the database change or take away a word of it by mistake.
	await expect(commit(db, async (tx) => void (await tx.update(publications).set({ content: '{}' })))).rejects.toThrow();
	await expect(commit(db, async (tx) => void (await tx.delete(publications)))).rejects.toThrow();
});

test('late sheets make a revision on the day of the next edition, of at least five; fewer make none', async () => {
	const { db, sender } = await aPublishedOctober();
	await answer(db, sender, '2026-10-20', 9, 1);
	await publishDue(db, at('2026-12-05', 7));
	// Nine of one officer fill no block of ten: nothing is released, so nothing moves.
	expect(await readPublicMonth(db, 'w1', OCTOBER.from)).toMatchObject({ revision: 1, content: { sheets: 70 } });
	await answer(db, sender, '2026-10-20', 1, 1);
	await publishDue(db, at('2026-12-06', 7));
	await publishDue(db, at('2027-01-04'));
	expect(await readPublicMonth(db, 'w1', OCTOBER.from)).toMatchObject({ revision: 1 });
	await publishDue(db, at('2027-01-05', 7));
	await publishDue(db, at('2027-01-05', 8));
	expect(await readPublicMonth(db, 'w1', OCTOBER.from)).toMatchObject({
		revision: 2,
		content: { sheets: 80, target: 90 }
	});
	const kept = await db.select().from(publications).where(eq(publications.audience, 'public'));
	expect(kept.filter(({ from }) => from === OCTOBER.from).map(({ revision }) => revision)).toEqual([1, 2]);
});

test('two nodes at once publish each edition once', async () => {
	const db = await freshDb();
	const { sender } = await aWard(db);
	await answer(db, sender, '2026-10-12', 40);
	const written = await Promise.all([publishDue(db, at('2026-11-05', 7)), publishDue(db, at('2026-11-05', 7))]);
	const all = await rows(db);
	expect(written[0] + written[1]).toBe(all.length);
	expect(all.filter(({ audience }) => audience === 'public')).toHaveLength(1);
	expect(await publishDue(db, at('2026-11-05', 7) + DAY_MS / 2)).toBe(0);
	expect(await db.select().from(auditLines).where(eq(auditLines.action, 'results-published'))).toHaveLength(1);
});

test('what was changed is written once, read by everybody, and withdrawn by its own ward only', async () => {
	const db = await freshDb();
	await aWard(db);
	const by = { organizationId: 'w1', actorId: 'u1', now: at('2026-11-20') };
	const entry = { id: 'sentence01', criterion: 'HC' as const, text: 'Mở thêm quầy chứng thực.' };
	await writeImprovement(db, entry, by);
	await writeImprovement(db, { ...entry, text: 'Gửi lại.' }, by);
	expect(await readImprovements(db, 'w1', 3)).toEqual([{ ...entry, day: '2026-11-20' }]);
	expect((await withdrawImprovement(db, entry.id, { ...by, organizationId: 'w2' })).ok).toBe(false);
	expect(await withdrawImprovement(db, entry.id, by)).toMatchObject({ ok: true });
	expect((await withdrawImprovement(db, entry.id, by)).ok).toBe(false);
	expect(await readImprovements(db, 'w1', 3)).toEqual([]);
	expect(await db.select().from(improvements)).toHaveLength(1);
	const lines = await db.select({ action: auditLines.action }).from(auditLines);
	expect(lines.map(({ action }) => action)).toEqual(['improvement-written', 'improvement-withdrawn']);
});

test('an officer objects once to a published week of their own, and the person responsible answers once', async () => {
	const { db } = await aPublishedOctober();
	const now = at('2026-11-06');
	const own = { organizationId: 'w1', officerId: 'o1', actorId: 'u1', now };
	const entry = { id: 'objection1', from: '2026-10-12', text: 'Hôm đó tôi nghỉ ốm.' };
	const before = await rows(db);
	// Neither a week without a figure of theirs, nor a day that begins no week.
	for (const from of ['2026-10-19', '2026-10-13', '2026-11-02'])
		expect(await object(db, { ...entry, from }, own)).toEqual({ ok: false, reason: 'week-unknown' });
	expect(await object(db, entry, { ...own, officerId: 'nobody' })).toEqual({ ok: false, reason: 'week-unknown' });
	expect(await object(db, entry, own)).toMatchObject({ ok: true });
	expect(await object(db, { ...entry, id: 'objection2' }, own)).toEqual({ ok: false, reason: 'objected-already' });

	const by = { organizationId: 'w1', actorId: 'u2', now };
	const answer = { id: entry.id, state: 'accepted', answer: 'Đã đính chính lịch trực.' } as const;
	expect((await answerObjection(db, answer, { ...by, organizationId: 'w2' })).ok).toBe(false);
	expect(await answerObjection(db, answer, by)).toMatchObject({ ok: true });
	expect(await answerObjection(db, { ...answer, state: 'declined' }, by)).toMatchObject({ ok: false });
	expect((await readOwnObjections(db, 'w1', 'o1')).get(entry.from)).toMatchObject({
		state: 'accepted',
		answer: answer.answer
	});
	expect((await readOwnObjections(db, 'w1', 'o2')).size).toBe(0);
	expect(await readObjections(db, 'w1')).toMatchObject([{ state: 'accepted', officer: 'Công Chức 1' }]);
	expect(await rows(db)).toEqual(before);
	const lines = await db.select({ action: auditLines.action }).from(auditLines);
	expect(lines.map(({ action }) => action).slice(-2)).toEqual(['objection-made', 'objection-accepted']);
});
