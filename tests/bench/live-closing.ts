import { SIPAS19 } from '../../src/lib/domain/survey/sipas19.ts';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';
import { closeDialogue } from '../../src/lib/server/dialogue/closing/writes.ts';
import { round, type Figure } from './figure.ts';
import { anEndedDialogue } from './live-ended.ts';
import { freshFolder } from './servers.ts';

const CASES = [
	{ voters: 1_855, versionId: SIPAS5.id },
	{ voters: 5_000, versionId: SIPAS19.id }
];
/**
 * The closing is one transaction, and on SQLite everything else that writes waits behind it (decision 0048). Nobody should wait longer for
 * that than a full hall may wait for a vote: the 2 s of `live-hall`.
 */
const LIMIT_MS = 2_000;

/** How long a dialogue's closing keeps the database: recount, compare, sheets and counts, one commit. */
export async function liveClosing(seed: number): Promise<Figure> {
	const details: string[] = [];
	let slowest = 0;
	for (const { voters, versionId } of CASES) {
		const folder = freshFolder();
		try {
			const { db, secret, id, version, items } = await anEndedDialogue(
				`${folder.path}/hall.db`,
				{ voters, versionId },
				seed
			);
			const [began, before] = [performance.now(), process.cpuUsage()];
			const asked = { dialogueId: id, expected: version, userId: 'u1', now: Date.now() };
			const closed = await closeDialogue({ db, secret }, asked);
			const took = performance.now() - began;
			const { user, system } = process.cpuUsage(before);
			await db.store.close();
			if (!closed.ok || closed.sheets !== voters) throw new Error(`Not closed: ${JSON.stringify(closed)}`);
			details.push(
				`${voters} ballots of ${items} items: ${round(took)} ms (${round((user + system) / 1000)} ms of a processor), ${closed.sheets} sheets`
			);
			slowest = Math.max(slowest, took);
		} finally {
			folder.remove();
		}
	}
	return {
		...{
			name: 'live-closing',
			value: round(slowest),
			unit: 'ms',
			limit: LIMIT_MS,
			ratio: round(slowest / LIMIT_MS, 2)
		},
		...{ n: CASES.at(-1)!.voters, seed, held: slowest < LIMIT_MS, details }
	};
}
