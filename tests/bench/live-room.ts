import { randomBytes, randomUUID } from 'node:crypto';
import { openDb } from '../../src/lib/server/db/open.ts';
import { ballots, rounds } from '../../src/lib/server/db/schema/dialogue.ts';
import { commandDialogue } from '../../src/lib/server/dialogue/desk/writes.ts';
import { readDialogue, readRounds, recount } from '../../src/lib/server/dialogue/reads.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';

/** A dialogue with one open round on a fresh file, made before the server starts; its secret is the server's through the environment. */
export async function anOpenRoom(database: string): Promise<{ room: string; roundId: string }> {
	const secret = secretFrom((process.env.SECRET_KEY = randomBytes(32).toString('hex')));
	const db = await openDb(`file:${database}`);
	const now = Date.now();
	const { id, room } = await addDialogue(
		{ db, secret },
		{ organizationId: 'w1', userId: 'u1', now },
		{
			...{ title: 'Hội trường đo', place: '', day: '2026-11-23', time: '', streamUrl: '', rehearsal: false },
			...{ halls: ['Một'], hallProof: 'none' }
		},
		[
			{
				...{ kind: 'single', text: 'Chọn?', options: ['A', 'B', 'C'], most: 1, criterion: null, items: 0 },
				...{ changeable: true, onPaper: false, versionId: null }
			}
		]
	);
	const [round] = await readRounds(db, id);
	const roundId = round!.id;
	for (const command of [{ do: 'start' }, { do: 'open', roundId }] as const) {
		const { version: expected } = (await readDialogue(db, id))!;
		await commandDialogue(db, { dialogueId: id, command, expected, userId: 'u1', now });
	}
	await db.store.close();
	return { room, roundId };
}

/** What the ballots on the file say, counted anew. */
export async function ballotsOn(database: string): Promise<{ votes: number[]; suspects: number }> {
	const db = await openDb(`file:${database}`);
	const stored = await db.select().from(ballots);
	const [round] = await db.select().from(rounds);
	const tally = await recount(db, round!, 1);
	await db.store.close();
	return { votes: tally.total.votes, suspects: stored.filter(({ suspect }) => suspect).length };
}

interface Said {
	status: number;
	body: Record<string, unknown>;
}

/** A phone that joins and votes, as the page's script does. */
export function phoneOf(port: number, { room, roundId }: { room: string; roundId: string }) {
	const post = async (path: string, body: unknown): Promise<Said> => {
		const address = `http://127.0.0.1:${port}/api/v1/live/${room}/${path}`;
		const headers = { 'content-type': 'application/json' };
		const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
		return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
	};
	return {
		join: async () => String((await post('passes', {})).body.pass),
		vote: (pass: string, choice: number) =>
			post('votes', { pass, roundId, ballotId: randomUUID(), turn: 1, choice: String(choice) })
	};
}
