import { expect, test } from 'vitest';
import { applyCommand, type DeskCommand, type DeskRound, type DeskState } from './desk.ts';

const DESK: DeskState = {
	state: 'live',
	version: 7,
	hidden: false,
	roundId: null,
	streamDelayMs: 0,
	delayMeasure: null,
	overlayLayout: 'lower',
	questionsOpen: false
};
const aRound = (change: Partial<DeskRound> = {}): DeskRound => ({
	id: 'r1',
	phase: 'ready',
	openedAt: null,
	closesAt: null,
	streamClosesAt: null,
	revealed: false,
	...change
});
const ROUNDS = [aRound(), aRound({ id: 'r2' })];
const NOW = 1_000_000;
const apply = (command: DeskCommand, desk = DESK, rounds = ROUNDS, expected = desk.version) =>
	applyCommand(desk, rounds, command, { expected, now: NOW });

test('two moderators who press at once: the first has it, the second is told to look again', () => {
	const first = apply({ do: 'open', roundId: 'r1' });
	expect(first).toMatchObject({
		ok: true,
		value: { dialogue: { version: 8, roundId: 'r1' }, round: { phase: 'open' } }
	});
	const desk = first.ok ? first.value.dialogue : DESK;
	expect(apply({ do: 'open', roundId: 'r2' }, desk, ROUNDS, 7)).toEqual({ ok: false, reason: 'stale' });
});

test('one round is open at a time, and a round that was used is not opened again', () => {
	const open = [aRound({ phase: 'open' }), aRound({ id: 'r2' })];
	expect(apply({ do: 'open', roundId: 'r2' }, DESK, open)).toEqual({ ok: false, reason: 'another-open' });
	expect(apply({ do: 'show', roundId: 'r2' }, DESK, open)).toEqual({ ok: false, reason: 'another-open' });
	for (const phase of ['open', 'closing', 'final'] as const)
		expect(apply({ do: 'open', roundId: 'r1' }, DESK, [aRound({ phase })])).toEqual({
			ok: false,
			reason: 'round-used'
		});
});

test('the stream closes as much later as it is late', () => {
	const rounds = [aRound({ phase: 'open' })];
	const desk = { ...DESK, roundId: 'r1', streamDelayMs: 18_000 };
	expect(apply({ do: 'close-in', seconds: 10 }, desk, rounds)).toMatchObject({
		value: { round: { phase: 'closing', closesAt: NOW + 10_000, streamClosesAt: NOW + 28_000 } }
	});
	expect(apply({ do: 'close-now' }, desk, rounds)).toMatchObject({ value: { round: { closesAt: NOW } } });
});

test('a countdown may be cut short, and never made longer or begun twice', () => {
	const closing = [aRound({ phase: 'closing', closesAt: NOW + 5_000, streamClosesAt: NOW + 5_000 })];
	expect(apply({ do: 'close-now' }, DESK, closing)).toMatchObject({ value: { round: { closesAt: NOW } } });
	expect(apply({ do: 'close-in', seconds: 60 }, DESK, closing)).toEqual({ ok: false, reason: 'nothing-open' });
	expect(apply({ do: 'close-now' })).toEqual({ ok: false, reason: 'nothing-open' });
	for (const seconds of [-1, 1.5, NaN, 601])
		expect(apply({ do: 'close-in', seconds }, DESK, [aRound({ phase: 'open' })])).toEqual({
			ok: false,
			reason: 'number-wrong'
		});
});

test('everything can be hidden at any time, whatever else is going on, also at a version that is old', () => {
	expect(apply({ do: 'hide' }, DESK, ROUNDS, 1)).toMatchObject({ ok: true, value: { dialogue: { hidden: true } } });
	expect(apply({ do: 'unhide' }, DESK, ROUNDS, 1)).toEqual({ ok: false, reason: 'stale' });
	for (const state of ['prepared', 'live', 'counting', 'closed'] as const)
		expect(apply({ do: 'hide' }, { ...DESK, state })).toMatchObject({
			ok: true,
			value: { dialogue: { hidden: true } }
		});
});

test('a dialogue ends when nothing is open, and only a running one is run', () => {
	expect(apply({ do: 'end' }, DESK, [aRound({ phase: 'closing' })])).toEqual({ ok: false, reason: 'still-open' });
	expect(apply({ do: 'end' })).toMatchObject({ value: { dialogue: { state: 'counting', questionsOpen: false } } });
	expect(apply({ do: 'open', roundId: 'r1' }, { ...DESK, state: 'prepared' })).toEqual({
		ok: false,
		reason: 'not-live'
	});
	expect(apply({ do: 'continue' }, { ...DESK, state: 'closed' })).toEqual({ ok: false, reason: 'already-ended' });
});

test('a number may be shown of a round that was opened, and of no other', () => {
	const desk = { ...DESK, roundId: 'r1' };
	expect(apply({ do: 'reveal' }, desk)).toEqual({ ok: false, reason: 'nothing-open' });
	expect(apply({ do: 'reveal' }, desk, [aRound({ phase: 'final' })])).toMatchObject({
		value: { round: { revealed: true } }
	});
});

test('the overlay and the stream’s delay are set before anything begins, and a measured delay is what the close uses', () => {
	const prepared = { ...DESK, state: 'prepared' as const };
	expect(apply({ do: 'overlay', layout: 'ticker' }, prepared)).toMatchObject({
		value: { dialogue: { overlayLayout: 'ticker', version: 8 } }
	});
	expect(apply({ do: 'delay-seen' }, prepared)).toEqual({ ok: false, reason: 'nothing-shown' });
	const shown = apply({ do: 'delay-show', code: '42' }, prepared);
	if (!shown.ok) throw new Error(shown.reason);
	const seen = applyCommand(shown.value.dialogue, ROUNDS, { do: 'delay-seen' }, { expected: 8, now: NOW + 21_000 });
	if (!seen.ok) throw new Error(seen.reason);
	const desk = { ...seen.value.dialogue, state: 'live' as const, roundId: 'r1' };
	expect(apply({ do: 'close-in', seconds: 10 }, desk, [aRound({ phase: 'open' })])).toMatchObject({
		value: { round: { closesAt: NOW + 10_000, streamClosesAt: NOW + 31_000 } }
	});
	// A delay that is typed takes the place of all that was measured.
	expect(apply({ do: 'delay', milliseconds: 5_000 }, desk)).toMatchObject({
		value: { dialogue: { streamDelayMs: 5_000, delayMeasure: null } }
	});
});
