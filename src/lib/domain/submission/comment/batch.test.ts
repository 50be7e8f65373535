import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesForLeaders, batchesForOfficers, PATIENCE, type ReadyComment } from './batch.ts';

let made = 0;
const ready = (overrides: Partial<ReadyComment> = {}): ReadyComment => ({
	...{ id: String(++made), siteId: 's1', counterId: 'q1', fieldId: 'f1', officerId: `o${made % 2}` },
	...{ waited: 0, toHead: false },
	...overrides
});
const many = (n: number, overrides: Partial<ReadyComment> = {}) => Array.from({ length: n }, () => ready(overrides));
const sizes = (list: readonly ReadyComment[]) => batchesForLeaders(list).map(({ ids }) => ids.length);

test.each([0, 1, 4, 5, 6])('%i comments of one counter come out together from five on', (n) => {
	expect(sizes(many(n))).toEqual(n < 5 ? [] : [n]);
});

test('comments that are all about one officer are that officer’s, and wait for ten', () => {
	expect(sizes(many(9, { officerId: 'o1' }))).toEqual([]);
	expect(sizes(many(10, { officerId: 'o1' }))).toEqual([10]);
	// An unknown officer is nobody.
	expect(sizes(many(5, { officerId: '' }))).toEqual([5]);
});

test('what has waited long enough comes out with a larger place, and says nothing narrower', () => {
	const waited = PATIENCE;
	const spread = ['q1', 'q2', 'q3', 'q4', 'q5'].map((counterId) =>
		ready({ counterId, waited, fieldId: `f-${counterId}` })
	);
	expect(batchesForLeaders(spread)).toMatchObject([{ siteId: 's1', counterId: '', fieldId: '', officerId: '' }]);
	expect(sizes(spread.map((each) => ({ ...each, waited: waited - 1 })))).toEqual([]);
	expect(sizes(many(5, { counterId: '', waited: 0 }))).toEqual([5]);
});

test('officers read ten at a time about themselves, and nothing that goes to the head', () => {
	expect(batchesForOfficers(many(9, { officerId: 'o1' }))).toEqual([]);
	expect(batchesForOfficers(many(10, { officerId: 'o1' }))).toMatchObject([{ officerId: 'o1', counterId: '' }]);
	expect(batchesForOfficers([...many(9, { officerId: 'o1' }), ready({ officerId: 'o1', toHead: true })])).toEqual([]);
	expect(batchesForOfficers(many(20, { officerId: '' }))).toEqual([]);
});

test('every comment is in one batch at most, no batch is small, and its place is true of all of it', () => {
	const place = fc.constantFrom('', 'a', 'b', 'c');
	const each = fc.record({
		...{ siteId: place, counterId: place, fieldId: place, officerId: place },
		...{ waited: fc.nat(4), toHead: fc.boolean() }
	});
	fc.assert(
		fc.property(fc.array(each, { maxLength: 60 }), (list) => {
			const all = list.map((one, i) => ({ ...one, id: String(i) }));
			for (const [batches, least] of [
				[batchesForLeaders(all), 5],
				[batchesForOfficers(all), 10]
			] as const) {
				const ids = batches.flatMap((batch) => batch.ids);
				expect(new Set(ids).size).toBe(ids.length);
				for (const batch of batches) {
					const own = all.filter(({ id }) => batch.ids.includes(id));
					const officers = new Set(own.map(({ officerId }) => officerId));
					expect(own.length).toBeGreaterThanOrEqual(officers.size === 1 && !officers.has('') ? 10 : least);
					for (const of of ['siteId', 'counterId', 'fieldId', 'officerId'] as const) {
						if (batch[of] !== '') expect(own.every((one) => one[of] === batch[of])).toBe(true);
					}
				}
			}
		}),
		{ numRuns: 300, seed: 46 }
	);
});
