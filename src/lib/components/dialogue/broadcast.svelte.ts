import { flushSync } from 'svelte';
import { LONGEST_STREAM_DELAY_MS } from '$lib/domain/dialogue/dialogue.ts';
import type { StreamedFrame } from '$lib/domain/dialogue/frame.ts';
import type { RoomView } from '$lib/domain/dialogue/room-view.ts';
import { LiveRoom } from './live-room.svelte.ts';

/** What a video encoder has to take in is drawn at most twice a second. */
const DRAW_MS = 500;
/** Without a word from the server the last picture stays for so long. */
const KEPT_MS = 20_000;

interface Shown {
	frame: StreamedFrame;
	view: RoomView;
	/** Until the hall closes; whoever watches sees it later by the stream's delay, and their own channel closes later by as much. */
	seconds: number | null;
	/** The number that measures the delay. */
	code: string | null;
}

/** A room as it goes on air: calm, never half of one round and half of another, and nothing rather than something old. */
export class Broadcast {
	readonly #live: LiveRoom;
	#shown = $state.raw<Shown | null>(null);
	#away = $state(false);
	#still = $state(false);

	constructor(room: string, view: RoomView | null, frame: StreamedFrame | null) {
		this.#live = new LiveRoom(room, view, frame);
		this.#draw();
	}

	/** null: nothing is known yet, or nothing may be shown any more. */
	get shown() {
		return this.#live.gone ? null : this.#shown;
	}
	/** The connection is gone for too long: what is shown is faded out. */
	get away() {
		return this.#away;
	}
	/** Nobody sees it, or has just begun to: nothing moves. */
	get still() {
		return this.#still;
	}

	/** For `onMount`. */
	follow(query: string): () => void {
		const stop = this.#live.follow(query);
		const clock = setInterval(() => this.#draw(), DRAW_MS);
		const turned = () => {
			const hidden = document.visibilityState === 'hidden';
			this.#still = true;
			this.#draw();
			flushSync();
			// Two pictures with what is now; after them a change is a change.
			if (!hidden) requestAnimationFrame(() => requestAnimationFrame(() => (this.#still = false)));
		};
		document.addEventListener('visibilitychange', turned);
		return () => {
			stop();
			clearInterval(clock);
			document.removeEventListener('visibilitychange', turned);
		};
	}

	#draw() {
		const { frame, view, secondsLeft: seconds } = this.#live;
		const now = Date.now();
		this.#away = this.#live.silentFor(now) > KEPT_MS;
		if (!frame || !view) return;
		// The text of a new round is on its way. What was hidden goes at once.
		if (!frame.hidden && (frame.round?.id ?? null) !== (view.round?.id ?? null)) return;
		const measured = frame.overlay?.code;
		const fresh = measured && this.#live.serverTime(now) - measured.shownAt < LONGEST_STREAM_DELAY_MS;
		const code = fresh ? measured.text : null;
		const was = this.#shown;
		if (was?.frame === frame && was.view === view && was.seconds === seconds && was.code === code) return;
		this.#shown = { frame, view, seconds, code };
	}
}
