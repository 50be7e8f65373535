import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchRoom } from './room-stream.js';

/** The browser around the script: streams that a test answers, a page that it hides, a network that it gives or takes. */
class AStream extends EventTarget {
	static readonly CLOSED = 2;
	static all: AStream[] = [];
	static get last() {
		return AStream.all.at(-1)!;
	}
	static get open() {
		return AStream.all.filter(({ readyState }) => readyState !== AStream.CLOSED);
	}
	readyState = 0;
	onmessage: ((event: { data: string }) => void) | null = null;
	onerror: (() => void) | null = null;
	constructor() {
		super();
		AStream.all.push(this);
	}
	close() {
		this.readyState = AStream.CLOSED;
	}
	says(frame: object) {
		this.readyState = 1;
		this.onmessage?.({ data: JSON.stringify(frame) });
	}
	/** Any answer but a stream: the browser gives up for good. */
	is502() {
		this.readyState = AStream.CLOSED;
		this.onerror?.();
	}
}

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const turn = (visibilityState: string) => {
	page.visibilityState = visibilityState;
	page.dispatchEvent(new Event('visibilitychange'));
};
const global = new EventTarget();
let polled: () => object;
let asked: number;
let stop = () => {};

beforeEach(() => {
	vi.useFakeTimers();
	AStream.all = [];
	page.visibilityState = 'visible';
	asked = 0;
	polled = () => {
		throw new TypeError('no network');
	};
	vi.stubGlobal('EventSource', AStream);
	vi.stubGlobal('document', page);
	vi.stubGlobal('fetch', async () => {
		asked++;
		const frame = polled();
		return { ok: true, json: async () => frame };
	});
	for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const)
		vi.stubGlobal(name, global[name].bind(global));
});
afterEach(() => {
	stop();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

function watching(how: { whileHidden?: boolean } = {}) {
	const seen: number[] = [];
	const fresh: (number | null)[] = [];
	const onFrame = ({ votes }: { votes: number }) => void seen.push(votes);
	stop = watchRoom({ events: '/events', state: '/state', onFrame, onFresh: (at) => void fresh.push(at), ...how });
	return { seen, fresh };
}
const frame = (v: number, votes: number, epoch = 'a') => ({ epoch, v, votes, now: Date.now() });

test('an answer that is no stream, as of a proxy that restarts, is not the end: it is opened again by itself', async () => {
	const { seen } = watching();
	AStream.last.says(frame(1, 1));
	AStream.last.is502();
	await vi.advanceTimersByTimeAsync(3_001);
	expect(AStream.all).toHaveLength(2);
	AStream.last.is502();
	await vi.advanceTimersByTimeAsync(5_001);
	expect(AStream.all).toHaveLength(3);
	AStream.last.says(frame(7, 7));
	expect(seen).toEqual([1, 7]);
});

test('where something on the way holds the stream back the page asks within five seconds, and stops when a stream comes through', async () => {
	const { seen } = watching();
	polled = () => frame(5, 12);
	await vi.advanceTimersByTimeAsync(5_000);
	expect(seen).toEqual([12]);
	await vi.advanceTimersByTimeAsync(20_000);
	expect(asked).toBeGreaterThanOrEqual(4);
	await vi.advanceTimersByTimeAsync(60_000);
	// One is held for four seconds, then closed for as long as chance says; a closed one says nothing.
	while (AStream.open.length === 0) await vi.advanceTimersByTimeAsync(500);
	AStream.last.says(frame(6, 13));
	const before = asked;
	await vi.advanceTimersByTimeAsync(10_000);
	expect([seen.at(-1), asked]).toEqual([13, before]);
});

test('an answer that was asked for earlier and comes later than a frame is dropped; another run of the server is believed', async () => {
	const { seen } = watching();
	AStream.last.says(frame(9, 90));
	AStream.last.says(frame(8, 80));
	AStream.last.says(frame(1, 91, 'b'));
	AStream.last.says(frame(2, 92, 'b'));
	expect(seen).toEqual([90, 91, 92]);
});

test('a stream that died without a word is opened anew after 40 s, and what is shown is said to be old', async () => {
	const { fresh } = watching({ whileHidden: true });
	AStream.last.says(frame(1, 1));
	const heard = Date.now();
	for (let beat = 0; beat < 20; beat++) {
		await vi.advanceTimersByTimeAsync(15_000);
		if (beat < 10) AStream.last.dispatchEvent(new Event('hb'));
		if (beat === 9) expect(AStream.all).toHaveLength(1);
	}
	expect(AStream.all.length).toBeGreaterThan(1);
	expect(fresh).toContain(heard + 150_000);
});

test('back from a pocket or from the browser’s memory the old connection is not believed', async () => {
	watching();
	AStream.last.says(frame(1, 1));
	turn('hidden');
	turn('visible');
	expect([AStream.all.length, AStream.open.length]).toEqual([2, 1]);
	global.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
	global.dispatchEvent(new Event('online'));
	expect([AStream.all.length, AStream.open.length]).toEqual([4, 1]);
});

test('a tab that nobody sees keeps no stream; what is on air does', async () => {
	const { seen } = watching();
	AStream.last.says(frame(1, 1));
	turn('hidden');
	await vi.advanceTimersByTimeAsync(120_000);
	expect([AStream.open.length, asked]).toEqual([0, 0]);
	turn('visible');
	AStream.last.says(frame(2, 2));
	expect(seen).toEqual([1, 2]);
	stop();
	watching({ whileHidden: true });
	AStream.last.says(frame(3, 3));
	turn('hidden');
	expect(AStream.open).toHaveLength(1);
});
