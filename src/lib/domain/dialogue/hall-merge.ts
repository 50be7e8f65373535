import type { Outcome } from '../shared/outcome.ts';
import { readChoice } from './choice.ts';
import type { HallReturn, ReturnedBallot, ReturnedRound } from './hall-pack.ts';
import type { RoundContent } from './round.ts';
import { ballotsIn, type Count, type Tally } from './tally.ts';
import { ballotKey } from './voting.ts';

/** What a merge says of a round. Of what the hall acknowledged nothing is unnamed: merged, in conflict or missing. */
export interface MergedRound {
	roundId: string;
	/** Ballots that the hall's machine had counted when the round became final there. */
	acknowledged: number;
	/** Of them, ballots that now stand here, whether this file brought them or an earlier one. */
	merged: number;
	/** Of those, ballots that stood here before this merge. */
	already: number;
	/** Voters who have another ballot here: that one stands. */
	conflicts: number;
	/** The serials of the conflicts' seat slips. */
	serials: number[];
	/** Acknowledged and not in the file: the hall's machine has lost them. */
	gap: number;
	/** When the hall voted, by its machine's clock. */
	openedAt: number | null;
	finalAt: number;
}

export type MergeFault =
	/** A round that did not go out with this pack, such as one that was final here by then. */
	| 'round-unknown'
	/** A ballot that says what its round does not have, or two of one voter. */
	| 'ballot-wrong'
	/** A seat slip that was never printed for this dialogue. */
	| 'slip-unknown'
	/** More ballots than the hall's machine acknowledged, or others. */
	| 'recount-differs';

export interface MergeGround {
	/** The rounds that went out with the pack, by id. */
	rounds: ReadonlyMap<string, Pick<RoundContent, 'kind' | 'options' | 'most' | 'items'>>;
	halls: number;
	/** Every slip that was printed: its serial by the mark it votes under. */
	serials: ReadonlyMap<string, number>;
	/** Which ballot stands here for a voter in a round, by `ballotKey`. */
	standing: ReadonlyMap<string, { id: string }>;
	/** The ballots of a round counted, with the hash over them. */
	count: (roundId: string, ballots: readonly ReturnedBallot[]) => { tally: Tally; hash: string };
}

export interface MergePlan {
	/** Ballots that are new here. */
	fresh: (ReturnedBallot & { roundId: string })[];
	rounds: MergedRound[];
}

/** What of a hall's ballots is new, known or in conflict; nothing where one thing in the file cannot be. */
export function planMerge({ rounds: returned }: HallReturn, ground: MergeGround): Outcome<MergePlan, MergeFault> {
	const plan: MergePlan = { fresh: [], rounds: [] };
	for (const round of returned) {
		const fault = faultIn(round, ground) ?? (plan.rounds.some(({ roundId }) => roundId === round.id) && 'ballot-wrong');
		if (fault) return { ok: false, reason: fault };
		const { id: roundId, openedAt, finalAt, ballots } = round;
		const acknowledged = acknowledgedIn(round);
		const met = ballots.map((own) => ({ own, before: ground.standing.get(ballotKey({ roundId, voter: own.voter })) }));
		const fresh = met.flatMap(({ own, before }) => (before ? [] : [{ ...own, roundId }]));
		const already = met.filter(({ own, before }) => before?.id === own.id).length;
		const conflicts = met.filter(({ own, before }) => before && before.id !== own.id);
		plan.fresh.push(...fresh);
		plan.rounds.push({
			...{ roundId, openedAt, finalAt, acknowledged, already },
			merged: fresh.length + already,
			conflicts: conflicts.length,
			serials: conflicts.flatMap(({ own }) => ground.serials.get(own.voter) ?? []).sort((a, b) => a - b),
			gap: acknowledged - ballots.length
		});
	}
	return { ok: true, value: plan };
}

function faultIn({ id, ballots, acknowledged }: ReturnedRound, ground: MergeGround): MergeFault | null {
	const round = ground.rounds.get(id);
	if (!round) return 'round-unknown';
	if (new Set(ballots.map(({ voter }) => voter)).size < ballots.length) return 'ballot-wrong';
	for (const { choice, hall, level, voter } of ballots) {
		if (hall >= ground.halls || readChoice(round, choice) !== choice) return 'ballot-wrong';
		if (level === 'slip' && !ground.serials.has(voter)) return 'slip-unknown';
	}
	const { tally, hash } = ground.count(id, ballots);
	const whole = CHANNELS.every(
		(channel) => ballotsIn(tally.byChannel[channel]) === ballotsIn(acknowledged.byChannel[channel])
	);
	const part = CHANNELS.every((channel) => isPartOf(tally.byChannel[channel], acknowledged.byChannel[channel]));
	return part && (!whole || hash === acknowledged.hash) ? null : 'recount-differs';
}

const CHANNELS = ['live-hall', 'live-stream'] as const;

const acknowledgedIn = ({ acknowledged }: ReturnedRound) =>
	CHANNELS.reduce((sum, channel) => sum + ballotsIn(acknowledged.byChannel[channel]), 0);

/** Lost ballots leave every figure as it was or smaller; whatever has grown was put there. */
const isPartOf = (some: Count, all: Count) =>
	some.votes.length === all.votes.length &&
	some.votes.every((n, i) => n <= all.votes[i]!) &&
	some.valid <= all.valid &&
	some.blank <= all.blank &&
	some.spoiled <= all.spoiled;
