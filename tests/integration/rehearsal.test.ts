import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { RehearsalResult } from '../../src/lib/domain/dialogue/rehearsal.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { ballots, dialogues, rounds } from '../../src/lib/server/db/schema/dialogue.ts';
import { readDialogue, readDialogues, readRounds } from '../../src/lib/server/dialogue/reads.ts';
import { readRehearsals } from '../../src/lib/server/dialogue/rehearsal/reads.ts';
import {
	beginRehearsal,
	cancelRehearsal,
	endRehearsal,
	noteStep,
	type Rehearsal
} from '../../src/lib/server/dialogue/rehearsal/writes.ts';
import { aDialogue } from '../factories/dialogue.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const RESULT: RehearsalResult = {
	...{ phones: 60, watching: 60, watchingAtEnd: 60, trials: [], faultMs: 0, deadMs: 0, processor: 0.1, memoryMb: 1 }
};

async function aPreparedDialogue() {
	const serving = await aServing();
	const dialogue = await aDialogue(serving);
	const begin = async (now = NOON) =>
		beginRehearsal(serving, (await readDialogue(serving.db, dialogue.id))!, { phones: 60, userId: 'u1', now });
	return { serving, db: serving.db, dialogue, begin };
}

async function begun(begin: () => ReturnType<typeof beginRehearsal>): Promise<Rehearsal> {
	const done = await begin();
	if (!done.ok) throw new Error(done.reason);
	return done.value;
}

test('nothing is rehearsed while people vote in earnest, nor two rehearsals at once', async () => {
	const { db, dialogue, begin } = await aPreparedDialogue();
	await dialogue.command({ do: 'start' });
	expect(await begin()).toEqual({ ok: false, reason: 'live-elsewhere' });
	await dialogue.command({ do: 'end' });
	const both = await Promise.all([begin(), begin()]);
	expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'running' });
	// The one that came second has left nothing behind.
	expect((await readDialogues(db, 'w1')).filter(({ rehearsal }) => rehearsal)).toHaveLength(1);
});

test('what a rehearsal did is gone when it ends and its result stays; the dialogue itself is untouched', async () => {
	const { db, dialogue, begin } = await aPreparedDialogue();
	const rehearsal = await begun(begin);
	const [round] = await readRounds(db, rehearsal.trialDialogueId);
	const own = { organizationId: 'w1', id: 'b', turn: 1, channel: 'live-hall', hall: 0, level: 'device' } as const;
	const rest = { voter: 'v', suspect: false, choice: '0', batchId: '' };
	await commit(db, async (tx) => {
		await tx.insert(ballots).values({ ...own, ...rest, roundId: round!.id });
		await tx.insert(ballots).values({ ...own, ...rest, roundId: dialogue.rounds[0]!.id });
	});
	expect(await noteStep(db, rehearsal, 'plain', NOON + 1)).toBe(true);
	await endRehearsal(db, rehearsal, { result: RESULT, now: NOON + 2 });
	expect(await readRehearsals(db, dialogue.id)).toMatchObject([{ state: 'done', result: { phones: 60 } }]);
	expect((await db.select().from(dialogues)).map(({ id }) => id)).toEqual([dialogue.id]);
	expect((await db.select().from(rounds)).map(({ dialogueId }) => dialogueId)).toEqual([dialogue.id]);
	expect((await db.select().from(ballots)).map(({ roundId }) => roundId)).toEqual([dialogue.rounds[0]!.id]);

	// Even asked to, it takes nothing away from a dialogue in earnest.
	await endRehearsal(db, { ...rehearsal, trialDialogueId: dialogue.id }, { result: null, now: NOON + 3 });
	expect(await db.select().from(ballots)).toHaveLength(1);
	expect(await db.select().from(dialogues).where(eq(dialogues.id, dialogue.id))).toHaveLength(1);
});

test('a dialogue that begins in earnest ends the rehearsal', async () => {
	const { db, dialogue, begin } = await aPreparedDialogue();
	const rehearsal = await begun(begin);
	expect(await noteStep(db, rehearsal, 'plain', NOON)).toBe(true);
	await dialogue.command({ do: 'start' });
	expect(await noteStep(db, rehearsal, 'fault', NOON)).toBe(false);
	expect(await readRehearsals(db, dialogue.id)).toMatchObject([{ state: 'cancelled', step: 'plain' }]);
});

test('one that is cancelled learns it at its next step, and one whose server died is cleared away by the next', async () => {
	const { db, dialogue, begin } = await aPreparedDialogue();
	const first = await begun(begin);
	const by = { dialogueId: dialogue.id, organizationId: 'w1', userId: 'u1', now: NOON };
	expect(await cancelRehearsal(db, by)).toBe(true);
	expect(await noteStep(db, first, 'plain', NOON)).toBe(false);
	await endRehearsal(db, first, { result: null, now: NOON });
	expect(await cancelRehearsal(db, by)).toBe(false);

	const dead = await begun(() => begin(NOON + 1));
	expect(await begin(NOON + 59_000)).toEqual({ ok: false, reason: 'running' });
	const next = await begun(() => begin(NOON + 62_000));
	const states = (await readRehearsals(db, dialogue.id)).map(({ state }) => state);
	expect(states).toEqual(['running', 'failed', 'cancelled']);
	const left = (await readDialogues(db, 'w1')).filter(({ rehearsal }) => rehearsal);
	expect(left.map(({ id }) => id)).toEqual([next.trialDialogueId]);
	expect(left).not.toContainEqual(expect.objectContaining({ id: dead.trialDialogueId }));
});
