import { ballotKey, judgeVotes, type Ballot, type Vote, type VoteVerdict } from '../../../domain/dialogue/voting.ts';
import { find, lock, put } from '../../db/bulk.ts';
import { commit, type Db, type Tx } from '../../db/db.ts';
import { CommitGroup } from '../../db/group.ts';
import { ballots, rounds, slips } from '../../db/schema/dialogue.ts';
import { announce } from '../../live/announce.ts';

export interface CastVote extends Omit<Vote, 'slipVoid'> {
	dialogueId: string;
	/** Of the seat slip it is cast with; null: of a phone. */
	serial: number | null;
}

/** Votes a commit may hold. */
const VOTES_PER_COMMIT = 1000;

const groups = new WeakMap<Db, CommitGroup<CastVote, VoteVerdict>>();

/**
 * Judges a vote against the round as it stands inside the transaction and stores it; answers after the commit. Votes that arrive while
 * a commit runs share the next one. Throws only when the database cannot write; then the vote is not counted.
 */
export function castVote(db: Db, vote: CastVote): Promise<VoteVerdict> {
	let group = groups.get(db);
	if (!group) {
		group = new CommitGroup(
			() => 1,
			(votes: CastVote[]) => storeVotes(db, votes),
			VOTES_PER_COMMIT
		);
		groups.set(db, group);
	}
	return group.submit(vote);
}

function storeVotes(db: Db, votes: readonly CastVote[]): Promise<VoteVerdict[]> {
	return commit(db, async (tx, afterCommit) => {
		await lock(
			tx,
			votes.map(({ dialogueId }) => dialogueLock(dialogueId))
		);
		const roundIds = [...new Set(votes.map(({ ballot }) => ballot.roundId))];
		const open = await find(
			tx,
			rounds,
			['id'],
			roundIds.map((id) => ({ id }))
		);
		const keys = votes.map(({ ballot: { organizationId, roundId, voter } }) => ({ organizationId, roundId, voter }));
		const standing = await find(tx, ballots, ['organizationId', 'roundId', 'voter'], keys);
		const effects = judgeVotes(
			await withSlips(tx, votes),
			new Map(open.map((round) => [round.id, round])),
			new Map(standing.map((ballot) => [ballotKey(ballot), ballot as Ballot]))
		);
		await put(tx, ballots, effects.standing);
		const changed = new Set(effects.standing.map(({ roundId }) => roundId));
		const touched = new Set(votes.filter(({ ballot }) => changed.has(ballot.roundId)).map((vote) => vote.dialogueId));
		for (const dialogueId of touched) afterCommit(() => announce(dialogueId));
		return effects.verdicts;
	});
}

/** A pass is kept nowhere and opens for as long as its dialogue: whether its slip still stands is looked up with every vote. */
async function withSlips(tx: Tx, votes: readonly CastVote[]): Promise<Vote[]> {
	const keys = votes.flatMap(({ dialogueId, serial }) => (serial === null ? [] : [{ dialogueId, serial }]));
	const found = await find(tx, slips, ['dialogueId', 'serial'], keys);
	const stand = new Set(found.map(({ dialogueId, serial }) => `${dialogueId} ${serial}`));
	return votes.map(({ dialogueId, serial, ...vote }) => {
		return { ...vote, slipVoid: serial !== null && !stand.has(`${dialogueId} ${serial}`) };
	});
}

/** What keeps a close on one node and a vote on another apart. */
export const dialogueLock = (dialogueId: string) => `dialogue ${dialogueId}`;
