import type { StreamedFrame } from '$lib/domain/dialogue/frame.ts';
import type { RoomView } from '$lib/domain/dialogue/room-view.ts';
import { watchRoom } from './room-stream.js';

const HEARTBEAT_MS = 15_000;
const SLACK_MS = 3_000;
const LEARN_AGAIN_MS = 2_000;

/** A room that a page follows: its newest frame, the text of what is asked, and the server's clock. */
export class LiveRoom {
	readonly room: string;
	#frame = $state.raw<StreamedFrame | null>(null);
	#view = $state.raw<RoomView | null>(null);
	/** When the server was last heard, while it is not heard now. */
	#staleSince = $state<number | null>(null);
	#ahead = 0;
	#seconds = $state<number | null>(null);

	/** When the connection broke, while it is broken. */
	#lostAt: number | null = null;
	/** When there was the last word from the server; it says one every 15 s. */
	#heardAt = 0;
	#gone = $state(false);
	#following = false;

	/** `frame`: the state with which the page itself came, so that its first picture is of now. */
	constructor(room: string, view: RoomView | null, frame: StreamedFrame | null = null) {
		this.room = room;
		this.#view = view;
		if (frame) this.#take(frame);
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

	/** The address was withdrawn: nothing is to be seen here any more. */
	get gone() {
		return this.#gone;
	}
	/** What the server's clock says. */
	serverTime(now: number): number {
		return now + this.#ahead;
	}
	/** For how many milliseconds nothing has come through, as far as can be told; 0: all is well. */
	silentFor(now: number): number {
		const missed = this.#heardAt > 0 && now - this.#heardAt > HEARTBEAT_MS + SLACK_MS;
		const since = this.#lostAt ?? (missed ? this.#heardAt + HEARTBEAT_MS : null);
		return since === null ? 0 : now - since;
	}

	/** Follows the room until the returned function is called; for `onMount`. `query` names the role and its token. */
	follow(query = '', events = 'events'): () => void {
		const api = `/api/v1/live/${this.room}`;
		this.#following = true;
		this.#heardAt = Date.now();
		const stop = watchRoom({
			events: `${api}/${events}${query}`,
			state: `${api}/state${events === 'events' ? query : ''}`,
			// What is on air and the hall's screen; the desk is looked at by whoever runs it.
			whileHidden: events === 'events',
			onFrame: (frame: StreamedFrame) => {
				this.#take(frame);
				void this.#learn();
			},
			onFresh: (at: number | null) => {
				this.#staleSince = at;
				if (at !== null) return;
				this.#heardAt = Date.now();
				this.#lostAt = null;
			},
			onLost: () => (this.#lostAt ??= Date.now()),
			onGone: () => (this.#gone = true)
		});
		const clock = setInterval(() => this.#tick(), 250);
		return () => {
			this.#following = false;
			stop();
			clearInterval(clock);
		};
	}

	#take(frame: StreamedFrame) {
		this.#ahead = frame.now - Date.now();
		this.#frame = frame;
		this.#tick();
	}

	#tick() {
		const closesAt = this.#frame?.round?.closesAt ?? null;
		const left = closesAt === null ? null : Math.ceil((closesAt - Date.now() - this.#ahead) / 1000);
		this.#seconds = left !== null && left > 0 ? left : null;
	}

	async #learn() {
		const shown = this.#frame?.round?.id ?? null;
		if (!this.#following || (this.#view && shown === (this.#view.round?.id ?? null))) return;
		try {
			const answer = await fetch(`/api/v1/live/${this.room}`, { cache: 'no-store' });
			if (answer.ok) return void (this.#view = await answer.json());
		} catch {
			// Asked again; until then the screen keeps what it has.
		}
		setTimeout(() => void this.#learn(), LEARN_AGAIN_MS);
	}
}
