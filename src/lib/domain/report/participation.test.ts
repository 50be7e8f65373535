import { expect, test } from 'vitest';
import { seeded } from '../shared/random.ts';
import { rateOf, signsOf } from './participation.ts';

const row = (key: string, answered: number | null, served: number) => ({ key, name: key, answered, served });
const whole = (rows: ReturnType<typeof row>[]) => ({
	rows,
	total: {
		served: rows.reduce((sum, { served }) => sum + served, 0),
		answered: rows.reduce((sum, { answered }) => sum + (answered ?? 0), 0)
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
