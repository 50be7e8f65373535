import { expect, test } from 'vitest';
import { boxOf, judgeSide, PAPERS, POSTER_FORMATS, posterFormat, sideFor } from './print-size.ts';

/** Modules of versions 2 to 10: addresses from 15 to some 200 characters. */
const SIZES = [25, 29, 33, 37, 41, 45, 49, 53, 57];

test.each([
	[29, 300, 30],
	[33, 1000, 100],
	[33, 1500, 150],
	[33, 3000, 300],
	[177, 300, 71]
])('%i modules read from %i mm away are %i mm wide', (modules, distance, side) => {
	expect(sideFor({ modules, distance })).toBe(side);
});

test('what the rule gives, the rule accepts, and a millimetre less it refuses', () => {
	for (const modules of SIZES)
		for (const distance of [300, 500, 1000, 1500, 2000, 3000]) {
			const side = sideFor({ modules, distance });
			expect(judgeSide({ side, modules, distance })).toBe(null);
			expect(judgeSide({ side: side - 1, modules, distance })).not.toBe(null);
		}
	expect(judgeSide({ side: 40, modules: 117, distance: 300 })).toBe('too-fine');
	expect(judgeSide({ side: 40, modules: 33, distance: 1000 })).toBe('too-small');
});

test('every code fits on the paper that is offered for its distance, with its light border', () => {
	for (const { paper, distance } of POSTER_FORMATS)
		for (const modules of SIZES) {
			const box = boxOf({ side: sideFor({ modules, distance }), modules });
			expect(box).toBeLessThanOrEqual(PAPERS[paper].width);
			expect(box).toBeLessThanOrEqual(PAPERS[paper].height * 0.68);
		}
});

test.each([
	[null, null, 'a4', 1000],
	['a4', '1500', 'a4', 1500],
	['a6', null, 'a6', 500],
	[null, '2000', 'a3', 2000],
	[null, '3000', 'a2', 3000],
	['a6', '3000', 'a4', 1000],
	['__proto__', 'x', 'a4', 1000]
])('an address that says %s and %s means %s at %i mm', (paper, distance, ...format) => {
	expect(Object.values(posterFormat(paper, distance))).toEqual(format);
});
