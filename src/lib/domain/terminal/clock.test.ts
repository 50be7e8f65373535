import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trustedInstant } from './clock.ts';

const NOON = Date.parse('2026-11-23T12:00:00+07:00');
const MINUTE = 60_000;
const DAY = 86_400_000;

test('a sheet answered thirty days ago without a network keeps its own instant', () => {
	expect(trustedInstant(NOON - 30 * DAY, NOON)).toEqual({ at: NOON - 30 * DAY, flag: null });
});

test('a clock a little ahead is believed, a clock in the future is not', () => {
	expect(trustedInstant(NOON + 2 * MINUTE, NOON)).toEqual({ at: NOON + 2 * MINUTE, flag: null });
	expect(trustedInstant(NOON + 2 * MINUTE + 1, NOON)).toEqual({ at: NOON, flag: 'clock-future' });
});

test('a clock that was reset, or cannot be read, counts on the day of arrival and is flagged', () => {
	expect(trustedInstant(0, NOON)).toEqual({ at: NOON, flag: 'clock-past' });
	expect(trustedInstant(NOON - 60 * DAY - 1, NOON)).toEqual({ at: NOON, flag: 'clock-past' });
	expect(trustedInstant(NaN, NOON)).toEqual({ at: NOON, flag: 'clock-past' });
	expect(trustedInstant(-Infinity, NOON).flag).toBe('clock-past');
	expect(trustedInstant(Infinity, NOON).flag).toBe('clock-future');
});

test('whatever a device says, a sheet counts within sixty days before and two minutes after its arrival', () => {
	fc.assert(
		fc.property(fc.double(), (word) => {
			const { at } = trustedInstant(word, NOON);
			expect(at >= NOON - 60 * DAY && at <= NOON + 2 * MINUTE).toBe(true);
		})
	);
});
