import { expect, test } from 'vitest';
import { DAY_MS } from '../../src/lib/domain/shared/time.ts';
import type { Db } from '../../src/lib/server/db/db.ts';
import { readTrend } from '../../src/lib/server/report/trend/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { NOON } from '../factories/sheet.ts';
import { answer, aWardOfThreeVersions } from '../factories/versions.ts';

const WEEK = 7 * DAY_MS;
const SPAN = { from: '2026-10-26', to: '2026-11-29' };

const read = (db: Db, versionId: string, step: 'week' | 'month' = 'week') =>
	readTrend(db, { organizationId: 'w1', versionId, target: 90, ...SPAN }, step, true);

test('a line goes through versions that continue each other, which are added up, and breaks before one that does not', async () => {
	const { db, v1, v2, v3 } = await aWardOfThreeVersions();
	await answer(db, v1, 5, NOON - 4 * WEEK);
	await answer(db, v1, 5, NOON - 3 * WEEK);
	await answer(db, v2, 2, NOON - 3 * WEEK);
	await answer(db, v2, 5, NOON - 2 * WEEK);
	await answer(db, v3, 5, NOON - WEEK);
	await answer(db, v3, 2, NOON);
	await releaseCounts(db);
	for (const chosen of [v1, v3]) {
		const { trend, tables } = await read(db, chosen);
		const values = trend.segments.map(({ points }) => points.sipas.map((point) => point && [point.value, point.n]));
		expect(values).toEqual([
			[[100, 40], [50, 80], [100, 40], null, null],
			[null, null, null, [100, 40], [0, 40]]
		]);
		expect(trend.breaks).toEqual([{ key: '2026-11-16', why: 'questionnaire', before: v2, after: v3 }]);
		expect(tables.map(({ versions }) => versions)).toEqual([[v1, v2], [v3]]);
	}
});

test('by month it reads months, and the same as the weeks of them', async () => {
	const { db, v3 } = await aWardOfThreeVersions();
	await answer(db, v3, 5, NOON - 30 * DAY_MS);
	await answer(db, v3, 2, NOON);
	await releaseCounts(db);
	const { trend } = await readTrend(
		db,
		{ organizationId: 'w1', versionId: v3, target: 90, from: '2026-10-01', to: '2026-11-30' },
		'month',
		true
	);
	expect(trend.steps).toEqual([
		{ key: '2026-10', name: 'Tháng 10/2026' },
		{ key: '2026-11', name: 'Tháng 11/2026' }
	]);
	expect(trend.segments[0].points.TC.map((point) => point?.value)).toEqual([100, 0]);
});

test('the gap of a poster is read week by week beside the index, and withheld where one of them is', async () => {
	const { db, v3 } = await aWardOfThreeVersions();
	for (const at of [NOON - WEEK, NOON]) await answer(db, v3, 5, at);
	await answer(db, v3, 2, NOON - WEEK, 40, 'poster');
	await answer(db, v3, 2, NOON, 4, 'poster');
	await releaseCounts(db);
	const { gaps } = await read(db, v3);
	expect(gaps.map(({ channel }) => channel)).toEqual(['poster']);
	expect(gaps[0].steps.map(({ gap }) => gap?.sipas)).toMatchObject([{ value: -100 }, undefined]);
});
