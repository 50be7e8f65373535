/** Anything about fewer people than this is withheld. */
export const K = 5;
/** The same for anything about one officer. */
export const K_OFFICER = 10;

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

/** Sheets enough to move one number of a cell: 10 where an officer is named, else 5. */
export function blockSize(officerKnown: boolean): number {
	return officerKnown ? K_OFFICER : K;
}

/** The change of one cell on one local day, n1..n5 and not-applicable; negative where sheets were excluded or re-attributed. */
export interface DayDelta {
	day: string;
	delta: readonly number[];
}

/** A change big enough to be shown: of the day it was closed on, taking in every change of `days`. */
export interface Block {
	day: string;
	delta: number[];
	days: string[];
}

/**
 * Pending changes, in day order, gathered into blocks in which at least k sheets move (Σ|delta| of the sum). A block closes on
 * the day that fills it; what is left after the last one stays pending, and the caller keeps it.
 */
export function splitIntoBlocks(pending: readonly DayDelta[], k: number): Block[] {
	const blocks: Block[] = [];
	let open: Block | undefined;
	for (const { day, delta } of pending) {
		const before: Block = open ?? { day, delta: delta.map(() => 0), days: [] };
		const sum = delta.map((each, index) => each + (before.delta[index] ?? 0));
		open = { day, delta: sum, days: [...before.days, day] };
		if (moved(sum) < k) continue;
		blocks.push(open);
		open = undefined;
	}
	return blocks;
}

function moved(delta: readonly number[]): number {
	return delta.reduce((sum, each) => sum + Math.abs(each), 0);
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
