import { expect, test } from 'vitest';
import { frameFor, VIEWER_ROLES, type LiveState } from './frame.ts';
import { tallyOf } from './tally.ts';

const tally = tallyOf(
	{ kind: 'single', options: ['A', 'B'], items: 0 },
	[
		{ channel: 'live-hall', hall: 0, choice: '0', ballots: 3 },
		{ channel: 'live-stream', hall: 0, choice: '1', ballots: 2 }
	],
	1
);
const STATE: LiveState = {
	desk: {
		...{ state: 'live', version: 3, hidden: false, roundId: 'r1', questionsOpen: true },
		...{ streamDelayMs: 0, delayMeasure: null, overlayLayout: 'lower' }
	},
	round: {
		...{ id: 'r1', number: 1, kind: 'single', phase: 'open', openedAt: 1 },
		...{ closesAt: null, streamClosesAt: null, revealed: false }
	},
	tally,
	suspects: 1,
	questionsVersion: 4
};
const with_ = (change: Partial<NonNullable<LiveState['round']>>): LiveState => ({
	...STATE,
	round: { ...STATE.round!, ...change }
});

test('until a round is revealed only its turnout leaves the desk', () => {
	for (const role of ['phone', 'screen', 'overlay'] as const) {
		const frame = frameFor(role, STATE);
		expect([frame.votes, frame.shares, frame.valid, frame.byChannel], role).toEqual([null, null, 0, undefined]);
		expect(frame.turnout).toEqual({ 'live-hall': 3, 'live-stream': 2, 'live-paper': 0 });
	}
	expect(frameFor('desk', STATE).votes).toEqual([3, 2]);
	expect(frameFor('phone', with_({ revealed: true }))).toMatchObject({ votes: [3, 2], shares: [60, 40] });
});

test('while a round is closing nobody but the desk sees a number, even one that was shown before', () => {
	const closing = with_({ revealed: true, phase: 'closing', closesAt: 9, streamClosesAt: 9 });
	for (const role of ['phone', 'screen', 'overlay'] as const) expect(frameFor(role, closing).votes, role).toBeNull();
	expect(frameFor('screen', with_({ revealed: true, phase: 'final' })).byChannel).toMatchObject({
		'live-stream': [0, 2]
	});
});

test('what is hidden is hidden from everybody but the desk: no question, no number, no turnout', () => {
	const state = { ...with_({ revealed: true, phase: 'final' }), desk: { ...STATE.desk, hidden: true } };
	for (const role of ['phone', 'screen', 'overlay'] as const) {
		const { round, votes, valid, turnout, byHall } = frameFor(role, state);
		expect([round, votes, valid, Object.values(turnout), byHall], role).toEqual([null, null, 0, [0, 0, 0], undefined]);
	}
	expect(frameFor('desk', state).round).not.toBeNull();
});

test('suspects are the desk’s alone, and a frame is at most 600 bytes', () => {
	for (const role of VIEWER_ROLES) {
		const frame = frameFor(
			role,
			with_({ revealed: true, closesAt: 1_800_000_000_000, streamClosesAt: 1_800_000_000_000 })
		);
		expect('suspects' in frame, role).toBe(role === 'desk');
		expect(JSON.stringify(frame).length, role).toBeLessThan(600);
	}
});

test('the overlay alone is told how to look, and no number is left on it when everything is hidden', () => {
	const code = { text: '42', shownAt: 5 };
	const measuring = { ...STATE.desk, overlayLayout: 'qr' as const, delayMeasure: { before: 0, tries: [], code } };
	const state = { ...STATE, desk: measuring };
	expect(frameFor('overlay', state).overlay).toEqual({ layout: 'qr', code });
	for (const role of ['phone', 'screen', 'desk'] as const) expect(frameFor(role, state).overlay, role).toBeUndefined();
	expect(frameFor('overlay', { ...state, desk: { ...measuring, hidden: true } }).overlay!.code).toBeNull();
});
