import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { rehearsalProblems, SLOWEST_P99_MS, type RehearsalResult } from '../../src/lib/domain/dialogue/rehearsal.ts';
import { openDb } from '../../src/lib/server/db/open.ts';
import { loadDemonstration } from '../../src/lib/server/demo/writes.ts';
import { addDialogue } from '../../src/lib/server/dialogue/writes.ts';
import { secretFrom } from '../../src/lib/server/secret/secret.ts';
import { readOrganizations } from '../../src/lib/server/place/reads.ts';
import type { Figure } from './figure.ts';
import { freshFolder } from './servers.ts';

const PHONES = 2_000;

/** Issue 6: on the demonstration database 2 000 phones, a server killed in mid-round, a fake 502, a close race; exact to the ballot. */
export async function rehearsal(seed: number): Promise<Figure> {
	const folder = freshFolder();
	try {
		const database = `file:${folder.path}/demo.db`;
		const room = await aDemonstrationDialogue(database);
		const command = ['src/entry/lang-nghe.js', 'rehearse', room, '--phones', String(PHONES), '--kill', '--json'];
		const env = { ...process.env, DATABASE_URL: database, DATA_DIR: folder.path };
		// A no-go is an answer too: it is told below by what it says.
		const said = await promisify(execFile)(process.execPath, command, { env }).catch(
			(failed: { stdout: string; stderr: string }) => failed
		);
		const line = said.stdout.split('\n').find((each) => each.startsWith('{'));
		if (!line) throw new Error(said.stderr);
		const result = JSON.parse(line) as RehearsalResult;
		const problems = rehearsalProblems(result);
		const slowest = Math.max(...result.trials.filter(({ trial }) => trial !== 'fault').map(({ p99 }) => p99));
		const ratio = Math.round((100 * slowest) / SLOWEST_P99_MS) / 100;
		return {
			...{ name: 'rehearsal', value: slowest, unit: 'ms p99', limit: SLOWEST_P99_MS, ratio, n: PHONES, seed },
			held: problems.length === 0,
			details: [
				...result.trials.map(
					({ trial, acknowledged, counted, late, refused, retried, median, p99 }) =>
						`${trial}: acknowledged ${acknowledged.join(' / ')}, counted ${counted.join(' / ')}; ${late} late, ${refused} refused, ${retried} retries; median ${median} ms, p99 ${p99} ms`
				),
				`watching ${result.watching} and ${result.watchingAtEnd}; 502 for ${result.faultMs} ms, dead for ${Math.round(result.deadMs)} ms; ${result.processor} of a core, ${result.memoryMb} MB`,
				problems.length === 0 ? 'go' : `no go: ${problems.join(', ')}`
			]
		};
	} finally {
		folder.remove();
	}
}

async function aDemonstrationDialogue(database: string): Promise<string> {
	const secret = secretFrom((process.env.SECRET_KEY = randomBytes(32).toString('hex')));
	const db = await openDb(database);
	await loadDemonstration(db, Date.now());
	const ward = (await readOrganizations(db)).find(({ kind }) => kind === 'ward')!;
	const about = { title: 'Đối thoại', place: '', day: '2026-12-01', time: '08:00', streamUrl: '', halls: ['Một'] };
	const { room } = await addDialogue(
		{ db, secret },
		{ organizationId: ward.id, userId: 'system', now: Date.now() },
		{ ...about, hallProof: 'none', rehearsal: false },
		[]
	);
	await db.store.close();
	return room;
}
