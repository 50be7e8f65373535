import { expect, test } from 'vitest';
import { K } from './secrecy.ts';
import { standardize, type Stratum } from './standardization.ts';

const METHOD = { method: 'T2B-5C-v1', k: K } as const;

/** `satisfied` of `n` people in one stratum. */
function stratum(name: string, satisfied: number, n: number): Stratum {
	return { stratum: name, items: [{ itemId: 'PV', n: [n - satisfied, 0, 0, 0, satisfied], notApplicable: 0 }] };
}

test('two counters that serve every field alike well stand alike, though one has the hard field nearly alone', () => {
	const hard = [stratum('land', 140, 200), stratum('copies', 19, 20)];
	const easy = [stratum('land', 14, 20), stratum('copies', 190, 200)];
	const centre = [...hard, ...easy];
	const [one, other] = [standardize(hard, centre, METHOD)!, standardize(easy, centre, METHOD)!];
	// Raw they are 72,27 and 92,73.
	expect([one.adjusted?.value, other.adjusted?.value]).toEqual([8250, 8250]);
	expect([one.expected, other.expected]).toEqual([7227, 9273]);
	expect(one.coverage).toBe(1);
});

test('the centre, standardised by itself, is itself', () => {
	const centre = [stratum('land', 70, 100), stratum('copies', 190, 200), stratum('births', 45, 50)];
	expect(standardize(centre, centre, METHOD)).toMatchObject({ adjusted: { value: 8714 }, expected: 8714, coverage: 1 });
});

test('the interval is wider where a little answered stratum weighs much', () => {
	const centre = [stratum('land', 800, 1_000), stratum('copies', 900, 1_000)];
	const even = standardize([stratum('land', 80, 100), stratum('copies', 90, 100)], centre, METHOD)!.adjusted!;
	const thin = standardize([stratum('land', 8, 10), stratum('copies', 171, 190)], centre, METHOD)!.adjusted!;
	expect(even.value).toBe(thin.value);
	expect(thin.high - thin.low).toBeGreaterThan(1.5 * (even.high - even.low));
});

test('who shares less than half of the work gets no figure, and a stratum of too few people does not count', () => {
	const centre = [stratum('land', 300, 400), stratum('copies', 90, 100)];
	expect(standardize([stratum('copies', 18, 20)], centre, METHOD)).toMatchObject({ adjusted: null, coverage: 0.2 });
	const few = [stratum('land', 4, 4), stratum('copies', 18, 20)];
	expect(standardize(few, centre, METHOD)).toMatchObject({ coverage: 0.2, expected: 9000 });
	expect(standardize([stratum('land', 4, 4)], centre, METHOD)).toBeNull();
});
