/** How clearly two kinds of waiting differ: z of Mann and Whitney's test, and the medians' distance in milliseconds. */
export function compareTimes(first: readonly number[], second: readonly number[]): { z: number; apartMs: number } {
	const all = [...first.map((ms) => ({ ms, own: 1 })), ...second.map((ms) => ({ ms, own: 0 }))];
	all.sort((a, b) => a.ms - b.ms);
	const ranks = all.reduce((sum, { own }, i) => sum + own * (i + 1), 0);
	const [n, m] = [first.length, second.length];
	const u = ranks - (n * (n + 1)) / 2;
	const z = (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
	return { z, apartMs: Math.abs(median(first) - median(second)) };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
