import type { Hundredths } from '../shared/number.ts';
import { wilson } from './interval.ts';

/** The margin of error that a plan aims at, 5 %. */
const MARGIN = 0.05;

/**
 * How many of N people served should answer: n = N / (1 + N·e²), rounded up (T. Yamane, "Statistics: an introductory analysis", 1967; used
 * for SIPAS with e = 5 %, so that 10 300 need 386).
 */
export function sampleSize(served: number, margin = MARGIN): number {
	if (!(served > 0)) return 0;
	return Math.ceil(served / (1 + served * margin ** 2) - 1e-9);
}

/** The most it can ask for, however many are served: 1 / e². */
export const LARGEST_SAMPLE = Math.round(1 / MARGIN ** 2);

const MOST = 1_000_000;

/**
 * How many answers it takes until a share that stays what it is can be told from the target: the smallest n at which Wilson's 95 %
 * interval lies on one side of it. null where a million would not do. Hundredths of a percent.
 */
export function answersToTell(value: Hundredths, target: Hundredths): number | null {
	if (value === target) return null;
	const tells = (n: number) => {
		const { low, high } = wilson((value / 10_000) * n, n);
		return value > target ? low * 10_000 >= target : high * 10_000 < target;
	};
	if (!tells(MOST)) return null;
	let [short, enough] = [0, MOST];
	while (enough - short > 1) {
		const middle = Math.floor((short + enough) / 2);
		if (tells(middle)) enough = middle;
		else short = middle;
	}
	return enough;
}
