import type { Receipt } from '../../src/lib/domain/submission/sheet.ts';
import type { DistantTablet } from '../actors/distant-tablet.ts';
import { aSheet } from '../factories/sheet.ts';

/** How a server says that it could not store. */
export interface StorageRefusal {
	status: number;
	code: string;
	retryAfter: string | undefined;
	message: string;
}

/** The sheets of one tablet that keeps what is not confirmed, and says in the end what it made and what it was told. */
export class Queue {
	readonly tablet: DistantTablet;
	readonly #made: ReturnType<typeof aSheet>[] = [];
	readonly #confirmed: string[] = [];
	#waiting: ReturnType<typeof aSheet>[] = [];

	constructor(tablet: DistantTablet) {
		this.tablet = tablet;
	}

	/** Makes so many sheets and tries everything that waits once; what was refused is told and stays. */
	async send(count: number): Promise<StorageRefusal[]> {
		for (let i = 0; i < count; i++) {
			const comment = 'Ghi chú dài cho nhanh đầy đĩa. '.repeat(10).trim();
			const sheet = aSheet({ sequence: this.#made.length + 1, comment });
			this.#made.push(sheet);
			this.#waiting.push(sheet);
		}
		const { status, text, headers } = await this.tablet.call('POST', '/api/v1/submissions', { sheets: this.#waiting });
		if (status !== 200) return [{ status, retryAfter: headers['retry-after'], ...JSON.parse(text) }];
		const done = (JSON.parse(text) as Receipt[]).filter(({ status }) => status !== 'quarantined').map(({ id }) => id);
		this.#confirmed.push(...done.filter((id) => id !== null));
		this.#waiting = this.#waiting.filter(({ id }) => !done.includes(id));
		return [];
	}

	async drain(until: number) {
		while (this.#waiting.length > 0 && performance.now() < until) await this.send(0);
	}

	run() {
		const { identity } = this.tablet;
		const [made, confirmed, waiting] = [this.#made, this.#confirmed, this.#waiting.length];
		return { id: identity.id, made, confirmed, waiting, refused: [] };
	}
}
