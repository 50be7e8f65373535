import type { BallotChannel, DialogueState, Level } from './dialogue.ts';
import type { RoundPhase } from './round.ts';
import type { Count, Tally } from './tally.ts';

/** What still stands in the way of closing a dialogue; each has a sentence on the page that closes. */
export type StandingReason =
	| 'already-closed'
	| 'not-ended'
	| 'round-open'
	| 'recount-differs'
	| 'secret-lost'
	| 'batches-open'
	| 'halls-out'
	| 'hall-copy';

export interface Standing {
	reason: StandingReason;
	/** Which round, batch or hall, as people know it; '' where the reason says it all. */
	about: string;
}

/** What a final round keeps of hall and stream. */
export interface FrozenResult {
	tally: Tally;
	/** SHA-256 over its ballots of hall and stream. */
	hash: string;
	finalAt: number;
}

/** How surely the ballots of a channel are one person's each, by ballots. */
export type LevelCounts = Record<BallotChannel, Partial<Record<Level, number>>>;

/** What the closing keeps of a round: every channel, recounted. */
export interface RoundOutcome {
	tally: Tally;
	levels: LevelCounts;
	suspects: Record<BallotChannel, number>;
	/** SHA-256 over all its ballots in the order of their receipts. */
	hash: string;
	/** SHA-256 over the list of receipts that everybody may read. */
	receiptsHash: string;
}

/** What of a dialogue went into the index: sheets of one questionnaire version and channel. */
export interface SheetsMade {
	versionId: string;
	channel: BallotChannel;
	sheets: number;
	/** Of them from ballots that came in a burst. */
	flagged: number;
}

export interface DialogueOutcome {
	sheets: SheetsMade[];
}

/** What the state of a dialogue and its rounds alone says against a closing; the ballots are looked at by the caller. */
export function standingOf(
	state: DialogueState,
	agenda: readonly { phase: RoundPhase; text: string }[]
): Standing | null {
	if (state === 'closed') return { reason: 'already-closed', about: '' };
	const running = agenda.find(({ phase }) => phase === 'open' || phase === 'closing');
	if (running) return { reason: 'round-open', about: running.text };
	return state === 'counting' ? null : { reason: 'not-ended', about: '' };
}

/** Whether the ballots of hall and stream still say what was frozen when the round became final. */
export function agreesWith(frozen: FrozenResult, recounted: Pick<FrozenResult, 'tally' | 'hash'>): boolean {
	const same = (channel: BallotChannel) =>
		sameCount(frozen.tally.byChannel[channel], recounted.tally.byChannel[channel]);
	return frozen.hash === recounted.hash && same('live-hall') && same('live-stream');
}

const sameCount = (a: Count, b: Count) =>
	a.valid === b.valid && a.blank === b.blank && a.spoiled === b.spoiled && a.votes.join() === b.votes.join();

/** Which rounds another one stands in for, by id: only a correction that became final does. */
export function correctedRounds(
	agenda: readonly { id: string; corrects: string | null; phase: RoundPhase }[]
): Map<string, string> {
	return new Map(
		agenda.flatMap(({ id, corrects, phase }) => (corrects !== null && phase === 'final' ? [[corrects, id]] : []))
	);
}
