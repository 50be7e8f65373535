import type { Hundredths } from '../shared/number.ts';
import type { LocalText } from '../survey/criterion.ts';
import type { Interval } from './interval.ts';

/** Whether a target was met. The interval decides, not the point: 27 of 30 is 90 % and may be 74 % or 97 %. */
export const VERDICTS = ['met', 'not-met', 'not-enough'] as const;
export type Verdict = (typeof VERDICTS)[number];

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

/** `n` respondents; target and interval in hundredths of a percent. */
export function verdict(interval: Interval | null, n: number, target: Hundredths): Verdict {
	if (interval === null || n === 0) return 'not-enough';
	if (interval.low >= target) return 'met';
	return interval.high < target ? 'not-met' : 'not-enough';
}

export function advisory(n: number): boolean {
	return n < RANKED_FROM;
}
