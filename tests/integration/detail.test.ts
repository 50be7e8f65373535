import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Filter } from '../../src/lib/domain/report/filter.ts';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { readDetail } from '../../src/lib/server/report/detail/reads.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { verifyCounts } from '../../src/lib/server/report/verify/reads.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';
import { NOON } from '../factories/sheet.ts';

const QUESTION = { organizationId: 'w1', versionId: 'SIPAS5-v1', target: 90, from: '2026-11-01', to: '2026-11-30' };
const FIRST = { siteId: 's1', counterId: 'q1', fieldId: 'f1', officerId: 'o1' };
const SECOND = { siteId: 's1', counterId: 'q2', fieldId: 'f2', officerId: 'o2' };

async function answer(db: Db, place: typeof FIRST, n: number, value: number, reasons: string[], at = NOON) {
	const body = {
		organizationId: 'w1',
		channel: 'ticket' as const,
		versionId: 'SIPAS5-v1',
		locale: 'vi',
		flags: [],
		at
	};
	const said = { answers: CRITERIA.map((itemId) => ({ itemId, value })), reasons, comment: null, bands: '' };
	const sheets = Array.from({ length: n }, () => ({ id: randomUUID(), ...body, ...said, place, ticketHash: null }));
	const outcomes = await acceptDirect(db, sheets, NOON);
	expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
}

/** A counter that displeases and one that pleases, this week and the week before. */
async function aWardWithTwoCounters() {
	const db = await freshDb();
	await aWard(db);
	for (const at of [NOON - 7 * DAY_MS, NOON]) {
		await answer(db, FIRST, 12, 1, ['R05', 'R06'], at);
		await answer(db, FIRST, 13, 4, [], at);
		await answer(db, SECOND, 50, 5, [], at);
	}
	await releaseCounts(db);
	await answer(db, SECOND, 4, 1, ['R12']);
	await releaseCounts(db);
	return db;
}

test('a table narrowed to a row says what the row says', async () => {
	const db = await aWardWithTwoCounters();
	for (const by of ['officer', 'counter', 'field', 'site'] as const) {
		const { rows } = await readIndexTable(db, { ...QUESTION, by });
		for (const row of rows.filter(({ key }) => key !== null)) {
			const where: Filter = { [by]: row.key! };
			const { total } = await readIndexTable(db, { ...QUESTION, by: 'criterion', where });
			expect([by, row.key, total.criteria, total.sheets]).toEqual([by, row.key, row.criteria, row.sheets]);
		}
	}
});

test('behind a counter stand its reasons, its weeks and how far it lies from the centre; a reason waits with its sheets', async () => {
	const db = await aWardWithTwoCounters();
	const { detail, weeks, peers } = await readDetail(db, { ...QUESTION, where: { counter: 'q1' } }, 'HC');
	expect(detail).toMatchObject({ cell: { value: 52, n: 50 }, difference: 'clearly-below' });
	// Two counters are no group.
	expect(peers).toBeNull();
	expect(detail.items).toMatchObject([{ itemId: 'HC', chosen: [24, 0, 0, 26, 0] }]);
	expect(detail.reasons).toEqual([
		{ code: 'R05', sheets: 24 },
		{ code: 'R06', sheets: 24 }
	]);
	expect(weeks.map(({ criteria }) => criteria.HC)).toMatchObject([
		{ value: 52, n: 25 },
		{ value: 52, n: 25 }
	]);
	// Four sheets fill no block, so nobody hears of what they say.
	const other = await readDetail(db, { ...QUESTION, where: { counter: 'q2' } }, 'PV');
	expect(other.detail).toMatchObject({ cell: { value: 100, n: 100 }, reasons: [] });
	expect((await verifyCounts(db)).differences).toEqual([]);
});

test('what one officer alone has done is as secret as the officer', async () => {
	const db = await freshDb();
	await aWard(db);
	await answer(db, { ...FIRST, officerId: '' }, 6, 4, []);
	await answer(db, SECOND, 9, 4, []);
	await releaseCounts(db);
	expect((await readDetail(db, { ...QUESTION, where: { counter: 'q1' } }, 'PV')).detail.cell).toMatchObject({ n: 6 });
	expect((await readDetail(db, { ...QUESTION, where: { counter: 'q2' } }, 'PV')).detail.cell).toEqual({
		withheld: 'small'
	});
});
