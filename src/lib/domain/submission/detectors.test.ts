import { describe, expect, test } from 'vitest';
import { ATTACKS, falseAlarmsOf, MOST_FALSE_IN_1000, recallOf, shareOf, UNSEEN } from './detectors.fixture.ts';

const SEED = 7;
const DAYS = 60;

describe('of an attack enough is doubted', () => {
	test.each(Object.entries(ATTACKS))('%s', (_, { attack, least }) => {
		expect(shareOf(recallOf(attack, SEED, DAYS))).toBeGreaterThanOrEqual(least);
	});
});

test('of honest days little is doubted', () => {
	const { sheets, posters, months, days } = falseAlarmsOf(SEED, 8 * DAYS);
	expect(1000 * shareOf(sheets)).toBeLessThanOrEqual(MOST_FALSE_IN_1000.sheets);
	expect(1000 * shareOf(posters)).toBeLessThanOrEqual(MOST_FALSE_IN_1000.posters);
	expect(1000 * shareOf(months)).toBeLessThanOrEqual(MOST_FALSE_IN_1000.months);
	expect(1000 * shareOf(days)).toBeLessThanOrEqual(MOST_FALSE_IN_1000.days);
});

describe('what is said to be unseen is unseen: who adds a detector gives its attack a limit', () => {
	test.each(Object.entries(UNSEEN))('%s', (_, { attack }) => {
		expect(shareOf(recallOf(attack, SEED, DAYS))).toBeLessThan(0.2);
	});
});
