import { expect, onTestFinished, test, vi } from 'vitest';
import type { StreamedFrame } from '$lib/domain/dialogue/frame.ts';
import type { RoomView } from '$lib/domain/dialogue/room-view.ts';
import { Broadcast } from './broadcast.svelte.ts';

/** A stream that answers nothing by itself. */
class AStream extends EventTarget {
	static readonly CLOSED = 2;
	static last: AStream;
	readyState = 1;
	onmessage: ((event: { data: string }) => void) | null = null;
	onerror: (() => void) | null = null;
	constructor() {
		super();
		AStream.last = this;
	}
	close() {}
}

const frame = (v: number): StreamedFrame => ({
	...({ epoch: 'a', v, now: Date.now(), version: 1, state: 'live', hidden: false, round: null } as const),
	...{ votes: null, shares: null, valid: 0, turnout: { 'live-hall': 0, 'live-stream': 0, 'live-paper': 0 } },
	questions: { open: false, version: 0 }
});
const VIEW: RoomView = {
	...({ title: 'Thử', place: '', halls: ['Một'], hallProof: 'none', rehearsal: false, state: 'live' } as const),
	...{ hidden: false, questionsOpen: false, rounds: 1, round: null }
};

function onAir() {
	vi.useFakeTimers();
	const page = new EventTarget();
	vi.stubGlobal('EventSource', AStream);
	vi.stubGlobal('document', Object.assign(page, { visibilityState: 'visible' }));
	vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
	const events = new EventTarget();
	for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const)
		vi.stubGlobal(name, events[name].bind(events));
	const broadcast = new Broadcast('abc', VIEW, frame(1));
	const stop = broadcast.follow('?role=overlay&token=x');
	const says = (v: number) => AStream.last.onmessage!({ data: JSON.stringify(frame(v)) });
	onTestFinished(() => {
		stop();
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});
	return { broadcast, says };
}

test('without a word from the server the last picture stays for 20 s, then it is taken from the air, and the next word brings it back', async () => {
	const { broadcast, says } = onAir();
	says(2);
	AStream.last.readyState = AStream.CLOSED;
	AStream.last.onerror!();
	await vi.advanceTimersByTimeAsync(19_500);
	expect([broadcast.away, broadcast.shown !== null]).toEqual([false, true]);
	await vi.advanceTimersByTimeAsync(1_500);
	expect(broadcast.away).toBe(true);
	says(3);
	await vi.advanceTimersByTimeAsync(500);
	expect(broadcast.away).toBe(false);
});

test('a connection that only looks alive is found out by the heartbeats that do not come', async () => {
	const { broadcast, says } = onAir();
	says(2);
	for (let beat = 0; beat < 8; beat++) {
		await vi.advanceTimersByTimeAsync(15_000);
		AStream.last.dispatchEvent(new Event('hb'));
		expect(broadcast.away).toBe(false);
	}
	await vi.advanceTimersByTimeAsync(34_000);
	expect(broadcast.away).toBe(false);
	await vi.advanceTimersByTimeAsync(2_000);
	expect(broadcast.away).toBe(true);
});

test('an address that was withdrawn shows nothing any more', async () => {
	const { broadcast, says } = onAir();
	says(2);
	expect(broadcast.shown).not.toBeNull();
	AStream.last.dispatchEvent(new Event('gone'));
	expect(broadcast.shown).toBeNull();
});
