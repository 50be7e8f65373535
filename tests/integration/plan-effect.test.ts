import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startOfLocalDay, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { shareCell } from '../../src/lib/domain/casework/plan/effect.ts';
import { sayReason } from '../../src/lib/domain/casework/plan/paper-words.ts';
import { readEffect, readNamedReasons, readPlanFigures } from '../../src/lib/server/casework/plan/figures/reads.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { acceptDirect } from '../../src/lib/server/submission/direct/writes.ts';
import { CRITERIA } from '../../src/lib/domain/survey/criterion.ts';
import { freshDb } from '../factories/db.ts';
import { aWard } from '../factories/place.ts';

const WARD = { id: 'w1', versionId: 'SIPAS5-v1', target: 9000 };
const TODAY = '2026-11-29';
const DONE = {
	criterion: 'TC',
	items: [] as string[],
	reasons: [] as string[],
	state: 'done',
	doneDay: '2026-09-14'
} as const;

/** So many people of a day, of whom the first are content with what `low` does not name. */
async function answer(
	db: Db,
	day: string,
	{ people, content, why = [] }: { people: number; content: number; why?: string[] }
) {
	const at = startOfLocalDay(day) + 9 * HOUR_MS;
	const place = { siteId: 's1', counterId: 'q1', fieldId: 'f1', officerId: 'o1' };
	const sheets = Array.from({ length: people }, (_, i) => ({
		...{ id: randomUUID(), organizationId: 'w1', channel: 'ticket' as const, versionId: 'SIPAS5-v1', locale: 'vi' },
		...{ flags: [], at, comment: null, bands: '', place, ticketHash: null },
		reasons: i < content ? [] : why,
		answers: CRITERIA.map((itemId) => ({ itemId, value: itemId !== 'TC' || i < content ? 5 : 1 }))
	}));
	await acceptDirect(db, sheets, at);
	await releaseCounts(db);
}

test('an effect compares whole months, leaves out the month it was done in, and is what the tables of those months say', async () => {
	const db = await freshDb();
	await aWard(db);
	await answer(db, '2026-08-05', { people: 200, content: 120 });
	// Not looked at: the month of the task itself, and the month that is not over.
	await answer(db, '2026-09-20', { people: 50, content: 0 });
	await answer(db, '2026-10-08', { people: 200, content: 180 });
	await answer(db, '2026-11-10', { people: 50, content: 0 });
	const effect = await readEffect(db, WARD, DONE, TODAY);
	expect(effect).toMatchObject({
		before: { from: '2026-08-01', to: '2026-08-31' },
		after: { from: '2026-10-01', to: '2026-10-31' },
		lines: [{ item: null, effect: { verdict: 'rose', gap: { value: 30 }, before: { n: 200 }, after: { n: 200 } } }]
	});
	const after = { from: '2026-10-01', to: '2026-10-31' };
	const table = await readIndexTable(db, {
		...{ organizationId: 'w1', by: 'criterion', versionId: 'SIPAS5-v1', target: 90 },
		...after
	});
	expect(effect).toMatchObject({ lines: [{ effect: { after: table.total.criteria.TC } }] });

	expect(await readEffect(db, WARD, { ...DONE, state: 'open' }, TODAY)).toBeNull();
	expect(await readEffect(db, WARD, { ...DONE, doneDay: '2026-10-30' }, TODAY)).toEqual({ from: '2026-12-05' });
	const others = await readEffect(db, WARD, { ...DONE, criterion: 'KQ', items: ['KQ', 'unknown'] }, TODAY);
	expect(others).toMatchObject({ lines: [{ item: 'KQ', effect: { verdict: 'unclear' } }] });
	expect(await readEffect(db, WARD, { ...DONE, doneDay: '2026-08-30' }, TODAY)).toMatchObject({
		lines: [{ effect: { verdict: 'too-few', before: { withheld: 'small' } } }]
	});
});

test('how often the reasons of a task were named is compared as a share of all sheets, never of few', async () => {
	const db = await freshDb();
	await aWard(db);
	await answer(db, '2026-08-05', { people: 200, content: 120, why: ['R01', 'R03'] });
	await answer(db, '2026-10-08', { people: 200, content: 180, why: ['R01'] });
	const reasons = ['R01', 'R02', 'unknown'];
	const effect = await readEffect(db, WARD, { ...DONE, reasons }, TODAY);
	expect(effect).toMatchObject({
		reasons: [
			{ code: 'R01', effect: { verdict: 'fell', before: { value: 40, n: 200 }, after: { value: 10, n: 200 } } },
			{ code: 'R02', effect: { verdict: 'unclear', before: { value: 0 }, after: { value: 0 } } }
		]
	});
	const year = { organizationId: 'w1', versionId: 'SIPAS5-v1', from: '2026-01-01', to: '2026-12-31' };
	expect(await readNamedReasons(db, year)).toEqual({ sheets: 400, named: { R01: 100, R03: 80 } });
	expect(shareCell({ sheets: 9, named: 3 })).toEqual({ withheld: 'small' });
	expect(sayReason('Chờ lâu', { sheets: 9, named: { R01: 3 } }, 'R01')).not.toContain('3');
	expect(sayReason('Chờ lâu', { sheets: 400, named: { R01: 100 } }, 'R01')).toContain('100 trong 400 phiếu');
});

test('each criterion has its target, this year and last year, from the tables that the leader reads', async () => {
	const db = await freshDb();
	await aWard(db);
	await answer(db, '2025-11-05', { people: 200, content: 120 });
	await answer(db, '2026-11-05', { people: 200, content: 180 });
	const { criteria, published } = await readPlanFigures(db, WARD, { year: 2026, path: ['w1'] });
	expect(published).toBeNull();
	expect(criteria.TC).toMatchObject({
		...{ target: 90, now: { value: 90, n: 200 } },
		before: { cell: { value: 60, n: 200 }, change: { value: 30 } }
	});
	const first = await readPlanFigures(db, WARD, { year: 2025, path: ['w1'] });
	expect(first.criteria.TC).toMatchObject({ now: { value: 60 }, before: null });
});
