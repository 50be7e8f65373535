import type { LocalText } from '../survey/criterion.ts';

/** Anything about fewer people than this is withheld. */
export const K = 5;
/** The same for anything about one officer. */
export const K_OFFICER = 10;

/** How many sheets a person's decision concerned; of fewer than k not how many, or parts could be asked about one by one. */
export function sheetsTold(n: number): LocalText {
	return n < K ? { vi: `dưới ${K} phiếu`, en: `fewer than ${K} sheets` } : { vi: `${n} phiếu`, en: `${n} sheets` };
}

/** One cell of a column whose total is shown: n respondents. */
export interface SecretCell<Key> {
	key: Key;
	n: number;
}

/**
 * The cells of a column that must not be shown. First every cell with fewer than k respondents, empty ones too. Then, since the
 * total stands below, more cells until subtracting the shown ones from it gives either nothing or at least k people of at least
 * two cells. Cells in `preferred` (withheld already in a neighbouring column) go first, so that two columns of the same sheets
 * do not open each other; then the smallest, together with its equals, since an order among equals would tell them apart.
 * Knowing this rule does not help either, as long as one k holds for the column: secrecy.test.ts tries every small column.
 */
export function withhold<Key>(
	cells: readonly SecretCell<Key>[],
	k: number,
	preferred: ReadonlySet<Key> = new Set()
): Set<Key> {
	const hidden = cells.filter(({ n }) => n < k);
	const spare = cells
		.filter((cell) => !hidden.includes(cell))
		.sort((a, b) => Number(preferred.has(b.key)) - Number(preferred.has(a.key)) || a.n - b.n);
	while (givesAway(hidden, k)) {
		const next = spare.shift();
		if (next === undefined) break;
		hidden.push(next);
		while (spare[0]?.n === next.n) hidden.push(...spare.splice(0, 1));
	}
	return new Set(hidden.map(({ key }) => key));
}

/** Whether the column's total must be withheld as well: nothing is left to hide behind, so it would open a withheld cell. */
export function totalGivesAway<Key>(cells: readonly SecretCell<Key>[], hidden: ReadonlySet<Key>, k: number): boolean {
	return givesAway(
		cells.filter(({ key }) => hidden.has(key)),
		k
	);
}

/** People enough to move one number of a cell: 10 where an officer is named, else 5. */
export function blockSize(officerKnown: boolean): number {
	return officerKnown ? K_OFFICER : K;
}

/** How many more people one local day counts in a cell than were released; negative where sheets were excluded or re-attributed. */
export interface DayDelta {
	day: string;
	people: number;
}

/** A change big enough to be shown: of the day it was closed on, taking in every change of `days`. */
export interface Block {
	day: string;
	days: string[];
}

/**
 * Pending changes, in day order, gathered into blocks that move the number of people by at least k. What only changes answers, or
 * takes out as many as it brings, fills nothing and goes with the next block: else a corrected sheet would count twice and a block
 * of ten could be nine citizens. A block closes on the day that fills it; what is left after the last one stays pending, and the
 * caller keeps it.
 */
export function splitIntoBlocks(pending: readonly DayDelta[], k: number): Block[] {
	const blocks: Block[] = [];
	let days: string[] = [];
	let people = 0;
	for (const each of pending) {
		days.push(each.day);
		people += each.people;
		if (Math.abs(people) < k) continue;
		blocks.push({ day: each.day, days });
		[days, people] = [[], 0];
	}
	return blocks;
}

/**
 * Whether the sum of the withheld cells, which total minus shown tells, tells a small cell: the sum is itself small (so also
 * where one cell is alone), or is the largest that small cells can have.
 */
function givesAway(hidden: readonly SecretCell<unknown>[], k: number): boolean {
	const people = hidden.reduce((sum, { n }) => sum + n, 0);
	if (people === 0) return false;
	return people < k || hidden.every(({ n }) => n === k - 1);
}
