import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockSize, type DayDelta, K, splitIntoBlocks, totalGivesAway, withhold } from './secrecy.ts';

const column = (...n: number[]) => n.map((each, index) => ({ key: 'abcdefgh'.charAt(index), n: each }));
const hidden = (n: number[], k = K) => [...withhold(column(...n), k)].sort().join('');

describe('small cells', () => {
	test.each([
		[0, true],
		[1, true],
		[4, true],
		[5, false],
		[9, false],
		[10, false],
		[11, false]
	])('%i respondents: withheld is %s', (n, withheld) => {
		expect(hidden([n, 40, 50]).includes('a')).toBe(withheld);
	});

	test.each([
		[0, true],
		[1, true],
		[4, true],
		[5, true],
		[9, true],
		[10, false],
		[11, false]
	])('%i respondents about one officer: withheld is %s', (n, withheld) => {
		expect(hidden([n, 40, 50], 10).includes('a')).toBe(withheld);
	});
});

describe('cells that would give a small one away', () => {
	test('one small cell takes the next smallest with it', () => {
		expect(hidden([3, 40, 12, 50])).toBe('ac');
	});

	test('two small cells that hold fewer than k together take a third', () => {
		expect(hidden([1, 2, 30, 9])).toBe('abd');
		expect(hidden([4, 3, 30, 9])).toBe('ab');
	});

	test('two small cells with as many as small cells can have would be known, so they take a third', () => {
		expect(hidden([4, 4, 30, 9])).toBe('abd');
	});

	test('equals are withheld together, for an order among them would tell which is which', () => {
		expect(hidden([3, 9, 9, 30])).toBe('abc');
	});

	test('empty cells alone take nobody with them', () => {
		expect(hidden([0, 0, 12, 50])).toBe('ab');
	});

	test('the only cell with answers, too small to show, closes the total as well', () => {
		const alone = column(7, 0);
		expect(totalGivesAway(alone, withhold(alone, 10), 10)).toBe(true);
		expect(totalGivesAway(column(4, 40), withhold(column(4, 40), K), K)).toBe(false);
		expect(totalGivesAway(column(40, 50), new Set(), K)).toBe(false);
	});

	test('a column beside it withholds the same cells where it can', () => {
		expect([...withhold(column(2, 6, 20, 30), K, new Set(['a', 'c']))].sort().join('')).toBe('ac');
	});

	test('subtracting what is shown from the total never leaves one to k − 1 people', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(25), { maxLength: 12 }), fc.constantFrom(5, 10), (sizes, k) => {
				const cells = sizes.map((n, key) => ({ n, key }));
				const secret = withhold(cells, k);
				expect(cells.filter(({ n, key }) => n < k && !secret.has(key))).toEqual([]);
				if (totalGivesAway(cells, secret, k)) return;
				const inside = cells.filter(({ key, n }) => secret.has(key) && n > 0);
				const rest = inside.reduce((sum, { n }) => sum + n, 0);
				expect(rest > 0 && rest < k).toBe(false);
				expect(inside.length).not.toBe(1);
			})
		);
	});

	test.each([
		[3, [9, 9]],
		[3, [8, 8, 8]],
		[3, [6, 6, 6, 6]],
		[5, [13, 13, 13]]
	])(
		'who knows k = %i, the rule, the total and every shown cell cannot tell a small cell: all columns up to %j',
		(k, sizes) => {
			for (const [seen, columns] of Map.groupBy(allColumns(sizes), (n) => look(n, k))) {
				for (const index of sizes.keys()) {
					const possible = new Set(columns.map((n) => n[index]));
					const only = possible.size === 1 ? (columns[0]?.[index] ?? 0) : 0;
					if (only > 0 && only < k) expect.fail(`${seen} tells that cell ${index} is ${only}`);
				}
			}
		}
	);
});

function allColumns(sizes: readonly number[]): number[][] {
	return sizes.reduce<number[][]>(
		(columns, size) => columns.flatMap((n) => Array.from({ length: size + 1 }, (_, each) => [...n, each])),
		[[]]
	);
}

/** Everything a reader sees of a column. A total too small to show shows nothing. */
function look(n: readonly number[], k: number): string {
	const cells = n.map((each, key) => ({ key, n: each }));
	const secret = withhold(cells, k);
	const total = n.reduce((sum, each) => sum + each, 0);
	const closed = total < k || totalGivesAway(cells, secret, k);
	return [closed ? '?' : total, ...cells.map(({ key, n: each }) => (secret.has(key) ? '?' : each))].join(' ');
}

describe('blocks', () => {
	const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}`;
	const pending = (...people: number[]): DayDelta[] =>
		people.map((each, index) => ({ day: day(index + 1), people: each }));

	test('ten where an officer is named, else five', () => {
		expect([blockSize(true), blockSize(false)]).toEqual([10, 5]);
	});

	test('days are gathered until five people moved, on the day that fills the block', () => {
		expect(splitIntoBlocks(pending(3, 1, 1, 3), 5)).toEqual([{ day: day(3), days: [day(1), day(2), day(3)] }]);
	});

	test('people taken away move as much as people who come', () => {
		expect(splitIntoBlocks(pending(-3, -2), 5)).toEqual([{ day: day(2), days: [day(1), day(2)] }]);
	});

	test('a correction that takes away what was waiting, or changes only answers, does not fill a block', () => {
		expect(splitIntoBlocks(pending(3, -3, 0, 4), 5)).toEqual([]);
	});

	test('four taken away and four who came are no block of eight', () => {
		expect(splitIntoBlocks(pending(-4, 4, 4, 1), 5)).toEqual([{ day: day(4), days: [day(1), day(2), day(3), day(4)] }]);
	});

	test('every block moves at least k people, no day is lost or doubled, and what stays pending is less than k', () => {
		const people = fc.array(fc.integer({ min: -4, max: 6 }), { maxLength: 28 });
		const sum = (days: readonly DayDelta[]) => days.reduce((all, each) => all + each.people, 0);
		fc.assert(
			fc.property(people, fc.constantFrom(5, 10), (moved, k) => {
				const days = pending(...moved);
				const blocks = splitIntoBlocks(days, k);
				for (const block of blocks) {
					const inside = days.filter((each) => block.days.includes(each.day));
					expect(Math.abs(sum(inside))).toBeGreaterThanOrEqual(k);
					expect(block.day).toBe(block.days.at(-1));
				}
				const taken = blocks.flatMap((block) => block.days);
				expect(taken).toEqual(days.slice(0, taken.length).map((each) => each.day));
				expect(Math.abs(sum(days.slice(taken.length)))).toBeLessThan(k);
			})
		);
	});

	test('looking at the days one by one or all at once releases the same blocks', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 20 }), (people) => {
				const days = pending(...people);
				const steadily = [];
				let waiting: DayDelta[] = [];
				for (const each of days) {
					waiting.push(each);
					const blocks = splitIntoBlocks(waiting, 5);
					steadily.push(...blocks);
					if (blocks.length > 0) waiting = [];
				}
				expect(steadily).toEqual(splitIntoBlocks(days, 5));
			})
		);
	});
});
