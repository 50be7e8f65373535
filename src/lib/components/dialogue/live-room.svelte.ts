import type { Frame } from '$lib/domain/dialogue/frame.ts';
import type { RoomView } from '$lib/domain/dialogue/room-view.ts';
import { watchRoom } from './room-stream.js';

/** A frame as it comes over the stream. */
export type StreamedFrame = Frame & { epoch: string; v: number; now: number };

/** A room that a page follows: its newest frame, the text of what is asked, and the server's clock. */
export class LiveRoom {
	readonly room: string;
	#frame = $state.raw<StreamedFrame | null>(null);
	#view = $state.raw<RoomView | null>(null);
	/** When the server was last heard, while it is not heard now. */
	#staleSince = $state<number | null>(null);
	#ahead = 0;
	#seconds = $state<number | null>(null);

	constructor(room: string, view: RoomView) {
		this.room = room;
		this.#view = view;
	}

	get frame() {
		return this.#frame;
	}
	get view() {
		return this.#view;
	}
	get staleSince() {
		return this.#staleSince;
	}
	/** Whole seconds until the hall closes; null while nobody has said when. */
	get secondsLeft() {
		return this.#seconds;
	}

	/** Follows the room until the returned function is called; for `onMount`. `query` names the role and its token. */
	follow(query = '', events = 'events'): () => void {
		const api = `/api/v1/live/${this.room}`;
		const stop = watchRoom({
			events: `${api}/${events}${query}`,
			state: `${api}/state${events === 'events' ? query : ''}`,
			onFrame: (frame: StreamedFrame) => {
				this.#ahead = frame.now - Date.now();
				this.#frame = frame;
				this.#tick();
				void this.#learn();
			},
			onFresh: (at: number | null) => (this.#staleSince = at)
		});
		const clock = setInterval(() => this.#tick(), 250);
		return () => {
			stop();
			clearInterval(clock);
		};
	}

	#tick() {
		const closesAt = this.#frame?.round?.closesAt ?? null;
		const left = closesAt === null ? null : Math.ceil((closesAt - Date.now() - this.#ahead) / 1000);
		this.#seconds = left !== null && left > 0 ? left : null;
	}

	async #learn() {
		const shown = this.#frame?.round?.id ?? null;
		if (shown === (this.#view?.round?.id ?? null)) return;
		try {
			const answer = await fetch(`/api/v1/live/${this.room}`, { cache: 'no-store' });
			if (answer.ok) this.#view = await answer.json();
		} catch {
			// The next frame tries again; until then the screen keeps what it has.
		}
	}
}
