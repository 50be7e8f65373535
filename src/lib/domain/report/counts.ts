/** How often each answer was given to one item: n1..n5, and how often it did not apply. Integers, never negative. */
export interface ItemCounts {
	itemId: string;
	n: [n1: number, n2: number, n3: number, n4: number, n5: number];
	notApplicable: number;
}

export function emptyCounts(itemId: string): ItemCounts {
	return { itemId, n: [0, 0, 0, 0, 0], notApplicable: 0 };
}

/** The counts with one more answer: 1..5, or null for "not applicable". */
export function addAnswer(counts: ItemCounts, value: number | null): ItemCounts {
	if (value === null) return { ...counts, notApplicable: counts.notApplicable + 1 };
	if (![1, 2, 3, 4, 5].includes(value)) throw new RangeError(`Not an answer: ${value}`);
	const n: ItemCounts['n'] = [...counts.n];
	n[(value - 1) as 0 | 1 | 2 | 3 | 4] += 1;
	return { ...counts, n };
}

/** The sum of two counts of one item. */
export function mergeCounts(a: ItemCounts, b: ItemCounts): ItemCounts {
	const n: ItemCounts['n'] = [a.n[0] + b.n[0], a.n[1] + b.n[1], a.n[2] + b.n[2], a.n[3] + b.n[3], a.n[4] + b.n[4]];
	return { itemId: a.itemId, n, notApplicable: a.notApplicable + b.notApplicable };
}

/** One entry per item, in the order the items first appear. */
export function mergeByItem(counts: Iterable<ItemCounts>): ItemCounts[] {
	const merged = new Map<string, ItemCounts>();
	for (const each of counts) {
		const before = merged.get(each.itemId);
		merged.set(each.itemId, before ? mergeCounts(before, each) : each);
	}
	return [...merged.values()];
}

/** Answers 1..5; "not applicable" is no answer. */
export function answered(counts: ItemCounts): number {
	return counts.n.reduce((sum, each) => sum + each, 0);
}

/** Answers 4 and 5. */
export function satisfied(counts: ItemCounts): number {
	return counts.n[3] + counts.n[4];
}

/** The sum of the answers' values: 5·n5 + 4·n4 + … */
export function points(counts: ItemCounts): number {
	return counts.n.reduce((sum, each, index) => sum + each * (index + 1), 0);
}

/**
 * How many people answered at least one of these items, as far as counts can tell: the most answered item. One citizen's
 * answers to several items of a criterion are one opinion, so they are not added up.
 */
export function respondents(counts: readonly ItemCounts[]): number {
	return Math.max(0, ...counts.map(answered));
}
