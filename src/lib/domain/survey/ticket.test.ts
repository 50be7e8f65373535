import { expect, test } from 'vitest';
import { usedAtLeast } from './ticket.ts';

test.each([
	[100, 0, null],
	[100, 4, null],
	[100, 5, 5],
	[100, 9, 5],
	[100, 99, 95],
	[100, 100, 95],
	[10, 10, 5],
	[9, 9, null],
	[1, 1, null],
	[0, 0, null]
])('of %i tickets %i are used: shown is %s', (made, used, shown) => {
	expect(usedAtLeast(made, used)).toBe(shown);
});

test('no figure tells of one slip: at least five are used and at least five may still be open, or nothing is said', () => {
	for (let made = 0; made <= 60; made++)
		for (let used = 0; used <= made; used++) {
			const shown = usedAtLeast(made, used);
			const alike = Array.from({ length: made + 1 }, (_, other) => other).filter((n) => usedAtLeast(made, n) === shown);
			// Whoever sees the figure cannot tell these numbers of used tickets apart.
			expect(alike.length).toBeGreaterThanOrEqual(Math.min(5, made + 1));
			if (shown !== null) expect(made - Math.min(...alike)).toBeGreaterThanOrEqual(5);
			else expect(alike).toContain(0);
		}
});
