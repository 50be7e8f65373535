import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Criterion } from '../survey/criterion.ts';
import { nextCriterion } from './rotation.ts';

const never = (): Record<Criterion, number> => ({ TC: 0, HC: 0, PV: 0, KQ: 0, TT: 0 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('after any number of citizens the four other criteria differ by one question at most', () => {
	fc.assert(
		fc.property(fc.array(chance, { maxLength: 80 }), (chances) => {
			const asked = never();
			for (const random of chances) asked[nextCriterion(asked, random)] += 1;
			const { PV, ...others } = asked;
			expect(PV).toBe(0);
			expect(Math.max(...Object.values(others)) - Math.min(...Object.values(others))).toBeLessThanOrEqual(1);
		})
	);
});

test('a criterion that fell behind is asked until it has caught up', () => {
	expect(nextCriterion({ TC: 9, HC: 9, PV: 0, KQ: 4, TT: 9 }, 0.99)).toBe('KQ');
});

test('chance settles ties, so that no criterion is always the first of the morning', () => {
	const chosen = [0, 0.25, 0.5, 0.75, 0.999].map((random) => nextCriterion(never(), random));
	expect(chosen).toEqual(['TC', 'HC', 'KQ', 'TT', 'TT']);
});
