import { expect, test } from 'vitest';
import { addDays } from '../shared/time.ts';
import { seeded } from '../shared/random.ts';
import { begunBlocks, rateOf, signsOf, withRates } from './participation.ts';

const row = (key: string, answered: number | null, served: number) => ({
	...{ key, name: key, answered, served },
	...{ begun: 0, onTablet: 0 }
});
const whole = (rows: ReturnType<typeof row>[]) => ({
	rows,
	total: {
		served: rows.reduce((sum, { served }) => sum + served, 0),
		answered: rows.reduce((sum, { answered }) => sum + (answered ?? 0), 0),
		begun: rows.reduce((sum, { begun }) => sum + begun, 0),
		onTablet: rows.reduce((sum, { onTablet }) => sum + onTablet, 0)
	}
});

test('a rate has its interval, and there is none of what is withheld, not entered or not whole', () => {
	expect(rateOf({ served: 200, answered: 60 })).toEqual({ value: 30, low: 24.07, high: 36.68 });
	for (const unknown of [
		{ served: 0, answered: 5 },
		{ served: 40, answered: null },
		{ served: 40, answered: 41 }
	])
		expect(rateOf(unknown)).toBeNull();
});

test('who is answered far less often than all others stands out; a withheld row, a small one and a small gap do not', () => {
	const rows = [row('a', 120, 200), row('b', 115, 200), row('c', 20, 200), row('d', null, 200), row('e', 1, 20)];
	expect(signsOf(whole(rows), null, true)).toMatchObject([{ key: 'c', kind: 'selective', rate: 10 }]);
	expect(signsOf(whole(rows), null, false)).toEqual([]);
	// Beyond chance with so many, and of no weight.
	expect(signsOf(whole([row('a', 10_000, 20_000), row('b', 9_000, 20_000)]), null, true)).toEqual([]);
});

test('a rate that fell since the period before is told, of a row and of everything; one that rose is not', () => {
	const before = whole([row('a', 120, 200), row('b', 100, 200)]);
	const now = whole([row('a', 60, 200), row('b', 150, 200)]);
	expect(signsOf(now, before, false)).toMatchObject([{ key: 'a', kind: 'falling', rate: 30, other: 60 }]);
	const fell = whole([row('a', 60, 200), row('b', 50, 200)]);
	expect(signsOf(fell, before, false).map(({ key }) => key)).toEqual(expect.arrayContaining(['a', 'b', null]));
});

test('twenty counters that ask alike: over many months hardly anything is told', () => {
	const random = seeded(41);
	let told = 0;
	for (let month = 0; month < 200; month++) {
		const rows = Array.from({ length: 20 }, (_, i) => {
			const served = 60;
			return row(`q${i}`, Array.from({ length: served }).filter(() => random.chance(0.4)).length, served);
		});
		if (signsOf(whole(rows), null, true).length > 0) told++;
	}
	expect(told / 200).toBeLessThan(0.08);
});

test('of those who began at a tablet the same is told, and nothing where tablets do not count', () => {
	const onTablets = (key: string, onTablet: number, begun: number) => ({ ...row(key, onTablet, 0), begun, onTablet });
	const rows = [onTablets('a', 120, 200), onTablets('b', 115, 200), onTablets('c', 20, 200), onTablets('d', 50, 0)];
	expect(signsOf(whole(rows), null, true)).toMatchObject([{ of: 'begun', key: 'c', kind: 'selective', rate: 10 }]);
	expect(withRates(rows[2])).toMatchObject({ rate: null, begunRate: { value: 10 } });
	// More sheets than beginnings: some of its tablets do not count.
	expect(withRates(onTablets('e', 50, 40)).begunRate).toBeNull();
});

test('of those who began no two periods differ by fewer than a block, and what stands before a month changes nothing in it', () => {
	const random = seeded(7);
	for (const officerKnown of [false, true]) {
		const k = officerKnown ? 10 : 5;
		const days = Array.from({ length: 75 }, (_, i) => ({
			day: addDays('2026-09-01', i),
			times: Math.floor(random.next() * 9)
		}));
		const blocks = begunBlocks(days, officerKnown);
		expect(blocks.length).toBeGreaterThan(20);
		expect(Math.min(...blocks.map(({ times }) => times))).toBeGreaterThanOrEqual(k);
		const october = days.filter(({ day }) => day >= '2026-10-01');
		expect(begunBlocks(october, officerKnown)).toEqual(blocks.filter(({ day }) => day >= '2026-10-01'));
		const sum = (all: readonly { times: number }[]) => all.reduce((before, { times }) => before + times, 0);
		expect(sum(days) - sum(blocks)).toBeLessThan(3 * k);
	}
});
