import { randomUUID } from 'node:crypto';
import type { OnlineChannel } from '../../src/lib/domain/dialogue/dialogue.ts';
import type { Ballot } from '../../src/lib/domain/dialogue/voting.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { put } from '../../src/lib/server/db/bulk.ts';
import { ballots } from '../../src/lib/server/db/schema/dialogue.ts';
import { readDialogue, voterMark } from '../../src/lib/server/dialogue/reads.ts';
import { castVote } from '../../src/lib/server/dialogue/votes/writes.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { packUuid } from '../../src/lib/server/submission/writes.ts';
import { NOON } from './sheet.ts';

/** A ballot that only states what matters, under the mark that a phone or a slip of this dialogue has. */
export async function aBallot(
	{ db, secret }: Pick<Serving, 'db' | 'secret'>,
	dialogueId: string,
	holder: string,
	change: Partial<Ballot> & Pick<Ballot, 'roundId' | 'choice'>
): Promise<Ballot> {
	const dialogue = (await readDialogue(db, dialogueId))!;
	const slip = holder.startsWith('slip');
	return {
		organizationId: dialogue.organizationId,
		voter: voterMark(secret, dialogue, holder)!,
		id: packUuid(randomUUID()),
		turn: 1,
		channel: 'live-hall' as OnlineChannel,
		hall: 0,
		level: slip ? 'slip' : 'device',
		suspect: false,
		batchId: '',
		...change
	};
}

/** A vote as a phone sends it. */
export async function vote(serving: Serving, dialogueId: string, ...of: ParametersOf<typeof aBallot>) {
	const ballot = await aBallot(serving, dialogueId, ...of);
	return castVote(serving.db, { dialogueId, ballot, serial: null, at: NOON });
}

type ParametersOf<F extends (...args: never[]) => unknown> =
	Parameters<F> extends [unknown, unknown, ...infer Rest] ? Rest : never;

/** A ballot as it is keyed from paper, after the rounds are over. */
export async function keyed(serving: Serving, dialogueId: string, ...[holder, change]: ParametersOf<typeof aBallot>) {
	const paper = { channel: 'live-paper', level: 'slip', batchId: 'b1', ...change } as const;
	const ballot = await aBallot(serving, dialogueId, holder, paper);
	await commit(serving.db, (tx) => put(tx, ballots, [ballot]));
}
