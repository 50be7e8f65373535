import { expect, test } from 'vitest';
import { countedTable } from './counted-table.fixture.ts';
import type { IndexTable } from './table.ts';
import { chainsOf, gapPoints, gapTrendOf, readStep, trendOf, trendPeriod } from './trend.ts';

const [W1, W2, W3, W4] = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'];
const table = (shares: Parameters<typeof countedTable>[0], about: Partial<IndexTable> = {}): IndexTable => ({
	...countedTable(shares, 'week'),
	...about
});

test.each([
	['week', '2026-10-01', '2026-12-31', '2026-11-25', '2026-08-31', '2026-11-29'],
	['week', '2026-07-01', '2026-12-31', '2026-11-25', '2026-06-29', '2026-11-29'],
	['week', '2026-03-02', '2026-03-08', '2026-11-25', '2025-12-08', '2026-03-08'],
	['month', '2026-10-01', '2026-12-31', '2026-11-25', '2025-12-01', '2026-11-30'],
	['month', '2024-01-15', '2026-02-03', '2026-11-25', '2024-01-01', '2026-02-28']
] as const)('by %s a period from %s to %s is drawn in whole steps', (step, from, to, today, first, last) => {
	expect(trendPeriod({ preset: 'custom', from, to }, step, today)).toEqual({ from: first, to: last });
});

test('what is no step is a week', () => {
	expect([readStep('month'), readStep('year'), readStep(null)]).toEqual(['month', 'week', 'week']);
});

test('a chain holds versions that continue each other, and no line else', () => {
	const version = (id: string, line: string, number: number, continuesTrend: boolean) => ({
		...{ id, line, number, continuesTrend }
	});
	const versions = [
		version('a3', 'a', 3, false),
		version('a1', 'a', 1, true),
		version('a4', 'a', 4, true),
		version('b1', 'b', 1, false),
		version('a2', 'a', 2, true)
	];
	expect(chainsOf(versions)).toEqual([['a1', 'a2'], ['a3', 'a4'], ['b1']]);
});

test('few answers are hollow, too few are no point, and nothing is drawn over them', () => {
	const { steps, segments } = trendOf([table({ [W1]: [36, 40], [W2]: [9, 12], [W3]: [2, 4], [W4]: [40, 50] })]);
	expect(steps.map(({ key }) => key)).toEqual([W1, W2, W3, W4]);
	// Another week is withheld with the small one, or the total would tell that.
	expect(segments[0].points.PV).toMatchObject([
		{ value: 90, n: 40, hollow: false },
		null,
		null,
		{ value: 80, n: 50, hollow: false }
	]);
	const open = trendOf([table({ [W1]: [36, 40], [W2]: [9, 12] })]).segments[0].points;
	expect(open.TC).toMatchObject([{ hollow: false }, { value: 75, n: 12, hollow: true }]);
});

test('no line crosses into a questionnaire that does not continue it: the break is named', () => {
	const old = table({ [W1]: [36, 40], [W2]: [36, 40], [W3]: [36, 40] }, { versionId: 'old-v1' });
	const { segments, breaks, parallel } = trendOf([table({ [W3]: [40, 40], [W4]: [40, 40] }), old]);
	expect(segments.map(({ versionId, points }) => [versionId, points.TC.map((point) => point?.value ?? null)])).toEqual([
		['old-v1', [90, 90, null, null]],
		['SIPAS5-v1', [null, null, 100, 100]]
	]);
	expect(breaks).toEqual([{ key: W3, why: 'questionnaire', before: 'old-v1', after: 'SIPAS5-v1' }]);
	expect(parallel).toEqual([]);
});

test('nor into another method', () => {
	const old = table({ [W1]: [36, 40], [W2]: [36, 40] }, { method: 'SCORE-5C-v1' });
	const { segments, breaks } = trendOf([table({ [W3]: [40, 40], [W4]: [40, 40] }), old]);
	expect(segments.map(({ method }) => method)).toEqual(['SCORE-5C-v1', 'T2B-5C-v1']);
	expect(breaks).toEqual([{ key: W3, why: 'method', before: 'SCORE-5C-v1', after: 'T2B-5C-v1' }]);
});

test('what was answered at the same time is named and not mixed in', () => {
	const own = table({ [W1]: [36, 40], [W4]: [40, 40] });
	const beside = table({ [W2]: [10, 40], [W3]: [10, 40] }, { versionId: 'other-v1' });
	const { segments, parallel, breaks } = trendOf([own, beside]);
	expect(segments.map(({ versionId }) => versionId)).toEqual(['SIPAS5-v1']);
	expect({ parallel, breaks }).toEqual({ parallel: ['other-v1'], breaks: [] });
});

test('the gap of a channel is told where both figures are, and nowhere else', () => {
	const official = table({ [W1]: [36, 40], [W2]: [36, 40], [W3]: [36, 40] });
	const posters = table({ [W1]: [24, 40], [W3]: [15, 20] });
	const steps = gapTrendOf(official, posters, trendOf([official]).steps);
	const [one, two, three] = gapPoints(steps, 'sipas');
	expect([one, two]).toMatchObject([{ value: -30, hollow: false }, null]);
	expect(three).toMatchObject({ value: -15, hollow: true });
	expect(one!.high).toBeLessThan(0);
	expect(three!.high).toBeGreaterThan(0);
});
