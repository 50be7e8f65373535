import { expect, test } from 'vitest';
import { seeCode, showCode, undoDelay, type DelayMeasure } from './stream-delay.ts';

type Delay = { streamDelayMs: number; delayMeasure: DelayMeasure | null };
const NOTHING: Delay = { streamDelayMs: 4_000, delayMeasure: null };

/** One try after the other, each of so many milliseconds. */
function tried(delay: Delay, ...times: number[]): Delay {
	for (const [i, took] of times.entries()) {
		const seen = seeCode(showCode(delay, String(10 + i), 1_000_000), 1_000_000 + took);
		if (!seen.ok) throw new Error(seen.reason);
		delay = seen.value;
	}
	return delay;
}

test('the delay is the median of the tries: one slow finger does no harm', () => {
	expect(tried(NOTHING, 18_000).streamDelayMs).toBe(18_000);
	expect(tried(NOTHING, 18_000, 18_400).streamDelayMs).toBe(18_200);
	expect(tried(NOTHING, 18_000, 60_000, 18_460).streamDelayMs).toBe(18_500);
	expect(tried(NOTHING, ...Array<number>(9).fill(90_000), ...Array<number>(5).fill(20_000)).streamDelayMs).toBe(20_000);
});

test('a try that no stream explains is refused, and so is one without a number on the overlay', () => {
	const shown = showCode(NOTHING, '42', 1_000);
	expect(shown.delayMeasure!.code).toEqual({ text: '42', shownAt: 1_000 });
	expect(seeCode(shown, 1_100)).toEqual({ ok: false, reason: 'number-wrong' });
	expect(seeCode(shown, 900)).toEqual({ ok: false, reason: 'number-wrong' });
	expect(seeCode(shown, 1_000 + 120_001)).toEqual({ ok: false, reason: 'number-wrong' });
	expect(seeCode(shown, 1_000 + 120_000)).toMatchObject({ ok: true, value: { streamDelayMs: 120_000 } });
	expect(seeCode(tried(NOTHING, 18_000), 1_000)).toEqual({ ok: false, reason: 'nothing-shown' });
});

test('a try is taken back, and with the last one what stood before', () => {
	const twice = tried(NOTHING, 18_000, 30_000);
	expect(undoDelay(twice).streamDelayMs).toBe(18_000);
	expect(undoDelay(undoDelay(twice))).toEqual(NOTHING);
	expect(undoDelay(NOTHING)).toEqual(NOTHING);
	// A number that is still shown is taken down first; what was measured stays.
	expect(undoDelay(showCode(twice, '77', 5))).toEqual(twice);
	expect(undoDelay(showCode(NOTHING, '77', 5))).toEqual(NOTHING);
});
