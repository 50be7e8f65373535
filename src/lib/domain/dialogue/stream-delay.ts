import type { Outcome } from '../shared/outcome.ts';
import { LONGEST_STREAM_DELAY_MS } from './dialogue.ts';

/**
 * How late the stream is, measured: a number is put on the overlay, and whoever sees it on a phone that watches the stream presses. What
 * lies between is the delay, and several tries make one slow finger harmless.
 */
export interface DelayMeasure {
	/** What the overlay shows now, and since when (the server's milliseconds); null: nothing. */
	code: { text: string; shownAt: number } | null;
	/** The delay that stood before the first try. */
	before: number;
	/** What each try gave, milliseconds, the newest last. */
	tries: readonly number[];
}

interface Delay {
	streamDelayMs: number;
	delayMeasure: DelayMeasure | null;
}

const MOST_TRIES = 9;
/** Nobody sees a number on a stream and presses within this: it was pressed by mistake, or on the overlay itself. */
const SHORTEST_MS = 300;
const STEP_MS = 100;

/** Puts a number on the overlay; another one each time, so that nobody takes an old picture for a new one. */
export function showCode({ streamDelayMs, delayMeasure }: Delay, text: string, now: number): Delay {
	const before = delayMeasure ?? { before: streamDelayMs, tries: [] };
	return { streamDelayMs, delayMeasure: { ...before, code: { text, shownAt: now } } };
}

/** It is seen on the stream now. The delay is the median of all tries; the number goes down. */
export function seeCode({ delayMeasure }: Delay, now: number): Outcome<Delay, 'nothing-shown' | 'number-wrong'> {
	if (!delayMeasure?.code) return { ok: false, reason: 'nothing-shown' };
	const took = now - delayMeasure.code.shownAt;
	if (took < SHORTEST_MS || took > LONGEST_STREAM_DELAY_MS) return { ok: false, reason: 'number-wrong' };
	const tries = [...delayMeasure.tries, took].slice(-MOST_TRIES);
	return {
		ok: true,
		value: { streamDelayMs: median(tries), delayMeasure: { before: delayMeasure.before, tries, code: null } }
	};
}

/** Takes the number off the overlay, or else the last try back. */
export function undoDelay(delay: Delay): Delay {
	const { delayMeasure, streamDelayMs } = delay;
	if (!delayMeasure) return delay;
	const { before, code } = delayMeasure;
	const tries = code ? delayMeasure.tries : delayMeasure.tries.slice(0, -1);
	if (tries.length === 0) return { streamDelayMs: before, delayMeasure: null };
	return { streamDelayMs: code ? streamDelayMs : median(tries), delayMeasure: { before, tries, code: null } };
}

function median(tries: readonly number[]): number {
	const sorted = [...tries].sort((a, b) => a - b);
	const [low, high] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
	return Math.round((low + high) / 2 / STEP_MS) * STEP_MS;
}
