import type { BallotChannel, DialogueState } from './dialogue.ts';
import type { DeskRound, DeskState } from './desk.ts';
import type { OverlayLayout } from './overlay.ts';
import type { RoundKind } from './round.ts';
import { shares, turnoutOf, type Count, type Tally } from './tally.ts';

/** Who reads a stream, and so how often and what: a phone in the hall or at home, the room's screen, the broadcast, the desk. */
export const VIEWER_ROLES = ['phone', 'screen', 'overlay', 'desk'] as const;
export type ViewerRole = (typeof VIEWER_ROLES)[number];

export const isViewerRole = (text: string): text is ViewerRole => (VIEWER_ROLES as readonly string[]).includes(text);

/** At most one frame in so many milliseconds (reference/live.md 4, line 8). */
export const TICK_MS: Record<ViewerRole, number> = { phone: 1000, screen: 250, overlay: 500, desk: 250 };

/** Everything that is live about a dialogue: small, whole, so that a frame lost, repeated or out of order does no harm. */
export interface Frame {
	version: number;
	state: DialogueState;
	hidden: boolean;
	round: {
		id: string;
		/** 1 for the first of the agenda. */
		number: number;
		kind: RoundKind;
		phase: DeskRound['phase'];
		closesAt: number | null;
		streamClosesAt: number | null;
	} | null;
	/** The votes as domain/dialogue/tally.ts has them; null where they are not to be seen. */
	votes: number[] | null;
	/** The votes in whole percent, computed here alone for every screen; null with them, and of a questionnaire. */
	shares: number[] | null;
	/** How many ballots say something: what `votes` are shares of. */
	valid: number;
	turnout: Record<BallotChannel, number>;
	questions: { open: boolean; version: number };
	/** Screens and desk: ballots of each hall. */
	byHall?: number[];
	/** Screens, where the numbers may be seen, and the desk: the votes of each channel. */
	byChannel?: Record<BallotChannel, number[]>;
	/** The broadcast: how it is to look, and the number that measures its delay. */
	overlay?: { layout: OverlayLayout; code: { text: string; shownAt: number } | null };
	/** The desk alone: ballots that came in a burst no hall explains. */
	suspects?: number;
}

/** A frame as it comes over the stream. */
export type StreamedFrame = Frame & { epoch: string; v: number; now: number };

export interface LiveState {
	desk: DeskState;
	round: (DeskRound & { number: number; kind: RoundKind }) | null;
	/** Of `round`; null where there is none. */
	tally: Tally | null;
	suspects: number;
	/** Grows whenever the list of questions changes. */
	questionsVersion: number;
}

/**
 * What this reader may see. Until a round is revealed only its turnout leaves the desk; while it is closing nobody but the desk sees a
 * number, so that none is ever seen to move after the close; hidden means that not even the turnout is shown.
 */
export function frameFor(role: ViewerRole, { desk, round, tally, suspects, questionsVersion }: LiveState): Frame {
	const atDesk = role === 'desk';
	const shown = atDesk || (!desk.hidden && round?.revealed === true && round.phase !== 'closing');
	const counted = tally && (atDesk || !desk.hidden) ? tally : null;
	return {
		version: desk.version,
		state: desk.state,
		hidden: desk.hidden,
		round: round && (atDesk || !desk.hidden) ? roundOf(round) : null,
		// A whole questionnaire is more than a phone's frame should hold.
		votes: shown && tally && !(role === 'phone' && round!.kind === 'questionnaire') ? tally.total.votes : null,
		shares: shown && tally ? sharesOf(round!.kind, tally.total) : null,
		valid: shown && tally ? tally.total.valid : 0,
		turnout: counted ? turnoutOf(counted) : { 'live-hall': 0, 'live-stream': 0, 'live-paper': 0 },
		questions: { open: desk.questionsOpen, version: questionsVersion },
		...(role !== 'phone' && counted && { byHall: counted.byHall }),
		...(role !== 'phone' && shown && tally && { byChannel: votesByChannel(tally) }),
		...(role === 'overlay' && { overlay: overlayOf(desk) }),
		...(atDesk && { suspects })
	};
}

const overlayOf = ({ overlayLayout, delayMeasure, hidden }: DeskState) => ({
	layout: overlayLayout,
	code: hidden ? null : (delayMeasure?.code ?? null)
});

const roundOf = ({ id, number, kind, phase, closesAt, streamClosesAt }: NonNullable<LiveState['round']>) => ({
	id,
	number,
	kind,
	phase,
	closesAt,
	streamClosesAt
});

export function sharesOf(kind: RoundKind, { votes, valid }: Count): number[] | null {
	if (kind === 'questionnaire') return null;
	return shares(votes, kind === 'multiple' ? valid : undefined);
}

const votesByChannel = ({ byChannel }: Tally) => ({
	'live-hall': byChannel['live-hall'].votes,
	'live-stream': byChannel['live-stream'].votes,
	'live-paper': byChannel['live-paper'].votes
});
