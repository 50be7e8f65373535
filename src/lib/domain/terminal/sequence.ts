/** Running numbers as sorted closed ranges that neither touch nor overlap: [[1, 4], [7, 7]] is 1 2 3 4 7. */
export type Ranges = [first: number, last: number][];

/** The ranges with one number, or a list of them, added; what was there already changes nothing. */
export function addToRanges(ranges: Readonly<Ranges>, numbers: number | readonly number[]): Ranges {
	const added = (typeof numbers === 'number' ? [numbers] : numbers).map((n): [number, number] => [n, n]);
	const sorted = [...ranges, ...added].sort((a, b) => a[0] - b[0]);
	const merged: Ranges = [];
	for (const [first, last] of sorted) {
		const before = merged.at(-1);
		if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
		else merged.push([first, last]);
	}
	return merged;
}

export function isReceived(ranges: Readonly<Ranges>, n: number): boolean {
	return ranges.some(([first, last]) => first <= n && n <= last);
}

/** How many numbers have come. */
export function received(ranges: Readonly<Ranges>): number {
	return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** How many of 1..made have not come. */
export function missing(ranges: Readonly<Ranges>, made: number): number {
	return received(gaps(ranges, made));
}

/** Which of 1..made have not come. */
export function gaps(ranges: Readonly<Ranges>, made: number): Ranges {
	const found: Ranges = [];
	let next = 1;
	for (const [first, last] of ranges) {
		const end = Math.min(first - 1, made);
		if (next <= end) found.push([next, end]);
		next = Math.max(next, last + 1);
	}
	if (next <= made) found.push([next, made]);
	return found;
}
