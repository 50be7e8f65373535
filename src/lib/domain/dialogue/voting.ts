import type { BallotChannel, Level } from './dialogue.ts';
import type { Choice } from './choice.ts';
import { isOpenFor, type RoundClock } from './round.ts';

/** A ballot as it is stored: who voted is a mark that nothing leads back from once the dialogue is closed, and when is not known. */
export interface Ballot {
	organizationId: string;
	roundId: string;
	/** HMAC of the slip or the device under the dialogue's own secret. */
	voter: string;
	/** Made by the phone before it sends, so that a retry is the same ballot; packed. */
	id: string;
	/** The phone's own count of what it said in this round: a retry that comes late does not undo a change. */
	turn: number;
	channel: BallotChannel;
	/** Index of the hall; 0 where there is one, and of the stream. */
	hall: number;
	level: Level;
	/** Came in a burst that no hall explains: counted, and told beside the number. */
	suspect: boolean;
	choice: Choice;
	/** '' unless it is a sheet of paper of this batch, or came with this pack of a hall's machine. */
	batchId: string;
}

export interface Vote {
	ballot: Ballot;
	/** When the server had it, milliseconds. */
	at: number;
	/** Its seat slip was voided: what it said before stands, and it says nothing more. */
	slipVoid?: boolean;
}

export type VoteStatus = 'counted' | 'changed' | 'already' | 'closed' | 'slip-void';

export interface VoteVerdict {
	status: VoteStatus;
	/** What the receipt is for: the ballot that stands. Null where none does. */
	ballotId: string | null;
}

export interface VoteEffects {
	verdicts: VoteVerdict[];
	/** Ballots as they stand now: new ones and changed ones. */
	standing: Ballot[];
}

/** Which ballot stands for a voter in a round. */
export const ballotKey = ({ roundId, voter }: Pick<Ballot, 'roundId' | 'voter'>) => `${roundId} ${voter}`;

/**
 * Judges votes one after the other against what stands; writes its own effects into `known`, so that of two tabs that vote at once the
 * second finds the first. Where a round lets people change their mind the last turn stands, else the first vote.
 */
export function judgeVotes(
	votes: readonly Vote[],
	rounds: ReadonlyMap<string, RoundClock & { changeable: boolean }>,
	known: Map<string, Ballot>
): VoteEffects {
	const verdicts: VoteVerdict[] = [];
	const standing = new Map<string, Ballot>();
	for (const { ballot, at, slipVoid = false } of votes) {
		const key = ballotKey(ballot);
		const before = known.get(key);
		const round = rounds.get(ballot.roundId);
		const open = round !== undefined && !slipVoid && isOpenFor(round, ballot.channel, at);
		const refused: VoteVerdict = { status: slipVoid ? 'slip-void' : 'closed', ballotId: null };
		const newer = before && (before.id !== ballot.id ? before.choice !== ballot.choice : ballot.turn > before.turn);
		// What was keyed from paper is not for a phone to change.
		const onPaper = before?.channel === 'live-paper';
		if (before && (!open || !round.changeable || !newer || onPaper)) {
			// A retry is told what became of its ballot, even after the close; a change that came too late is told that it did.
			const late = !open && before.id === ballot.id && ballot.turn > before.turn && before.choice !== ballot.choice;
			verdicts.push(late ? refused : { status: 'already', ballotId: before.id });
		} else if (!open) verdicts.push(refused);
		else {
			// What was shown as the receipt stays the receipt.
			const stands = before ? { ...ballot, id: before.id } : ballot;
			known.set(key, stands);
			standing.set(key, stands);
			verdicts.push({ status: before ? 'changed' : 'counted', ballotId: stands.id });
		}
	}
	return { verdicts, standing: [...standing.values()] };
}
