import { base32 } from '../shared/id.ts';

/**
 * A dialogue: a conference of leaders and citizens in one hall or several, and on a livestream. `counting`: the conference is over and
 * paper is still being keyed; `closed`: recounted, hashed, and nothing of it can change any more.
 */
export const DIALOGUE_STATES = ['prepared', 'live', 'counting', 'closed'] as const;
export type DialogueState = (typeof DIALOGUE_STATES)[number];

/** How somebody shows that they are in the hall; without it they are counted as watching the stream. */
export const HALL_PROOFS = ['none', 'code', 'slip'] as const;
export type HallProof = (typeof HALL_PROOFS)[number];

/** How surely a ballot is one person's: printed beside every number. Never by IP address, which a whole hall shares. */
export const LEVELS = ['device', 'hall-code', 'slip'] as const;
export type Level = (typeof LEVELS)[number];

/** Where a ballot came from; each is counted, and shown, by itself. */
export const BALLOT_CHANNELS = ['live-hall', 'live-stream', 'live-paper'] as const;
export type BallotChannel = (typeof BALLOT_CHANNELS)[number];
/** What a phone can vote through. */
export type OnlineChannel = Exclude<BallotChannel, 'live-paper'>;

/** A delay beyond this is a stream that stopped, not one that is late. */
export const LONGEST_STREAM_DELAY_MS = 120_000;

const ROOM_CHARACTERS = 6;

/** The short code of a room from at least 4 random bytes: six characters of Crockford's base 32, lower case; `/live/CODE`. */
export const roomCode = (bytes: Uint8Array) => base32(bytes, ROOM_CHARACTERS);
