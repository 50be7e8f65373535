import type { Criterion } from '../survey/criterion.ts';
import { correctedRounds, type FrozenResult, type RoundOutcome, type SheetsMade } from './closing.ts';
import { BALLOT_CHANNELS, type BallotChannel, type HallProof, type Level } from './dialogue.ts';
import { sharesOf } from './frame.ts';
import type { MergedRound } from './hall-merge.ts';
import type { QuestionCounts } from './question.ts';
import type { RoundKind, RoundPhase } from './round.ts';
import { ballotsIn, type Count } from './tally.ts';

/** One channel of one round, or all of them together. */
export interface ChannelResult extends Count {
	/** The votes in whole percent; null of a questionnaire. */
	shares: number[] | null;
	ballots: number;
	/** How surely they are one person's each, by ballots. */
	levels: Partial<Record<Level, number>>;
	suspects: number;
}

export interface RoundResult {
	id: string;
	/** 1 for the first of the agenda. */
	number: number;
	kind: RoundKind;
	text: string;
	options: readonly string[];
	/** Of a questionnaire: its items' texts. */
	asks: readonly string[];
	criterion: Criterion | null;
	openedAt: number | null;
	closesAt: number | null;
	finalAt: number | null;
	/** The numbers of the round it mends, and of the one that mends it; null: none. */
	corrects: number | null;
	correctsWhy: string;
	correctedBy: number | null;
	channels: Record<BallotChannel, ChannelResult>;
	total: ChannelResult;
	byHall: number[];
	/** SHA-256 over all ballots, over those of hall and stream when the round became final, and over the published receipts. */
	hash: string;
	finalHash: string | null;
	receiptsHash: string;
}

/** What is published of a closed dialogue. */
export interface DialogueResult {
	room: string;
	organization: string;
	title: string;
	place: string;
	day: string;
	time: string;
	halls: readonly string[];
	hallProof: HallProof;
	rehearsal: boolean;
	closedAt: number;
	rounds: RoundResult[];
	/** What of it went into the index. */
	sheets: readonly SheetsMade[];
	/** null where nothing was keyed from paper. */
	paper: PaperResult | null;
	/** Machines that stood in halls without a network, and what came of each. */
	machines: HallMachine[];
	/** What became of the questions; null where none was asked. */
	questions: QuestionCounts | null;
}

/** A machine in a hall: what it had acknowledged, what was merged of it, and what is missing. */
export interface HallMachine {
	hall: string;
	/** null: nothing of it was merged. */
	mergedAt: number | null;
	/** Why nothing of it was waited for. */
	droppedWhy: string;
	rounds: (Omit<MergedRound, 'already' | 'serials' | 'roundId'> & { number: number; text: string })[];
}

/** What is published of the machines that a dialogue was lent to: of a voter's conflict neither the slip nor the choice. */
export function hallMachines(
	packs: readonly {
		hall: number;
		mergedAt: number | null;
		droppedWhy: string;
		merged: readonly MergedRound[] | null;
	}[],
	agenda: readonly { id: string; text: string }[],
	halls: readonly string[]
): HallMachine[] {
	return packs.map(({ hall, mergedAt, droppedWhy, merged }) => ({
		...{ hall: halls[hall] ?? '', mergedAt, droppedWhy },
		rounds: (merged ?? []).flatMap(({ roundId, acknowledged, merged: stand, conflicts, gap, openedAt, finalAt }) => {
			const at = agenda.findIndex(({ id }) => id === roundId);
			const figures = { acknowledged, merged: stand, conflicts, gap, openedAt, finalAt };
			return at < 0 ? [] : [{ number: at + 1, text: agenda[at]!.text, ...figures }];
		})
	}));
}

/** How the paper came to its numbers. */
export interface PaperResult {
	batches: number;
	/** Sheets counted by hand, ballots that stand, and sheets put aside with a reason. */
	counted: number;
	ballots: number;
	aside: number;
	/** Answers on paper that do not count, for the same slip had voted by phone. */
	conflicts: number;
}

/** A round of the agenda as it is stored, with its questionnaire's texts. */
export interface ClosedRound {
	id: string;
	kind: RoundKind;
	phase: RoundPhase;
	text: string;
	options: readonly string[];
	asks: readonly string[];
	criterion: Criterion | null;
	openedAt: number | null;
	closesAt: number | null;
	corrects: string | null;
	correctsWhy: string;
	result: FrozenResult | null;
	outcome: RoundOutcome | null;
}

/** The rounds that were counted, in the order of the agenda and under its numbers. */
export function roundResults(agenda: readonly ClosedRound[]): RoundResult[] {
	const corrected = correctedRounds(agenda);
	const numberOf = (id: string | null | undefined) => agenda.findIndex((round) => round.id === id) + 1 || null;
	return agenda.flatMap((round, i) => {
		const { id, kind, text, options, asks, criterion, openedAt, closesAt, correctsWhy, result, outcome } = round;
		if (!outcome) return [];
		const { tally, hash, receiptsHash } = outcome;
		const channels = channelResults(kind, outcome);
		return {
			...{ id, kind, text, options, asks, criterion, openedAt, closesAt, correctsWhy, hash, receiptsHash, channels },
			...{ number: i + 1, corrects: numberOf(round.corrects), correctedBy: numberOf(corrected.get(id)) },
			...{ finalAt: result?.finalAt ?? null, finalHash: result?.hash ?? null, byHall: tally.byHall },
			total: totalOf(kind, tally.total, Object.values(channels))
		};
	});
}

function channelResults(kind: RoundKind, { tally, levels, suspects }: RoundOutcome): RoundResult['channels'] {
	const of = (channel: BallotChannel): ChannelResult => ({
		...shown(kind, tally.byChannel[channel]),
		...{ levels: levels[channel], suspects: suspects[channel] }
	});
	return Object.fromEntries(BALLOT_CHANNELS.map((channel) => [channel, of(channel)])) as RoundResult['channels'];
}

function totalOf(kind: RoundKind, count: Count, channels: readonly ChannelResult[]): ChannelResult {
	const levels: ChannelResult['levels'] = {};
	for (const each of channels) {
		for (const [level, n] of Object.entries(each.levels) as [Level, number][]) levels[level] = (levels[level] ?? 0) + n;
	}
	return { ...shown(kind, count), levels, suspects: channels.reduce((sum, { suspects }) => sum + suspects, 0) };
}

const shown = (kind: RoundKind, count: Count) => ({
	...count,
	ballots: ballotsIn(count),
	shares: sharesOf(kind, count)
});

/** One item of a questionnaire: how many gave 1..5, and what share of them gave 4 or 5, in whole percent; null: nobody. */
export function satisfiedWith(votes: readonly number[], item: number): { given: number; share: number | null } {
	const five = votes.slice(6 * item, 6 * item + 5);
	const given = five.reduce((sum, n) => sum + n, 0);
	return { given, share: given === 0 ? null : Math.round((100 * (five[3]! + five[4]!)) / given) };
}
