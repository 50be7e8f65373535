import type { ScreenQuestions } from '$lib/domain/dialogue/question-list.ts';

/** What the room's screen shows of the questions; asked for anew when a frame says that they have changed. */
export class LiveQuestion {
	readonly #address: string;
	#now = $state.raw<ScreenQuestions>({ version: -1, question: null, promises: [], fresh: null });
	#asking = false;
	/** The version of the newest frame. */
	#wanted = -1;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(room: string, first: ScreenQuestions) {
		this.#address = `/api/v1/live/${room}/questions/screen`;
		this.#take(first);
	}

	get now() {
		return this.#now;
	}

	/** Asks where what it has is older than this; never twice at once, and once more where it has changed meanwhile. */
	async learn(version: number) {
		this.#wanted = version;
		if (this.#asking) return;
		this.#asking = true;
		for (let asked = NaN; this.#wanted !== this.#now.version && this.#wanted !== asked;) {
			asked = this.#wanted;
			try {
				const answer = await fetch(this.#address, { cache: 'no-store' });
				if (answer.ok) this.#take((await answer.json()) as ScreenQuestions);
			} catch {
				// The next frame tries again; until then the screen keeps what it has.
			}
		}
		this.#asking = false;
	}

	#take(next: ScreenQuestions) {
		this.#now = next;
		clearTimeout(this.#timer);
		if (next.fresh && typeof window !== 'undefined')
			this.#timer = setTimeout(() => (this.#now = { ...this.#now, fresh: null }), next.fresh.forMs);
	}
}
