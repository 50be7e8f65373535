import { BALLOT_CHANNELS, type BallotChannel } from './dialogue.ts';
import { BLANK, SPOILED, type Choice } from './choice.ts';
import type { RoundContent } from './round.ts';

/** So many ballots of one channel and hall that say the same: what a recount reads. */
export interface CountedChoice {
	channel: BallotChannel;
	hall: number;
	choice: Choice;
	ballots: number;
}

/** One set of ballots, counted. */
export interface Count {
	/**
	 * Of `single` and `multiple` how many chose each option; of `scale` how many gave 1..5; of `questionnaire` six figures an item: 1..5
	 * and not applicable.
	 */
	votes: number[];
	/** Ballots that say something. */
	valid: number;
	blank: number;
	spoiled: number;
}

export interface Tally {
	total: Count;
	byChannel: Record<BallotChannel, Count>;
	/** Ballots of each hall, in the order of the dialogue's halls. */
	byHall: number[];
}

const FIGURES_AN_ITEM = 6;

export function figuresOf({ kind, options, items }: Pick<RoundContent, 'kind' | 'options' | 'items'>): number {
	if (kind === 'scale') return 5;
	return kind === 'questionnaire' ? items * FIGURES_AN_ITEM : options.length;
}

/** Counts anew, always from the ballots: there is no counter that could drift. Throws RangeError on a choice the round does not have. */
export function tallyOf(
	round: Pick<RoundContent, 'kind' | 'options' | 'items'>,
	counted: readonly CountedChoice[],
	halls: number
): Tally {
	const empty = (): Count => ({ votes: Array<number>(figuresOf(round)).fill(0), valid: 0, blank: 0, spoiled: 0 });
	const tally: Tally = {
		total: empty(),
		byChannel: { 'live-hall': empty(), 'live-stream': empty(), 'live-paper': empty() },
		byHall: Array<number>(halls).fill(0)
	};
	for (const { channel, hall, choice, ballots } of counted) {
		for (const count of [tally.total, tally.byChannel[channel]]) addTo(count, round.kind, choice, ballots);
		if (channel === 'live-hall' && hall < halls) tally.byHall[hall]! += ballots;
	}
	return tally;
}

function addTo(count: Count, kind: RoundContent['kind'], choice: Choice, ballots: number) {
	if (choice === BLANK) count.blank += ballots;
	else if (choice === SPOILED) count.spoiled += ballots;
	else {
		count.valid += ballots;
		for (const place of placesOf(kind, choice)) {
			if (!(place < count.votes.length))
				throw new RangeError(`A ballot says '${choice}', which its round does not have`);
			count.votes[place]! += ballots;
		}
	}
}

function placesOf(kind: RoundContent['kind'], choice: Choice): number[] {
	if (kind === 'scale') return [Number(choice) - 1];
	if (kind !== 'questionnaire') return choice.split(',').map(Number);
	return [...choice].flatMap((sign, item) =>
		sign === '-' ? [] : [item * FIGURES_AN_ITEM + (sign === '0' ? 5 : Number(sign) - 1)]
	);
}

/** All ballots of a count, whatever they say. */
export const ballotsIn = ({ valid, blank, spoiled }: Count) => valid + blank + spoiled;

export const turnoutOf = ({ byChannel }: Tally): Record<BallotChannel, number> =>
	Object.fromEntries(BALLOT_CHANNELS.map((channel) => [channel, ballotsIn(byChannel[channel])])) as Record<
		BallotChannel,
		number
	>;

/**
 * Whole percentages that sum to 100 by the largest remainder (Hamilton); ties go to the earlier one. All 0 where nobody voted. Of a
 * question with several choices each is a share of the ballots instead: `of` is then how many there were, and they need not sum.
 */
export function shares(votes: readonly number[], of?: number): number[] {
	if (of !== undefined) return votes.map((n) => (of === 0 ? 0 : Math.round((100 * n) / of)));
	const sum = votes.reduce((a, b) => a + b, 0);
	if (sum === 0) return votes.map(() => 0);
	const exact = votes.map((n) => (100 * n) / sum);
	const whole = exact.map(Math.floor);
	const left = 100 - whole.reduce((a, b) => a + b, 0);
	const byRemainder = exact
		.map((share, i) => ({ i, rest: share - whole[i]! }))
		.sort((a, b) => b.rest - a.rest || a.i - b.i);
	for (const { i } of byRemainder.slice(0, left)) whole[i]!++;
	return whole;
}
