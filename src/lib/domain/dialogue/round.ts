import type { Criterion } from '../survey/criterion.ts';
import type { BallotChannel, OnlineChannel } from './dialogue.ts';

/** One thing that is voted on. `questionnaire`: all items of a version, answered on one sheet. */
export const ROUND_KINDS = ['single', 'multiple', 'scale', 'questionnaire'] as const;
export type RoundKind = (typeof ROUND_KINDS)[number];

/** `closing`: the close was said; what is still on its way is let in for the grace of its channel, and nobody sees a number. */
export const ROUND_PHASES = ['ready', 'open', 'closing', 'final'] as const;
export type RoundPhase = (typeof ROUND_PHASES)[number];

/** What a round asks, as its agenda has it. */
export interface RoundContent {
	kind: RoundKind;
	text: string;
	/** Of `single` and `multiple`: two to eight. */
	options: readonly string[];
	/** Of `multiple`: how many one ballot may choose. */
	most: number;
	/** Of `scale`: which of the five criteria its answers count in, or none. */
	criterion: Criterion | null;
	/** Of `questionnaire`: how many items its version has. */
	items: number;
}

/** A round as it runs. Instants are the server's, milliseconds. */
export interface RoundClock {
	phase: RoundPhase;
	openedAt: number | null;
	/** When the hall closes, once the close was said. */
	closesAt: number | null;
	/** When the stream closes: as much later as the stream is late, so that everybody had the same time. */
	streamClosesAt: number | null;
}

/** What a vote that was sent in time may need to arrive (reference/live.md 4, line 30). */
export const GRACE_MS = 3_000;

/** Until when a vote of this channel is let in; null while nobody has said the close. */
export function lastMoment({ closesAt, streamClosesAt }: RoundClock, channel: OnlineChannel): number | null {
	const end = channel === 'live-hall' ? closesAt : streamClosesAt;
	return end === null ? null : end + GRACE_MS;
}

/** When a round that is closing can become final: when no channel can bring a vote any more. */
export function finalAt(clock: RoundClock): number | null {
	if (clock.phase !== 'closing') return null;
	return Math.max(lastMoment(clock, 'live-hall')!, lastMoment(clock, 'live-stream')!) + 1;
}

/** Whether a vote that arrived at `at` counts. The phase decides too: what is final stays as it is, however late a commit was. */
export function isOpenFor(clock: RoundClock, channel: BallotChannel, at: number): boolean {
	if (channel === 'live-paper') return false;
	if (clock.phase === 'open') return true;
	return clock.phase === 'closing' && at <= lastMoment(clock, channel)!;
}
