import { expect, test } from 'vitest';
import type { ExcludedPart } from '../../src/lib/domain/submission/exclusion.ts';
import { readAuditLines } from '../../src/lib/server/account/audit/reads.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { sheets } from '../../src/lib/server/db/schema/submission.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { readSheetTotals } from '../../src/lib/server/report/totals/reads.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { readExclusions, readExclusionsOf } from '../../src/lib/server/submission/exclusion/reads.ts';
import {
	acceptExclusion,
	applyExclusions,
	declineExclusion,
	liftExclusion,
	proposeExclusion,
	withdrawExclusion
} from '../../src/lib/server/submission/exclusion/writes.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const DAY = '2026-11-23';
const SUPERVISOR = { id: 'supervisor', officerId: null };
const LEADER = { id: 'leader', officerId: null };
const OFFICER = { id: 'officer', officerId: 'o1' };
const SCOPE = { organizationId: 'w1', sites: null };
const PART: ExcludedPart = {
	...{ siteId: 's1', counterId: 'q1', channel: 'terminal', shift: '', flag: '' },
	...{ from: DAY, until: DAY }
};
const MONTH = { organizationId: 'w1', versionId: 'SIPAS5-v1', from: '2026-11-01', to: '2026-11-30' };

/** Twenty who are satisfied at each of two counters; at the first also a child, twelve times in a minute. */
async function aPlayedWith() {
	const db = await freshDb();
	const { sender, sender2 } = await aWard(db);
	const honest = (count: number, first: number, more = {}) =>
		Array.from({ length: count }, (_, i) =>
			aSheet({ sequence: first + i, answeredAt: new Date(NOON - (count - i) * 60_000).toISOString(), ...more })
		);
	await acceptSheets(db, sender, honest(20, 1), NOON);
	await acceptSheets(db, sender2, honest(20, 1, { dutyId: 'd2' }), NOON);
	const child = Array.from({ length: 12 }, (_, i) =>
		aSheet({
			sequence: 21 + i,
			answeredAt: new Date(NOON + 60_000 + i * 5_000).toISOString(),
			answers: [{ itemId: 'PV', value: 1 }]
		})
	);
	await acceptSheets(db, sender, child, NOON + 200_000);
	await releaseCounts(db);
	return { db, sender };
}

const propose = (db: Db, more: Partial<Parameters<typeof proposeExclusion>[1]> = {}) =>
	proposeExclusion(db, {
		...{ id: 'e1', organizationId: 'w1', part: PART, reason: 'Trẻ em nghịch máy', user: SUPERVISOR, now: NOON },
		...more
	});
const deciding = (user: { id: string; officerId: string | null } = LEADER, more = {}) => ({
	id: 'e1',
	scope: SCOPE,
	user,
	now: NOON,
	...more
});
const officerScores = async (db: Db) => (await readIndexTable(db, { ...MONTH, by: 'counter', target: 90 })).total;
const totals = async (db: Db) => (await readSheetTotals(db, MONTH)).official;
const differences = async (db: Db) => (await verifyCounts(db)).differences;

test('one person proposes, another decides: what was doubted there leaves the index and comes back when it is lifted', async () => {
	const { db } = await aPlayedWith();
	const before = await officerScores(db);
	expect(before.criteria.PV).toMatchObject({ n: 52, value: 76.92 });
	expect(await propose(db, { part: { ...PART, flag: 'repeat' } })).toEqual({ ok: true });
	expect(await totals(db)).toMatchObject({ stored: 52, excluded: 0, decided: 0 });
	expect(await acceptExclusion(db, deciding())).toEqual({ ok: true });
	expect(await totals(db)).toMatchObject({ stored: 52, excluded: 11, decided: 11 });
	expect(await differences(db)).toEqual([]);
	await releaseCounts(db);
	// The first of the twelve is no repeat: it came more than fifteen seconds after a citizen.
	expect((await officerScores(db)).criteria.PV).toMatchObject({ n: 41, value: 97.56 });

	expect(await readExclusionsOf(db, 'w1', { from: '2026-11-20', to: DAY })).toMatchObject([
		{ counter: 'Quầy 1', reason: 'Trẻ em nghịch máy' }
	]);
	expect(await readExclusionsOf(db, 'w1', { from: '2026-12-01', to: '2026-12-31' })).toEqual([]);
	expect(await liftExclusion(db, deciding(SUPERVISOR))).toEqual({ ok: false, reason: 'reason-missing' });
	expect(await liftExclusion(db, deciding(SUPERVISOR, { answer: 'Là lớp học tới tham quan' }))).toEqual({ ok: true });
	expect(await totals(db)).toMatchObject({ stored: 52, excluded: 0, decided: 0 });
	await releaseCounts(db);
	expect(await officerScores(db)).toEqual(before);
	expect(await differences(db)).toEqual([]);
	const lines = await readAuditLines(db, 'w1', 20);
	expect(lines.map(({ action, reason }) => [action, reason])).toEqual([
		['exclusion-lifted', 'Là lớp học tới tham quan'],
		['exclusion-accepted', 'Trẻ em nghịch máy'],
		['exclusion-proposed', 'Trẻ em nghịch máy']
	]);
});

test('nobody decides on a proposal of their own, nobody on sheets that rate them, nobody on what lies elsewhere', async () => {
	const { db } = await aPlayedWith();
	expect(await propose(db, { user: OFFICER })).toEqual({ ok: false, reason: 'own-sheets' });
	expect(await propose(db)).toEqual({ ok: true });
	expect(await acceptExclusion(db, deciding(SUPERVISOR))).toEqual({ ok: false, reason: 'own-proposal' });
	expect(await acceptExclusion(db, deciding(OFFICER))).toEqual({ ok: false, reason: 'own-sheets' });
	for (const scope of [
		{ organizationId: 'w2', sites: null },
		{ organizationId: 'w1', sites: ['s2'] }
	])
		expect(await acceptExclusion(db, deciding(LEADER, { scope }))).toEqual({ ok: false, reason: 'unknown' });
	expect(await withdrawExclusion(db, deciding(LEADER))).toEqual({ ok: false, reason: 'unknown' });
	expect(await totals(db)).toMatchObject({ excluded: 0 });
	// Who is at the first counter may decide about the second.
	expect(await propose(db, { id: 'e2', part: { ...PART, counterId: 'q2' }, user: OFFICER })).toEqual({ ok: true });
});

test('a step that was taken meanwhile is told, and two who decide at once decide once', async () => {
	const { db } = await aPlayedWith();
	await propose(db);
	expect(await propose(db)).toEqual({ ok: true });
	expect(await readExclusions(db, SCOPE)).toHaveLength(1);
	expect(await declineExclusion(db, deciding())).toEqual({ ok: false, reason: 'reason-missing' });
	const both = [
		acceptExclusion(db, deciding({ id: 'deputy', officerId: null })),
		declineExclusion(db, deciding(LEADER, { answer: 'Phiếu thật' }))
	];
	const outcomes = await Promise.all(both);
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'changed-meanwhile' });
	expect(await withdrawExclusion(db, deciding(SUPERVISOR))).toEqual({ ok: false, reason: 'changed-meanwhile' });
	expect(await differences(db)).toEqual([]);
});

test.each([
	['days-turned', { from: DAY, until: '2026-11-22' }],
	['days-future', { until: '2026-11-24' }],
	['days-many', { from: '2026-10-20' }],
	['nothing-inside', { shift: 'evening' as const }],
	['nothing-inside', { flag: 'burst' as const }],
	['unknown', { siteId: 'w2-s1' }],
	['unknown', { counterId: 'w2-q1' }]
])('a part that cannot be: %s', async (reason, wrong) => {
	const { db } = await aPlayedWith();
	await aWard(db, 'w2');
	expect(await propose(db, { part: { ...PART, ...wrong } })).toEqual({ ok: false, reason });
	expect(await propose(db, { reason: '' })).toEqual({ ok: false, reason: 'reason-missing' });
});

test('what comes late to a place that is out goes out too, before anything of it is shown; and of two decisions each holds', async () => {
	const { db, sender } = await aPlayedWith();
	await propose(db);
	await acceptExclusion(db, deciding());
	await propose(db, { id: 'e2', part: { ...PART, counterId: '', flag: 'repeat' } });
	// All that it would take out is out already.
	expect(await readExclusions(db, SCOPE)).toHaveLength(2);
	await acceptExclusion(db, deciding(LEADER, { id: 'e2' }));

	const late = [40, 41].map((sequence) => aSheet({ sequence, answeredAt: new Date(NOON - 3_600_000).toISOString() }));
	await acceptSheets(db, sender, late, NOON + 86_400_000);
	expect(await totals(db)).toMatchObject({ stored: 54, decided: 32 });
	expect(await applyExclusions(db, NOON + 86_400_000)).toBe(2);
	expect(await applyExclusions(db, NOON + 86_400_000)).toBe(0);
	expect(await totals(db)).toMatchObject({ stored: 54, decided: 34 });
	expect((await readExclusions(db, SCOPE)).find(({ id }) => id === 'e1')).toMatchObject({ moved: 34 });

	await liftExclusion(db, deciding(LEADER, { answer: 'Đã rõ' }));
	// The repeats are still held by the other: the child's, and one of the late ones.
	const held = (await db.select().from(sheets)).filter(({ flags }) => flags.includes('excluded'));
	expect(held).toHaveLength(12);
	expect(held.every(({ flags }) => flags.includes('repeat'))).toBe(true);
	expect(await differences(db)).toEqual([]);
});

test('each of several decisions takes out what lies inside it', async () => {
	const { db } = await aPlayedWith();
	for (const [id, counterId, sheetsOut] of [
		['e1', 'q1', 32],
		['e2', 'q2', 52]
	] as const) {
		await propose(db, { id, part: { ...PART, counterId } });
		expect(await acceptExclusion(db, deciding(LEADER, { id }))).toEqual({ ok: true });
		expect(await totals(db)).toMatchObject({ stored: 52, decided: sheetsOut });
	}
	expect(await differences(db)).toEqual([]);
});

test('how many sheets a decision concerns is not told below five', async () => {
	const { db, sender } = await aPlayedWith();
	const one = aSheet({ sequence: 50, answeredAt: '2026-11-20T02:00:00Z' });
	await acceptSheets(db, sender, [one], NOON);
	await propose(db, { part: { ...PART, from: '2026-11-20', until: '2026-11-20' } });
	await propose(db, { id: 'e2' });
	const said = new Map((await readExclusions(db, SCOPE)).map(({ id, holds }) => [id, holds.vi]));
	expect(said.get('e1')).toBe('dưới 5 phiếu');
	expect(said.get('e2')).toBe('32 phiếu');
});
