import { expect, test } from 'vitest';
import { differenceFrom, funnelLimits } from './funnel.ts';

test('nobody is compared on fewer than thirty answers', () => {
	expect(differenceFrom(9000, 0, 29)).toBeNull();
	expect(differenceFrom(9000, 0, 30)).toBe('clearly-below');
});

test.each([
	[9000, 9000, 200, 'unclear'],
	[9000, 8700, 200, 'unclear'],
	[9000, 8450, 200, 'hint-below'],
	[9000, 8000, 200, 'clearly-below'],
	[5000, 6000, 200, 'hint-above'],
	[5000, 6200, 200, 'clearly-above'],
	// The same share says less of fewer people.
	[9000, 8000, 40, 'hint-below'],
	[9000, 8000, 30, 'unclear']
] as const)('against %i, %i of %i people is %s', (centre, value, n, difference) => {
	expect(differenceFrom(centre, value, n)).toBe(difference);
});

test('forty officers who are all alike: hardly ever is one called clearly different, though some leave the inner lines', () => {
	let seed = 20261129;
	const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
	let [clear, hints] = [0, 0];
	for (let officer = 0; officer < 2_000; officer++) {
		let satisfied = 0;
		for (let i = 0; i < 120; i++) if (random() < 0.85) satisfied++;
		const said = differenceFrom(8500, Math.round((10_000 * satisfied) / 120), 120);
		if (said?.startsWith('clearly')) clear++;
		if (said?.startsWith('hint')) hints++;
	}
	expect(clear / 2_000).toBeLessThan(0.005);
	expect(hints / 2_000).toBeGreaterThan(0.02);
	expect(hints / 2_000).toBeLessThan(0.08);
});

test('the funnel narrows with the square root of n and stays inside 0..100 %', () => {
	const [few, many] = funnelLimits(9000, [100, 400]);
	expect(few).toEqual({ n: 100, low95: 8412, high95: 9588, low998: 8073, high998: 9927 });
	expect(9000 - many.low95).toBe((9000 - few.low95) / 2);
	expect(funnelLimits(9900, [10])[0]).toMatchObject({ high95: 10_000, high998: 10_000 });
});
