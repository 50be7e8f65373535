import { expect, test } from 'vitest';
import { wilson, type Estimate } from './interval.ts';
import { shrink } from './shrinkage.ts';

const share = (satisfied: number, n: number): Estimate => {
	const { low, high } = wilson(satisfied, n);
	return {
		value: Math.round((10_000 * satisfied) / n),
		low: Math.floor(low * 10_000),
		high: Math.ceil(high * 10_000)
	};
};

test('two are no group', () => {
	expect(shrink([share(9, 10), share(90, 100)])).toBeNull();
});

test('of equal shares the ones with few answers are drawn further', () => {
	const { rows, mean } = shrink([share(12, 12), share(300, 300), share(160, 200), share(240, 300), share(255, 300)])!;
	const [few, many] = rows;
	expect(few.reliability).toBeLessThan(many.reliability);
	expect(few.value).toBeLessThan(many.value);
	expect(few.value).toBeGreaterThan(mean);
	for (const { low, value, high } of rows) expect([low <= value, value <= high]).toEqual([true, true]);
});

test('where chance explains all the differences, all are the mean', () => {
	const { rows, mean } = shrink([share(90, 100), share(91, 100), share(89, 100), share(90, 100)])!;
	expect(new Set(rows.map(({ value }) => value))).toEqual(new Set([mean]));
	expect(rows[0].reliability).toBe(0);
});

test('drawn figures are nearer to the truth than the raw ones', () => {
	let seed = 7;
	const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
	let [raw, drawn] = [0, 0];
	for (let round = 0; round < 60; round++) {
		const truths = Array.from({ length: 14 }, () => 0.8 + 0.15 * random());
		const seen = truths.map((truth) => {
			const n = 15 + Math.floor(60 * random());
			let satisfied = 0;
			for (let i = 0; i < n; i++) if (random() < truth) satisfied++;
			return share(satisfied, n);
		});
		const { rows } = shrink(seen)!;
		truths.forEach((truth, i) => {
			raw += (seen[i].value - 10_000 * truth) ** 2;
			drawn += (rows[i].value - 10_000 * truth) ** 2;
		});
	}
	expect(drawn / raw).toBeLessThan(0.75);
});
