import { expect, test } from 'vitest';
import { countedTable } from './counted-table.fixture.ts';
import { changesBetween } from './change.ts';
import { findingsOf } from './findings.ts';

const found = (now: ReturnType<typeof countedTable>, then: ReturnType<typeof countedTable>) =>
	findingsOf(now, changesBetween(now, then)!);

test('a fall that is more than chance is told, the largest first, and at most five', () => {
	const then = countedTable({ q1: [180, 200], q2: [180, 200] });
	const findings = found(countedTable({ q1: [110, 200], q2: [178, 200] }), then);
	expect(findings).toHaveLength(5);
	expect(findings.every(({ key, points }) => key === 'q1' && points === -35)).toBe(true);
});

test('what may be chance is no finding, and neither is a figure of fewer than thirty people', () => {
	const then = countedTable({ q1: [1800, 2000], few: [29, 29] });
	expect(found(countedTable({ q1: [1790, 2000], few: [12, 29] }), then)).toEqual([]);
});

test('of an officer only the service is told', () => {
	const then = countedTable({ o1: [180, 200], o2: [190, 200] }, 'officer');
	const findings = found(countedTable({ o1: [100, 200], o2: [191, 200] }, 'officer'), then);
	expect(findings.filter(({ key }) => key !== null).map(({ key, criterion }) => [key, criterion])).toEqual([
		['o1', 'PV']
	]);
});

test('forty counters that did not change: over many quarters hardly anything is told', () => {
	let seed = 42;
	const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
	const quarter = () =>
		countedTable(
			Object.fromEntries(
				Array.from({ length: 40 }, (_, i) => {
					let satisfied = 0;
					for (let j = 0; j < 80; j++) if (random() < 0.88) satisfied++;
					return [`q${i}`, [satisfied, 80] as [number, number]];
				})
			)
		);
	let withFindings = 0;
	for (let i = 0; i < 40; i++) if (found(quarter(), quarter()).length > 0) withFindings++;
	// At plain 95 % every quarter would have some.
	expect(withFindings).toBeLessThan(8);
});
