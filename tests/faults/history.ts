import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDb } from '../../src/lib/server/db/open.ts';
import { randomFrom } from '../../terminals/simulator/random.ts';
import { simulate, type SimulationOptions, type SimulationResult } from '../../terminals/simulator/simulation.ts';
import { startServer, type Server, type ServerOptions } from '../actors/server.ts';
import { compareWithTruth, type Findings } from './compare.ts';
import { inject, STORAGE_CALLS } from './strace.ts';
import { prepareWard } from './ward.ts';

/** FAULTS=long runs the same tests with the numbers of a release. */
export const LONG = process.env.FAULTS === 'long';
/** Fixes what happens in a run; `npm run soak` gives each round another. */
export const SEED = process.env.SEED ?? '42';
/** A soak asks what is lost, not how fast: the machine may be busy with something else for hours. */
export const PATIENCE_MS = LONG ? 3_600_000 : process.env.SOAK ? 1_200_000 : 300_000;

/** A folder for the database of one test. */
export function aFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-faults-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}

type Optional = Partial<Omit<SimulationOptions, 'tablets' | 'visits' | 'faults'>>;

/** `kill` is SIGKILL, `stop` SIGTERM; `storageCall`: SIGKILL at the n-th call by which the storage writes. */
export type End = 'kill' | 'stop' | { storageCall: number };

/** Longer does nobody wait for a call that does not come. */
const STORAGE_CALL_MS = 10_000;

export interface History extends Pick<SimulationOptions, 'visits' | 'faults'>, Optional {
	tablets: number;
	/** The server's ends, evenly over the history; each time it starts again at once. */
	ends: End[];
	preload?: ServerOptions['preload'];
}

export interface Told {
	findings: Findings;
	statuses: SimulationResult['statuses'];
	/** The longest time from a start of the server to its "ready", milliseconds. */
	slowestStart: number;
	/** Ends at a call of the storage that came. */
	metCalls: number;
	made: number;
}

/** Lets tablets live through days against one server on one SQLite file that ends and starts again, then compares with the truth. */
export async function liveThrough({ tablets, ends, preload, ...options }: History): Promise<Told> {
	const databaseUrl = `file:${aFolder()}/history.db`;
	const seats = await prepareWard(databaseUrl, tablets);
	const running = new Restarting({ databaseUrl, preload });
	onTestFinished(() => running.kill());
	const origin = await running.start();

	const random = randomFrom(`${SEED} ends`);
	const waiting = [...ends];
	const all = tablets * options.visits;
	let restarts = Promise.resolve();
	const progress = (confirmed: number) => {
		const reached = (ends.length - waiting.length + 0.5) / ends.length;
		if (waiting.length === 0 || confirmed < all * reached) return;
		const how = waiting.shift()!;
		restarts = restarts.then(() => running.restart(how, random() * 30));
	};
	const defaults = { seed: SEED, days: 7, endsAt: Date.now() };
	const result = await simulate({ ...defaults, ...options, origins: [origin], tablets: seats, progress });
	await restarts;
	const code = await running.stop();
	if (code !== 0 || waiting.length > 0)
		throw new Error(`The server ended with ${code}, ${waiting.length} ends were left`);

	const db = await openDb(databaseUrl);
	const findings = await compareWithTruth(db, result);
	await db.store.close();
	const made = result.tablets.reduce((sum, tablet) => sum + tablet.made.length, 0);
	return {
		findings,
		statuses: result.statuses,
		slowestStart: Math.round(running.slowestStart),
		metCalls: running.metCalls,
		made
	};
}

/** A server that comes back on the same file and port. */
class Restarting {
	slowestStart = 0;
	/** Ends at a call of the storage that came. */
	metCalls = 0;
	readonly #options: ServerOptions;
	#server: Server | undefined;

	constructor(options: ServerOptions) {
		this.#options = options;
	}

	async start(): Promise<string> {
		const startedAt = performance.now();
		this.#server = await startServer({ ...this.#options, port: this.#server?.port });
		this.slowestStart = Math.max(this.slowestStart, performance.now() - startedAt);
		return this.#server.origin;
	}

	async restart(how: End, afterMs: number) {
		await new Promise((resolve) => setTimeout(resolve, afterMs));
		if (typeof how === 'string') await this.#server?.[how]();
		else await this.#endAt(how.storageCall);
		await this.start();
	}

	async #endAt(call: number) {
		const server = this.#server!;
		await inject(server.pid, `${STORAGE_CALLS}:signal=KILL:when=${call}`);
		const met = await Promise.race([
			server.gone.then(() => true),
			new Promise<false>((resolve) => setTimeout(resolve, STORAGE_CALL_MS, false))
		]);
		if (met) this.metCalls++;
		else await server.kill();
	}

	kill = async () => this.#server?.kill();
	stop = async () => this.#server?.stop();
}
