import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskCommand } from '../../domain/dialogue/desk.ts';
import type { PhonesOrder, PhonesTold, PhonesVoted } from '../../domain/dialogue/rehearsal-phones.ts';
import {
	TRIALS,
	type RehearsalResult,
	type RehearsalStep,
	type Trial,
	type TrialResult
} from '../../domain/dialogue/rehearsal.ts';
import type { Db } from '../db/db.ts';
import { commandDialogue, finishDueRounds } from '../dialogue/desk/writes.ts';
import { readDialogue, readRounds, recount, type StoredRound } from '../dialogue/reads.ts';
import { endRehearsal, noteStep, type Rehearsal } from '../dialogue/rehearsal/writes.ts';

/** The server that is rehearsed on, seen from where the rehearsal runs. */
export interface Rehearsed {
	host: string;
	port: number;
	/** Seconds of processor time it has used. */
	processorSeconds: () => number;
	memoryMb: () => number;
	/** Kills it and starts it again at the same port; returns for how long it was away. Only of a server that was started for this. */
	kill?: () => Promise<number>;
}

/** How often it says that it lives, and looks whether it was cancelled. */
const PULSE_MS = 2_000;
const FEW = 100;
const FAULT_MS = 3_000;
const LOOK_MS = 250;
/** How long a window of the processor's share is, so that one hiccup is not the busiest it was. */
const WINDOW_MS = 2_000;
/** How long it is looked whether a final number moves. */
const STILL_MS = 1_000;
const LONGEST_CLOSING_MS = 60_000;

class Cancelled extends Error {}

/** Runs a rehearsal to its end and cleans up after it; null: it was cancelled. */
export async function rehearse(
	db: Db,
	rehearsal: Rehearsal,
	server: Rehearsed,
	phones: number
): Promise<RehearsalResult | null> {
	// Their program stands beside the server's own, wherever this is bundled to.
	const child = fork(resolve('src/entry/rehearsal-phones.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
	const meter = new Meter(server);
	let step: RehearsalStep = 'joining';
	let cancelled = false;
	const beat = async () => {
		if (await noteStep(db, rehearsal, step, Date.now())) return;
		cancelled = true;
		child.kill();
	};
	// A beat that was missed is caught up by the next.
	const pulse = setInterval(() => void beat().catch(() => {}), PULSE_MS).unref();
	let result: RehearsalResult | null = null;
	try {
		const enter = async (next: RehearsalStep) => {
			if (!(await noteStep(db, rehearsal, (step = next), Date.now()))) throw new Cancelled();
		};
		result = await perform(new Stage(db, rehearsal, child), server, phones, enter, meter);
		await enter('cleaning');
	} catch (problem) {
		if (!cancelled && !(problem instanceof Cancelled)) throw problem;
		result = null;
	} finally {
		clearInterval(pulse);
		meter.stop();
		if (child.connected) child.disconnect();
		await endRehearsal(db, rehearsal, { result, now: Date.now() });
	}
	return result;
}

async function perform(
	stage: Stage,
	server: Rehearsed,
	phones: number,
	enter: (step: RehearsalStep) => Promise<void>,
	meter: Meter
): Promise<RehearsalResult> {
	const seconds = phones > FEW ? 10 : 2;
	await enter('joining');
	const { host, port } = server;
	const { watching } = await stage.order({ join: { host, port, room: stage.room, phones, seconds } });
	await stage.command({ do: 'start' });
	const trials: TrialResult[] = [];
	let deadMs = 0;
	for (const trial of TRIALS) {
		await enter(trial);
		// A server that starts anew is busy with itself: that is not what so many phones cost.
		if (trial !== 'fault') meter.begin();
		const played = await stage.play(trial, seconds, async () => {
			if (server.kill) deadMs = await server.kill();
		});
		meter.stop();
		trials.push(played);
	}
	const { watching: watchingAtEnd } = await stage.order({ watching: true });
	await stage.command({ do: 'end' });
	return {
		...{ phones, watching, watchingAtEnd, trials, faultMs: FAULT_MS, deadMs },
		...{ processor: meter.busiest, memoryMb: Math.round(server.memoryMb()) }
	};
}

/** The trial's dialogue with its desk and its phones. */
class Stage {
	readonly #db: Db;
	readonly #rehearsal: Rehearsal;
	readonly #phones: ChildProcess;

	constructor(db: Db, rehearsal: Rehearsal, phones: ChildProcess) {
		this.#db = db;
		this.#rehearsal = rehearsal;
		this.#phones = phones;
	}

	get room() {
		return this.#rehearsal.room;
	}

	order(order: Extract<PhonesOrder, { vote: object }>): Promise<{ voted: PhonesVoted }>;
	order(order: Exclude<PhonesOrder, { vote: object }>): Promise<{ watching: number }>;
	order(order: PhonesOrder): Promise<PhonesTold> {
		return new Promise((done, failed) => {
			const died = () => failed(new Error('The simulated phones have died'));
			this.#phones.once('exit', died);
			this.#phones.once('message', (told) => (this.#phones.off('exit', died), done(told as PhonesTold)));
			this.#phones.send(order);
		});
	}

	/** As the desk does it, at whatever version it is. */
	async command(command: DeskCommand) {
		const { trialDialogueId: dialogueId, userId } = this.#rehearsal;
		const { version: expected } = (await readDialogue(this.#db, dialogueId))!;
		const done = await commandDialogue(this.#db, { dialogueId, command, expected, userId, now: Date.now() });
		if (!done.ok) throw new Error(`The desk says ${done.reason}`);
	}

	async play(trial: Trial, seconds: number, kill: () => Promise<void>): Promise<TrialResult> {
		const index = TRIALS.indexOf(trial);
		const round = await this.#round(index);
		await this.command({ do: 'open', roundId: round.id });
		const fault = trial === 'fault';
		// Votes go on for as long again as the grace lasts, so that many are on their way when it ends.
		const lasting = trial === 'race' ? Math.max(seconds, 6) : seconds;
		const voting = this.order({
			vote: {
				...{ roundId: round.id, options: round.options.length, seconds: lasting },
				...{ faultAtMs: 200 * seconds, faultMs: fault ? FAULT_MS : 0 }
			}
		});
		if (fault) await sleep(700 * seconds).then(kill);
		if (trial === 'race') await sleep(1000 * (lasting - 4.5)).then(() => this.command({ do: 'close-now' }));
		const { voted } = await voting;
		if (trial !== 'race') await this.command({ do: 'close-now' });
		const counted = await this.#final(index);
		await sleep(STILL_MS);
		const later = (await recount(this.#db, await this.#round(index), 1)).total.votes;
		return { trial, ...voted, counted, later };
	}

	async #final(index: number): Promise<number[]> {
		for (const until = Date.now() + LONGEST_CLOSING_MS; Date.now() < until; await sleep(LOOK_MS)) {
			await finishDueRounds(this.#db, Date.now());
			const { phase, result } = await this.#round(index);
			if (phase === 'final') return result!.tally.total.votes;
		}
		throw new Error('The round does not become final');
	}

	async #round(index: number): Promise<StoredRound> {
		return (await readRounds(this.#db, this.#rehearsal.trialDialogueId))[index]!;
	}
}

/** How much of one core the server uses, in the busiest seconds. */
class Meter {
	#busiest = 0;
	#clock: NodeJS.Timeout | undefined;
	readonly #processorSeconds: () => number;

	constructor({ processorSeconds }: Rehearsed) {
		this.#processorSeconds = processorSeconds;
	}

	begin() {
		const processorSeconds = this.#processorSeconds;
		let [used, at] = [processorSeconds(), performance.now()];
		this.#clock = setInterval(() => {
			const [usedNow, now] = [processorSeconds(), performance.now()];
			const share = (1000 * (usedNow - used)) / (now - at);
			this.#busiest = Math.max(this.#busiest, share);
			[used, at] = [usedNow, now];
		}, WINDOW_MS).unref();
	}

	get busiest() {
		return Math.round(100 * this.#busiest) / 100;
	}
	stop() {
		clearInterval(this.#clock);
	}
}

/** The server of this very process. */
export function thisServer({ host, port }: { host: string; port: number }): Rehearsed {
	return {
		// What listens everywhere is reached here too.
		host: ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host,
		port,
		processorSeconds: () => {
			const { user, system } = process.cpuUsage();
			return (user + system) / 1e6;
		},
		memoryMb: () => process.memoryUsage.rss() / 2 ** 20
	};
}
