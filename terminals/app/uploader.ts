import { jitterMs, retryDelayMs } from '$lib/domain/terminal/outbox.ts';
import { uploadOnce, type Send, type SheetStore } from './upload.ts';

const BETWEEN_BATCHES_MS = 1000;

interface Ports {
	outbox: SheetStore;
	/** Sends what must arrive before the sheets; false: not now. */
	sendDuties: () => Promise<boolean>;
	send: Send;
	random: () => number;
	/** Told after each step, with the server's code when it kept everything ('' when it went well). */
	stepped: (code: string) => void;
}

/** Sends what waits, for as long as the program runs; the tablet's lock sees to it that there is only one. */
export class Uploader {
	#ports: Ports;
	#woken: () => void = () => {};
	#retry: () => void = () => {};
	#pending = false;
	#cutOff = false;

	constructor(ports: Ports) {
		this.#ports = ports;
	}

	/** There is something to send. */
	wake() {
		this.#pending = true;
		this.#woken();
	}

	async run(): Promise<never> {
		let failures = 0;
		await pause(jitterMs(this.#ports.random()));
		for (;;) {
			this.#pending = false;
			const step = await this.#step();
			if (step.outcome === 'kept') {
				this.#cutOff = step.status === 0;
				const delay = retryDelayMs(failures, this.#ports.random(), step.retryAfter ?? 0);
				const back = await this.#delayOrOnline(delay);
				if (back) await pause(jitterMs(this.#ports.random()));
				failures = back ? 0 : failures + 1;
				continue;
			}
			this.#cutOff = false;
			failures = 0;
			if (step.outcome === 'sent' && step.more) await pause(BETWEEN_BATCHES_MS);
			else {
				if (!this.#pending) await new Promise<void>((resolve) => (this.#woken = resolve));
				await pause(jitterMs(this.#ports.random()));
			}
		}
	}

	async #step() {
		const { outbox, sendDuties, send, random, stepped } = this.#ports;
		const ready = await sendDuties();
		const step = ready ? await uploadOnce(outbox, send, random) : waiting;
		stepped(step.outcome === 'kept' ? step.code : '');
		return step;
	}

	/** The server has just answered something: what failed for want of a network is tried again. */
	reached() {
		if (this.#cutOff) this.#retry();
	}

	/** True when the network came back before the delay was over. */
	#delayOrOnline(delay: number): Promise<boolean> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => end(false), delay);
			const back = () => end(true);
			const end = (online: boolean) => {
				clearTimeout(timer);
				removeEventListener('online', back);
				this.#retry = () => {};
				resolve(online);
			};
			this.#retry = back;
			addEventListener('online', back);
		});
	}
}

const waiting = { outcome: 'kept', status: 0, code: 'network', retryAfter: null } as const;

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
