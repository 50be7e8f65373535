import type { TrialResult } from './rehearsal.ts';

/** What a rehearsal says to the process of its simulated phones, and what that answers. */
export type PhonesOrder = { join: PhonesJoin } | { vote: PhonesVote } | { watching: true };

export interface PhonesJoin {
	host: string;
	port: number;
	room: string;
	phones: number;
	/** Over which they arrive. */
	seconds: number;
}

export interface PhonesVote {
	roundId: string;
	/** How many the round has. */
	options: number;
	/** Over which they vote. */
	seconds: number;
	/** From when, and for how long, their proxy answers 502. */
	faultAtMs: number;
	faultMs: number;
}

export type PhonesVoted = Omit<TrialResult, 'trial' | 'counted' | 'later'>;
export type PhonesTold = { watching: number } | { voted: PhonesVoted };
