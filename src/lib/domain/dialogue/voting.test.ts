import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRACE_MS, type RoundClock } from './round.ts';
import { ballotKey, judgeVotes, type Ballot, type Vote } from './voting.ts';

const OPEN: RoundClock & { changeable: boolean } = {
	phase: 'open',
	openedAt: 0,
	closesAt: null,
	streamClosesAt: null,
	changeable: true
};
const aBallot = (change: Partial<Ballot> = {}): Ballot => ({
	organizationId: 'w1',
	roundId: 'r1',
	voter: 'v1',
	id: 'b1',
	turn: 1,
	channel: 'live-hall',
	hall: 0,
	level: 'device',
	suspect: false,
	choice: '0',
	batchId: '',
	...change
});
const judge = (votes: Vote[], round = OPEN, known = new Map<string, Ballot>()) => ({
	...judgeVotes(votes, new Map([['r1', round]]), known),
	known
});
const at = (ballot: Ballot, when = 1000): Vote => ({ ballot, at: when });

test('the same vote sent five times is one ballot with one receipt', () => {
	const { verdicts, standing } = judge(Array.from({ length: 5 }, () => at(aBallot())));
	expect(verdicts.map(({ status }) => status)).toEqual(['counted', 'already', 'already', 'already', 'already']);
	expect(new Set(verdicts.map(({ ballotId }) => ballotId))).toEqual(new Set(['b1']));
	expect(standing).toHaveLength(1);
});

test('whoever changes their mind has one ballot, the last; a late retry of the first does not bring it back', () => {
	const first = aBallot();
	const second = aBallot({ turn: 2, choice: '1' });
	const { verdicts, standing } = judge([at(first), at(second), at(first)]);
	expect(verdicts.map(({ status }) => status)).toEqual(['counted', 'changed', 'already']);
	expect(standing).toEqual([second]);
});

test('where a round lets nobody change, the first vote stands', () => {
	const round = { ...OPEN, changeable: false };
	const { verdicts, standing } = judge([at(aBallot()), at(aBallot({ id: 'b2', choice: '1' }))], round);
	expect(verdicts).toEqual([
		{ status: 'counted', ballotId: 'b1' },
		{ status: 'already', ballotId: 'b1' }
	]);
	expect(standing).toEqual([aBallot()]);
});

test('two tabs of one phone are one voter, and the receipt that was shown stays the receipt', () => {
	const { verdicts, standing } = judge([at(aBallot()), at(aBallot({ id: 'other-tab', choice: '2' }))]);
	expect(verdicts[1]).toEqual({ status: 'changed', ballotId: 'b1' });
	expect(standing).toEqual([aBallot({ choice: '2' })]);
});

test('hall and stream close each at their own time and grace; what comes later is refused and what is final stays', () => {
	const closing = { ...OPEN, phase: 'closing' as const, closesAt: 10_000, streamClosesAt: 30_000 };
	const verdict = (channel: Ballot['channel'], when: number, round = closing) =>
		judge([at(aBallot({ channel }), when)], round).verdicts[0]!.status;
	expect(verdict('live-hall', 10_000 + GRACE_MS)).toBe('counted');
	expect(verdict('live-hall', 10_001 + GRACE_MS)).toBe('closed');
	expect(verdict('live-stream', 30_000 + GRACE_MS)).toBe('counted');
	expect(verdict('live-stream', 30_001 + GRACE_MS)).toBe('closed');
	expect(verdict('live-hall', 5_000, { ...closing, phase: 'final' as never })).toBe('closed');
	expect(verdict('live-paper', 5_000)).toBe('closed');
});

test('a retry after the close is told that its ballot counts; a change after the close is told that it does not', () => {
	const final = { ...OPEN, phase: 'final' as const };
	const known = () => new Map([[ballotKey(aBallot()), aBallot()]]);
	expect(judge([at(aBallot())], final, known()).verdicts).toEqual([{ status: 'already', ballotId: 'b1' }]);
	const change = aBallot({ turn: 2, choice: '1' });
	expect(judge([at(change)], final, known())).toMatchObject({
		verdicts: [{ status: 'closed', ballotId: null }],
		standing: []
	});
});

test('whatever is sent in whatever order: one ballot a voter, and the number of ballots is the number counted', () => {
	const vote = fc.record({
		voter: fc.constantFrom('v1', 'v2', 'v3'),
		id: fc.constantFrom('b1', 'b2', 'b3', 'b4'),
		turn: fc.integer({ min: 1, max: 4 }),
		choice: fc.constantFrom('0', '1', '2'),
		channel: fc.constantFrom('live-hall' as const, 'live-stream' as const)
	});
	fc.assert(
		fc.property(fc.array(vote, { maxLength: 30 }), fc.boolean(), (votes, changeable) => {
			const { verdicts, known } = judge(
				votes.map((each) => at(aBallot(each))),
				{ ...OPEN, changeable }
			);
			expect(known.size).toBe(verdicts.filter(({ status }) => status === 'counted').length);
			expect(known.size).toBe(new Set(votes.map(({ voter }) => voter)).size);
			if (!changeable)
				for (const ballot of known.values())
					expect(votes.find(({ voter }) => voter === ballot.voter)).toMatchObject({ choice: ballot.choice });
		})
	);
});
