import { randomBytes, randomUUID } from 'node:crypto';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { GRACE_MS } from '../../src/lib/domain/dialogue/round.ts';
import { findVersion } from '../../src/lib/domain/survey/catalogue.ts';
import { put } from '../../src/lib/server/db/bulk.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { ballots } from '../../src/lib/server/db/schema/dialogue.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { commandDialogue, finishDueRounds } from '../../src/lib/server/dialogue/desk/writes.ts';
import { readDialogue, readRounds, voterMark } from '../../src/lib/server/dialogue/reads.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { packUuid } from '../../src/lib/server/submission/writes.ts';

/** A dialogue that has ended with so many ballots on a whole questionnaire, ready to be closed. */
export async function anEndedDialogue(
	file: string,
	{ voters, versionId }: { voters: number; versionId: string },
	seed: number
) {
	const secret = secretFrom((process.env.SECRET_KEY = randomBytes(32).toString('hex')));
	const db = await openDb(`file:${file}`);
	await commit(db, (tx) => tx.insert(organizations).values({ id: 'w1', kind: 'ward', name: 'Phường đo' }));
	const items = findVersion(versionId)!.items.length;
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
				...{ kind: 'questionnaire', text: 'Phiếu chung', options: [], most: 1, criterion: null, items, versionId },
				...{ changeable: true, onPaper: false }
			}
		]
	);
	const command = async (what: Parameters<typeof commandDialogue>[1]['command']) => {
		const { version: expected } = (await readDialogue(db, id))!;
		await commandDialogue(db, { dialogueId: id, command: what, expected, userId: 'u1', now });
	};
	const roundId = (await readRounds(db, id))[0]!.id;
	await command({ do: 'start' });
	await command({ do: 'open', roundId });
	const dialogue = (await readDialogue(db, id))!;
	const random = seeded(seed);
	const cast = Array.from({ length: voters }, (_, voter) => ({
		...{ organizationId: 'w1', roundId, turn: 1, hall: 0, suspect: false, batchId: '' },
		...({ channel: voter % 4 === 0 ? 'live-stream' : 'live-hall', level: 'device' } as const),
		voter: voterMark(secret, dialogue, `device ${voter}`)!,
		id: packUuid(randomUUID()),
		choice: Array.from({ length: items }, () => String(1 + random.weighted([2, 4, 13, 42, 39]))).join('')
	}));
	await commit(db, (tx) => put(tx, ballots, cast));
	await command({ do: 'close-now' });
	await finishDueRounds(db, now + GRACE_MS + 1);
	await command({ do: 'end' });
	const { version } = (await readDialogue(db, id))!;
	return { db, secret, id, room, version, items };
}
