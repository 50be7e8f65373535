import type { Outcome } from '../shared/outcome.ts';
import { LONGEST_STREAM_DELAY_MS, type DialogueState } from './dialogue.ts';
import type { OverlayLayout } from './overlay.ts';
import type { RoundClock } from './round.ts';
import { seeCode, showCode, undoDelay, type DelayMeasure } from './stream-delay.ts';

/** What the desk runs: everything that a command may change. */
export interface DeskState {
	state: DialogueState;
	/** Grows with every command; a command says which one it was given at, so that two moderators cannot collide. */
	version: number;
	/** Panic: nothing but the room's code is on any screen. */
	hidden: boolean;
	/** The round that screens and phones show; null: none yet. */
	roundId: string | null;
	streamDelayMs: number;
	/** The measuring of that delay; null: none, or it was typed. */
	delayMeasure: DelayMeasure | null;
	overlayLayout: OverlayLayout;
	questionsOpen: boolean;
}

export interface DeskRound extends RoundClock {
	id: string;
	/** Whether its numbers may be seen; never while it is closing. */
	revealed: boolean;
}

export type DeskCommand =
	| { do: 'start' | 'close-now' | 'reveal' | 'conceal' | 'hide' | 'unhide' | 'end' | 'continue' }
	| { do: 'show' | 'open'; roundId: string }
	/** Closes the hall in so many seconds, and the stream as much later as it is late. */
	| { do: 'close-in'; seconds: number }
	| { do: 'delay'; milliseconds: number }
	/** Puts a number on the overlay; says that it is seen on the stream; takes the number or the last try back. */
	| { do: 'delay-show'; code: string }
	| { do: 'delay-seen' | 'delay-undo' }
	| { do: 'overlay'; layout: OverlayLayout }
	| { do: 'questions'; open: boolean };

export type DeskProblem =
	/** Somebody else was faster: look again. */
	| 'stale'
	| 'not-live'
	| 'already-ended'
	| 'round-unknown'
	/** It was opened before: what was wrong with it is a correction round's to mend. */
	| 'round-used'
	| 'another-open'
	| 'nothing-open'
	| 'still-open'
	| 'number-wrong'
	| 'nothing-shown'
	/** A machine in a hall, from which questions would not come back. */
	| 'hall-copy';

export interface DeskEffect {
	dialogue: DeskState;
	/** The round that changes, or null. */
	round: DeskRound | null;
}

const LONGEST_COUNTDOWN_S = 600;

/** What a command does. Pure: the caller stores it where the version still is the one that was expected. */
export function applyCommand(
	dialogue: DeskState,
	rounds: readonly DeskRound[],
	command: DeskCommand,
	{ expected, now }: { expected: number; now: number }
): Outcome<DeskEffect, DeskProblem> {
	// Nothing may stand in the way of taking the screens down, not even a faster colleague.
	if (expected !== dialogue.version && command.do !== 'hide') return no('stale');
	const next = { ...dialogue, version: dialogue.version + 1 };
	const current = rounds.find(({ id }) => id === dialogue.roundId);
	const running = rounds.find(({ phase }) => phase === 'open' || phase === 'closing');

	if (command.do === 'hide' || command.do === 'unhide') return yes({ ...next, hidden: command.do === 'hide' });
	// The broadcast is set up, and its delay measured, before anything begins.
	if (command.do === 'overlay') return yes({ ...next, overlayLayout: command.layout });
	if (isMeasuring(command)) return measureDelay(next, command, now);
	if (command.do === 'start') {
		return dialogue.state === 'prepared' ? yes({ ...next, state: 'live' }) : no('already-ended');
	}
	if (command.do === 'continue') {
		return dialogue.state === 'counting' ? yes({ ...next, state: 'live' }) : no('already-ended');
	}
	if (dialogue.state !== 'live') return no('not-live');

	switch (command.do) {
		case 'show':
		case 'open': {
			const round = rounds.find(({ id }) => id === command.roundId);
			if (!round) return no('round-unknown');
			if (running && running.id !== round.id) return no('another-open');
			if (command.do === 'show') return yes({ ...next, roundId: round.id });
			if (round.phase !== 'ready') return no('round-used');
			return yes({ ...next, roundId: round.id }, { ...round, phase: 'open', openedAt: now });
		}
		case 'close-now':
		case 'close-in': {
			const seconds = 'seconds' in command ? command.seconds : 0;
			if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > LONGEST_COUNTDOWN_S) return no('number-wrong');
			if (running?.phase !== 'open' && !mayHurry(running, seconds, now)) return no('nothing-open');
			const closesAt = now + 1000 * seconds;
			return yes(next, { ...running!, phase: 'closing', closesAt, streamClosesAt: closesAt + dialogue.streamDelayMs });
		}
		case 'reveal':
		case 'conceal':
			if (!current || current.phase === 'ready') return no('nothing-open');
			return yes(next, { ...current, revealed: command.do === 'reveal' });
		case 'delay': {
			const { milliseconds } = command;
			const right = Number.isSafeInteger(milliseconds) && milliseconds >= 0 && milliseconds <= LONGEST_STREAM_DELAY_MS;
			return right ? yes({ ...next, streamDelayMs: milliseconds, delayMeasure: null }) : no('number-wrong');
		}
		case 'questions':
			return yes({ ...next, questionsOpen: command.open });
		case 'end':
			return running ? no('still-open') : yes({ ...next, state: 'counting', questionsOpen: false });
	}
}

type Measuring = Extract<DeskCommand, { do: `delay-${string}` }>;
const isMeasuring = (command: DeskCommand): command is Measuring => command.do.startsWith('delay-');

function measureDelay(next: DeskState, command: Measuring, now: number): Outcome<DeskEffect, DeskProblem> {
	if (command.do === 'delay-show') return yes({ ...next, ...showCode(next, command.code, now) });
	if (command.do === 'delay-undo') return yes({ ...next, ...undoDelay(next) });
	const seen = seeCode(next, now);
	return seen.ok ? yes({ ...next, ...seen.value }) : seen;
}

/** A countdown may be cut short while the hall still has time left, and never made longer. */
function mayHurry(running: DeskRound | undefined, seconds: number, now: number): boolean {
	return running?.phase === 'closing' && now + 1000 * seconds < running.closesAt!;
}

const no = (reason: DeskProblem) => ({ ok: false, reason }) as const;
const yes = (dialogue: DeskState, round: DeskRound | null = null) =>
	({ ok: true, value: { dialogue, round } }) as const;
