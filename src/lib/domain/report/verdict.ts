import type { Hundredths } from '../shared/number.ts';
import type { LocalText } from '../survey/criterion.ts';
import type { Interval } from './interval.ts';

/** Whether a target was met. The interval decides, not the point: 27 of 30 is 90 % and may be 74 % or 97 %. */
export type Verdict = 'met' | 'not-met' | 'not-enough';

export const VERDICT_WORDS: Record<Verdict, LocalText> = {
	met: { vi: 'đạt', en: 'met' },
	'not-met': { vi: 'chưa đạt', en: 'not met' },
	'not-enough': { vi: 'chưa đủ dữ liệu', en: 'not enough data' }
};

/** Fewer respondents than this are for reference only and are never ranked. */
export const RANKED_FROM = 30;
export const ADVISORY_WORDS: LocalText = { vi: 'chỉ tham khảo', en: 'for reference only' };

/** SIPAS target of the plan, where nobody set another. */
export const DEFAULT_TARGET: Hundredths = 9000;

const Z_SQUARED_95 = 1.959963984540054 ** 2;

/** `n` respondents; target and interval in hundredths of a percent. */
export function verdict(interval: Interval | null, n: number, target: Hundredths): Verdict {
	if (interval === null || n === 0) return 'not-enough';
	if (interval.low >= target) return 'met';
	return interval.high < target ? 'not-met' : 'not-enough';
}

export function advisory(n: number): boolean {
	return n < RANKED_FROM;
}

/**
 * How many people to ask out of N transactions for a margin of error e (0..1): N / (1 + N·e²), rounded up. The formula of the
 * first SIPAS scheme (decision 1383/QĐ-BNV); e is read to six decimals so that the arithmetic is exact.
 */
export function sampleSize(transactions: number, error: number): number {
	const size = BigInt(transactions);
	const unit = 10n ** 12n;
	const denominator = unit + size * BigInt(Math.round(error * 1e6)) ** 2n;
	return Number((size * unit + denominator - 1n) / denominator);
}

/**
 * How many respondents a share like this one needs before its Wilson interval clears the target, above or below; null when it
 * sits on the target, where no number is enough. Both in hundredths of a percent.
 */
export function sampleToClear(target: Hundredths, share: Hundredths): number | null {
	const limit = share < target ? target - 1 : target;
	if (share === limit) return null;
	const bound = limit / 10_000;
	const distance = (share - limit) / 10_000;
	return Math.max(1, Math.ceil((Z_SQUARED_95 * bound * (1 - bound)) / distance ** 2));
}
