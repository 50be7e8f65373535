import { expect, test } from 'vitest';
import { linesOf } from '../../src/lib/domain/report/file.ts';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import { readChanges } from '../../src/lib/server/report/change/reads.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { NOON } from '../factories/sheet.ts';
import { answer, aWardOfThreeVersions } from '../factories/versions.ts';

const OCTOBER = NOON - 40 * DAY_MS;
const NOVEMBER = { preset: 'custom', from: '2026-11-01', to: '2026-11-30' } as const;
const BOTH = { preset: 'custom', from: '2026-10-01', to: '2026-11-30' } as const;

test('by version the total is of what continues each other, and what does not stands beside it, compared with nothing', async () => {
	const { db, v1, v2, v3 } = await aWardOfThreeVersions();
	await answer(db, v1, 5, OCTOBER);
	await answer(db, v1, 5, NOON, 20);
	await answer(db, v2, 2, NOON, 60);
	await answer(db, v3, 4, NOON, 30);
	await releaseCounts(db);
	const by = (versionId: string) => ({ organizationId: 'w1', by: 'version' as const, versionId, target: 90 });

	for (const [chosen, sheets, sipas] of [[v1, 120, 50] as const, [v2, 120, 50] as const, [v3, 30, 100] as const]) {
		const { total, rows } = await readIndexTable(db, { ...by(chosen), ...BOTH });
		expect(total).toMatchObject({ sheets, sipas: { value: sipas } });
		const own = chosen === v3 ? [v3] : [v1, v2];
		const others = [v1, v2, v3].filter((id) => !own.includes(id));
		expect(rows.map(({ key, apart }) => [key, apart])).toEqual([
			...own.map((id) => [id, undefined]),
			...others.map((id) => [id, true])
		]);
		const seriesOf = new Map(rows.map(({ key, series }) => [key, series]));
		expect([v1, v2, v3].map((id) => seriesOf.get(id))).toEqual([v2, v2, v3]);
	}

	const question = { ...by(v2), ...NOVEMBER };
	const now = await readIndexTable(db, question);
	const { before } = await readChanges(db, now, question, NOVEMBER);
	expect(before?.total.sipas).toMatchObject({ value: -75 });
	expect(before?.rows.get(v1)?.sipas).toMatchObject({ value: 0 });
	// Nobody was asked these before, and another questionnaire is no "before" of theirs.
	expect([before?.rows.get(v2), before?.rows.get(v3)]).toEqual([undefined, undefined]);
	const ofThird = { ...by(v3), ...NOVEMBER };
	const third = await readChanges(db, await readIndexTable(db, ofThird), ofThird, NOVEMBER);
	expect(third.before?.total.sipas).toEqual({ withheld: 'small' });

	const lines = linesOf(now, { before, yearBefore: null }).filter(({ criterion }) => criterion === 'SIPAS');
	expect(lines.map(({ key, version, counted, series, value }) => [key, version, counted, series, value])).toEqual([
		[v1, v1, 'yes', v2, 100],
		[v2, v2, 'yes', v2, 0],
		[v3, v3, 'no', v3, 100],
		[null, v2, 'yes', null, 25]
	]);
});

test('versions that ask otherwise are each drawn by what they ask', async () => {
	const { db, v1 } = await aWardOfThreeVersions();
	await answer(db, v1, 5, NOON, 40);
	await answer(db, 'SIPAS5-v1', 2, NOON, 40);
	await releaseCounts(db);
	const question = { organizationId: 'w1', by: 'version', versionId: 'SIPAS5-v1', target: 90, ...NOVEMBER } as const;
	const { rows, total } = await readIndexTable(db, question);
	expect(rows.map(({ key, name, apart, sipas }) => [key, name, apart, 'value' in sipas && sipas.value])).toEqual([
		['SIPAS5-v1', 'SIPAS5-v1', undefined, 0],
		[v1, 'Phiếu phường v1', true, 100]
	]);
	expect(total.sheets).toBe(40);
});
