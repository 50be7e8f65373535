import type { Choices } from './keying.ts';

/** A batch of paper is keyed by one person, then by another who sees nothing of it; a third settles where they differ. */
export const TURNS = [1, 2] as const;
export type Turn = (typeof TURNS)[number];

export const BATCH_STATES = ['open', 'once', 'mismatched', 'resolved', 'closed'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

export interface Keyed {
	serial: number;
	choices: Choices;
}

/** What a third person said about a serial of which the keyings differ. */
export interface Decision {
	serial: number;
	/** What the keyings said then; where they say something else by now it does not hold. */
	seen: string;
	/** null: there is no such ballot. */
	choices: Choices | null;
}

export interface Mismatch {
	serial: number;
	/** null: not in this keying. */
	first: Choices | null;
	second: Choices | null;
	seen: string;
	decision: Decision | null;
}

export interface Comparison {
	/** Ballots that stand: keyed alike, or settled. */
	agreed: Keyed[];
	mismatches: Mismatch[];
	/** Of them, those nobody has settled. */
	open: number;
}

const textOf = (choices: Choices | null, order: readonly string[]) =>
	choices === null ? '-' : order.map((id) => choices[id] ?? '').join(';');

/** Two keyings of one batch, serial by serial. `order`: the questions' ids. */
export function compareKeyings(
	first: readonly Keyed[],
	second: readonly Keyed[],
	decisions: readonly Decision[],
	order: readonly string[]
): Comparison {
	const [one, two] = [bySerial(first), bySerial(second)];
	const settled = new Map(decisions.map((decision) => [decision.serial, decision]));
	const comparison: Comparison = { agreed: [], mismatches: [], open: 0 };
	const serials = [...new Set([...one.keys(), ...two.keys()])].sort((a, b) => a - b);
	for (const serial of serials) {
		const [left, right] = [one.get(serial) ?? null, two.get(serial) ?? null];
		const [leftText, rightText] = [textOf(left, order), textOf(right, order)];
		if (leftText === rightText) {
			comparison.agreed.push({ serial, choices: left! });
			continue;
		}
		const seen = `${leftText}|${rightText}`;
		const said = settled.get(serial);
		const decision = said?.seen === seen ? said : null;
		comparison.mismatches.push({ serial, first: left, second: right, seen, decision });
		if (!decision) comparison.open++;
		else if (decision.choices) comparison.agreed.push({ serial, choices: decision.choices });
	}
	return comparison;
}

const bySerial = (keyed: readonly Keyed[]) => new Map(keyed.map(({ serial, choices }) => [serial, choices]));

export function batchState(closedAt: number | null, finished: readonly Turn[], openMismatches: number): BatchState {
	if (closedAt !== null) return 'closed';
	if (finished.length === 0) return 'open';
	if (finished.length === 1) return 'once';
	return openMismatches > 0 ? 'mismatched' : 'resolved';
}

/** Sheets that were counted by hand, less those put aside and those that stand: 0, or the batch does not add up. */
export const missingSheets = (batch: { counted: number; aside: number }, standing: number) =>
	batch.counted - batch.aside - standing;
