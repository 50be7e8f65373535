import { deserialize } from '$app/forms';

/** A ballot as it was typed. */
export interface TypedSheet {
	/** Made before it is sent, so that sending it again is the same ballot. */
	entry: string;
	serial: string;
	typed: string[];
}

/** What the server said of one: how many are keyed by now, or why not; null: it was not heard. */
type Answer = { keyed: number } | { refused: string } | null;

const LONGEST_WAIT_MS = 15_000;

/**
 * Ballots on their way: whoever keys goes on at once. One that was not answered is sent again until it is, in its order, and survives a
 * reload; one that was refused waits for whoever keyed it.
 */
export class KeyingQueue {
	readonly #shelf: string;
	readonly #action: string;
	#waiting = $state<TypedSheet[]>([]);
	#refused = $state<(TypedSheet & { reason: string })[]>([]);
	#keyed = $state(0);
	#unheard = $state(false);
	#sending = false;

	constructor(batchId: string, action: string, keyed: number) {
		this.#shelf = `paper-${batchId}`;
		this.#action = action;
		this.#keyed = keyed;
	}

	get waiting() {
		return this.#waiting.length;
	}
	get refused() {
		return this.#refused;
	}
	/** Ballots the server has. */
	get keyed() {
		return this.#keyed;
	}
	/** The server does not answer now. */
	get unheard() {
		return this.#unheard;
	}

	/** For `onMount`: what was left unsent is sent. */
	resume() {
		try {
			this.#waiting = JSON.parse(localStorage.getItem(this.#shelf) ?? '[]');
		} catch {
			this.#waiting = [];
		}
		void this.#send();
	}

	add(sheet: TypedSheet) {
		this.#refused = this.#refused.filter(({ entry }) => entry !== sheet.entry);
		this.#waiting = [...this.#waiting, sheet];
		this.#keep();
		void this.#send();
	}

	/** Takes a refused ballot back into the form. */
	take(entry: string) {
		const sheet = this.#refused.find((each) => each.entry === entry);
		this.#refused = this.#refused.filter((each) => each.entry !== entry);
		return sheet;
	}

	#keep() {
		try {
			localStorage.setItem(this.#shelf, JSON.stringify(this.#waiting));
		} catch {
			// A browser that keeps nothing: what this page knows it knows until it is closed.
		}
	}

	async #send() {
		if (this.#sending) return;
		this.#sending = true;
		for (let wait = 1000; this.#waiting.length > 0;) {
			const [sheet] = this.#waiting;
			const answer = await this.#ask(sheet!);
			this.#unheard = answer === null;
			if (answer === null) {
				await new Promise<void>((resolve) => {
					addEventListener('online', () => resolve(), { once: true });
					setTimeout(resolve, wait * (0.5 + Math.random()));
				});
				wait = Math.min(2 * wait, LONGEST_WAIT_MS);
				continue;
			}
			wait = 1000;
			if ('keyed' in answer) this.#keyed = answer.keyed;
			else this.#refused = [...this.#refused, { ...sheet!, reason: answer.refused }];
			this.#waiting = this.#waiting.slice(1);
			this.#keep();
		}
		this.#sending = false;
	}

	async #ask({ entry, serial, typed }: TypedSheet): Promise<Answer> {
		const body = new FormData();
		body.set('entry', entry);
		body.set('serial', serial);
		typed.forEach((text, i) => body.set(`k${i}`, text));
		try {
			const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
			const answer = await fetch(this.#action, { method: 'POST', body, headers });
			const result = deserialize<{ saved?: { keyed: number } }, { refused?: string }>(await answer.text());
			if (result.type === 'success') return { keyed: Number(result.data?.saved?.keyed ?? this.#keyed) };
			return result.type === 'failure' ? { refused: String(result.data?.refused) } : null;
		} catch {
			return null;
		}
	}
}
