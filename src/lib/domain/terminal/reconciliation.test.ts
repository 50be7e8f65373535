import { expect, test } from 'vitest';
import { reconcile } from './reconciliation.ts';

test('made 412, received 409, missing 3, and which', () => {
	expect(
		reconcile(
			[
				[1, 99],
				[101, 300],
				[303, 412]
			],
			{ made: 412, queued: 0 }
		)
	).toEqual({
		made: 412,
		received: 409,
		missing: 3,
		gaps: [
			[100, 100],
			[301, 302]
		]
	});
});

test('what waits on the tablet is not missing', () => {
	expect(reconcile([[1, 15]], { made: 20, queued: 5 })).toMatchObject({ made: 20, received: 15, missing: 0 });
});

test('a number made after the last word of the tablet is not missing yet, only open', () => {
	const ranges: [number, number][] = [
		[1, 20],
		[23, 23]
	];
	expect(reconcile(ranges, { made: 20, queued: 0 })).toEqual({ made: 23, received: 21, missing: 0, gaps: [[21, 22]] });
});

test('a tablet that has said nothing is missing nothing that anybody could know', () => {
	expect(reconcile([], null)).toEqual({ made: null, received: 0, missing: null, gaps: [] });
	expect(reconcile([[2, 3]], null)).toMatchObject({ made: 3, received: 2, missing: null, gaps: [[1, 1]] });
});
