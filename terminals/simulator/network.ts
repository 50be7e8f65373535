import type { Receipt, Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { NO_ANSWER, type Answer } from '../app/answer.ts';
import type { Send } from '../app/upload.ts';
import type { Random } from './random.ts';

/** Chance of each thing that goes wrong with one request; they exclude each other. */
export interface FaultRates {
	/** It never leaves the tablet. */
	lostRequest: number;
	/** The server stores it, the answer is lost. */
	lostAnswer: number;
	/** It arrives twice, at the same time. */
	doubled: number;
	/** The network keeps a copy that arrives much later, after everything else; the tablet hears nothing. */
	delayed: number;
	/** The connection breaks in the middle of the body. */
	truncated: number;
	/** A bit of the body changes on the way: the signature no longer fits. */
	corrupted: number;
	/** It arrives in two requests, the second half first. */
	split: number;
	/** Only half of the receipts can be read. */
	halfAnswer: number;
	/** A captive portal answers 200 with its own page. */
	portal: number;
}

export const CALM: FaultRates = {
	lostRequest: 0,
	lostAnswer: 0,
	doubled: 0,
	delayed: 0,
	truncated: 0,
	corrupted: 0,
	split: 0,
	halfAnswer: 0,
	portal: 0
};

/** Nearly half of all requests meet something. */
export const BAD: FaultRates = {
	lostRequest: 0.1,
	lostAnswer: 0.1,
	doubled: 0.06,
	delayed: 0.05,
	truncated: 0.04,
	corrupted: 0.02,
	split: 0.06,
	halfAnswer: 0.03,
	portal: 0.02
};

/** Signs and really sends a body. */
export type Deliver = (body: string, how?: { cutAfter?: number; corrupt?: boolean }) => Promise<Answer>;

/** A way to the server on which requests are lost, doubled, cut, delayed and reordered. */
export class BadNetwork {
	readonly #deliver: Deliver;
	readonly #rates: FaultRates;
	readonly #random: Random;
	#held: string[] = [];

	constructor(deliver: Deliver, rates: FaultRates, random: Random) {
		this.#deliver = deliver;
		this.#rates = rates;
		this.#random = random;
	}

	readonly send: Send = async (body) => {
		if (this.#held.length > 0 && this.#random() < 0.1) await this.#deliver(this.#held.shift()!);
		return this.#faults[this.#chooseFault()](body);
	};

	/** The copies that the network still keeps arrive after all. */
	async flush() {
		for (const body of this.#held.splice(0)) await this.#deliver(body);
	}

	#chooseFault(): keyof FaultRates | 'none' {
		let left = this.#random();
		for (const fault of Object.keys(this.#rates) as (keyof FaultRates)[]) {
			left -= this.#rates[fault];
			if (left < 0) return fault;
		}
		return 'none';
	}

	readonly #faults: Record<keyof FaultRates | 'none', (body: string) => Promise<Answer>> = {
		none: (body) => this.#deliver(body),
		lostRequest: async () => NO_ANSWER,
		lostAnswer: async (body) => {
			await this.#deliver(body);
			return NO_ANSWER;
		},
		doubled: async (body) => (await Promise.all([this.#deliver(body), this.#deliver(body)]))[1],
		delayed: async (body) => {
			this.#held.push(body);
			return NO_ANSWER;
		},
		truncated: async (body) => {
			await this.#deliver(body, { cutAfter: Math.floor(this.#random() * Buffer.byteLength(body)) });
			return NO_ANSWER;
		},
		corrupted: (body) => this.#deliver(body, { corrupt: true }),
		split: async (body) => {
			const { sheets } = JSON.parse(body) as { sheets: Sheet[] };
			const middle = Math.floor(sheets.length / 2);
			if (middle === 0) return this.#deliver(body);
			const second = await this.#deliver(JSON.stringify({ sheets: sheets.slice(middle) }));
			const first = await this.#deliver(JSON.stringify({ sheets: sheets.slice(0, middle) }));
			if (first.status !== 200 || second.status !== 200) return first.status === 200 ? second : first;
			return { ...first, value: [...(first.value as Receipt[]), ...(second.value as Receipt[])] };
		},
		halfAnswer: async (body) => {
			const answer = await this.#deliver(body);
			if (answer.status !== 200) return answer;
			const receipts = answer.value as Receipt[];
			return { ...answer, value: receipts.slice(0, Math.ceil(receipts.length / 2)) };
		},
		portal: async () => ({ status: 200, code: 'http-200', value: null, retryAfter: null })
	};
}
