import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readChoice } from './choice.ts';
import { ballotsIn, shares, tallyOf, turnoutOf, type CountedChoice } from './tally.ts';

const SINGLE = { kind: 'single' as const, options: ['A', 'B', 'C'], most: 1, items: 0 };
const MULTIPLE = { ...SINGLE, kind: 'multiple' as const, most: 2 };
const SCALE = { ...SINGLE, kind: 'scale' as const, options: [] };
const SHEET = { ...SINGLE, kind: 'questionnaire' as const, options: [], items: 2 };

const of = (choice: string, ballots = 1, change: Partial<CountedChoice> = {}): CountedChoice => ({
	channel: 'live-hall',
	hall: 0,
	choice,
	ballots,
	...change
});

describe('what a ballot may say', () => {
	test('only what its round offers', () => {
		expect(
			['0', '2', '3', '', '0,1', '9', 'x', '-1', '1.0', ' 1', '١'].map((text) => readChoice(SINGLE, text))
		).toEqual(['0', '2', null, '', null, null, null, null, null, null, null]);
		expect(['2,0', '0,0', '0,1,2', '0,3', ','].map((text) => readChoice(MULTIPLE, text))).toEqual([
			'0,2',
			'0',
			null,
			null,
			null
		]);
		expect(['1', '5', '0', '6', '55'].map((text) => readChoice(SCALE, text))).toEqual(['1', '5', null, null, null]);
		expect(['45', '0-', '--', '4', '456', '4x'].map((text) => readChoice(SHEET, text))).toEqual([
			'45',
			'0-',
			'',
			null,
			null,
			null
		]);
	});
});

describe('the count', () => {
	test('hall, stream and paper are counted by themselves and together, blank and spoiled apart', () => {
		const tally = tallyOf(
			SINGLE,
			[
				of('0', 3),
				of('1', 2, { channel: 'live-stream' }),
				of('0', 4, { channel: 'live-paper' }),
				of('', 1),
				of('x', 2, { channel: 'live-paper' }),
				of('2', 5, { hall: 1 })
			],
			2
		);
		expect(tally.total).toEqual({ votes: [7, 2, 5], valid: 14, blank: 1, spoiled: 2 });
		expect(turnoutOf(tally)).toEqual({ 'live-hall': 9, 'live-stream': 2, 'live-paper': 6 });
		expect(tally.byHall).toEqual([4, 5]);
	});

	test('of several choices each counts, of a sheet each item', () => {
		expect(tallyOf(MULTIPLE, [of('0,2', 2), of('2')], 1).total).toMatchObject({ votes: [2, 0, 3], valid: 3 });
		expect(tallyOf(SHEET, [of('50', 2), of('-1')], 1).total).toMatchObject({
			votes: [0, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 2],
			valid: 3
		});
	});

	test('nobody, everybody blank, and a ballot that its round does not have', () => {
		expect(tallyOf(SCALE, [], 1).total).toEqual({ votes: [0, 0, 0, 0, 0], valid: 0, blank: 0, spoiled: 0 });
		expect(ballotsIn(tallyOf(SCALE, [of('', 9)], 1).total)).toBe(9);
		expect(() => tallyOf(SINGLE, [of('3')], 1)).toThrow(RangeError);
	});
});

describe('percentages', () => {
	test('none, one, a tie, all for one', () => {
		expect(shares([0, 0])).toEqual([0, 0]);
		expect(shares([1, 0])).toEqual([100, 0]);
		expect(shares([1, 1, 1])).toEqual([34, 33, 33]);
		expect(shares([0, 7])).toEqual([0, 100]);
		expect(shares([2, 3], 3)).toEqual([67, 100]);
	});

	test('sum to 100 whatever the votes are, and are never more than one from the exact share', () => {
		const votes = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(votes, (votes) => {
				const sum = votes.reduce((a, b) => a + b, 0);
				fc.pre(sum > 0);
				const whole = shares(votes);
				expect(whole.reduce((a, b) => a + b, 0)).toBe(100);
				whole.forEach((share, i) => expect(Math.abs(share - (100 * votes[i]!) / sum)).toBeLessThan(1));
			})
		);
	});
});
