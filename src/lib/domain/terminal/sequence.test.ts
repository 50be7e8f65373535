import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addToRanges, gaps, isReceived, missing, received, type Ranges } from './sequence.ts';

const numbers = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 });

describe('running numbers', () => {
	test('numbers that come in any order close into ranges', () => {
		expect(addToRanges([], [3, 1, 2, 7])).toEqual([
			[1, 3],
			[7, 7]
		]);
		expect(
			addToRanges(
				[
					[1, 3],
					[5, 7]
				],
				4
			)
		).toEqual([[1, 7]]);
		expect(addToRanges([[1, 3]], 2)).toEqual([[1, 3]]);
	});

	test('the leader can be told what was made, what came and what is missing', () => {
		const ranges: Ranges = [
			[1, 400],
			[403, 412]
		];
		expect(received(ranges)).toBe(410);
		expect(missing(ranges, 412)).toBe(2);
		expect(gaps(ranges, 414)).toEqual([
			[401, 402],
			[413, 414]
		]);
		expect(gaps(ranges, 402)).toEqual([[401, 402]]);
		expect(missing([], 0)).toBe(0);
	});

	test('ranges behave as the plain set of numbers, however the numbers are dealt out', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(numbers, fc.integer({ min: 1, max: 60 })), { maxLength: 8 }),
				fc.nat(70),
				(deals, made) => {
					const model = new Set(deals.flat());
					const ranges = deals.reduce<Ranges>((before, each) => addToRanges(before, each), []);
					const open = Array.from({ length: made }, (_, index) => index + 1).filter((n) => !model.has(n));
					expect(received(ranges)).toBe(model.size);
					expect(missing(ranges, made)).toBe(open.length);
					expect(gaps(ranges, made)).toEqual(addToRanges([], open));
					for (let n = 0; n <= 61; n++) expect(isReceived(ranges, n)).toBe(model.has(n));
					for (const [index, [first]] of ranges.entries())
						expect(first).toBeGreaterThan((ranges[index - 1]?.[1] ?? -1) + 1);
				}
			)
		);
	});

	test('adding leaves the ranges it was added to as they were', () => {
		const before: Ranges = [[1, 3]];
		addToRanges(before, 4);
		expect(before).toEqual([[1, 3]]);
	});
});
