import { EventEmitter, once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { LiveState, ViewerRole } from '../../domain/dialogue/frame.ts';
import { tallyOf } from '../../domain/dialogue/tally.ts';
import { Hub } from './hub.ts';

const ROUND = { kind: 'single' as const, options: ['A', 'B'], items: 0 };

function aState(votes: number): LiveState {
	return {
		desk: {
			...{ state: 'live', version: 1, hidden: false, roundId: 'r1', questionsOpen: false },
			...{ streamDelayMs: 0, delayMeasure: null, overlayLayout: 'lower' }
		},
		round: {
			...{ id: 'r1', number: 1, kind: 'single', phase: 'open', openedAt: 1 },
			...{ closesAt: null, streamClosesAt: null, revealed: true }
		},
		tally: tallyOf(ROUND, [{ channel: 'live-hall', hall: 0, choice: '0', ballots: votes }], 1),
		suspects: 0,
		questionsVersion: 0
	};
}

/** A hub on a real server, over a number that a test can change. */
async function aHub() {
	let votes = 0;
	let looks = 0;
	const hub = new Hub({
		report: (problem) => {
			throw problem;
		},
		read: async () => {
			looks++;
			return { state: aState(votes), wakeAt: null };
		}
	});
	const server = createServer((request, response) => {
		const query = new URLSearchParams(request.url!.split('?')[1]);
		const role = (query.get('role') ?? 'phone') as ViewerRole;
		const lastSeen = (request.headers['last-event-id'] as string | undefined) ?? '';
		void hub.attach(response, { dialogueId: 'd1', role, display: query.get('display') ?? '', lastSeen });
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const watch = async (role: ViewerRole = 'phone', query = '') => {
		const asked = send({ port, path: `/?role=${role}${query}`, agent: false }).end();
		const [response] = (await once(asked, 'response')) as [IncomingMessage];
		let text = '';
		response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
		response.on('error', () => {});
		const ended = new Promise<void>((resolve) => response.on('close', () => resolve()));
		const frames = () =>
			[...text.matchAll(/^data: (\{.*\})$/gm)].map(
				([, json]) => JSON.parse(json!) as { v: number; epoch: string; votes: number[] }
			);
		return { response, text: () => text, frames, ended, leave: () => asked.destroy() };
	};
	return { hub, watch, looks: () => looks, set: (next: number) => ((votes = next), hub.touch('d1')) };
}

test('the first frame comes at once, also where nothing happens, with headers that no proxy holds back', async () => {
	const { watch } = await aHub();
	const { response, frames, text } = await watch();
	await expect.poll(() => frames().length).toBe(1);
	expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
	expect(response.headers['cache-control']).toContain('no-store');
	expect(text()).toMatch(/^retry: \d+$/m);
});

test('two hundred changes a second: each role has its own pace, and the last frame has the last number', async () => {
	const { watch, set, looks } = await aHub();
	const [phone, screen] = [await watch(), await watch('screen')];
	for (let votes = 1; votes <= 400; votes++) {
		set(votes);
		await sleep(5);
	}
	await expect.poll(() => phone.frames().at(-1)!.votes[0], { timeout: 3000 }).toBe(400);
	await expect.poll(() => screen.frames().at(-1)!.votes[0]).toBe(400);
	// Some two seconds: three or four ticks of a phone and its first frame; a quarter of a second between those of a screen.
	expect(phone.frames().length).toBeLessThanOrEqual(6);
	expect(screen.frames().length).toBeGreaterThan(phone.frames().length);
	expect(looks()).toBeLessThan(24);
	const versions = phone.frames().map(({ v }) => v);
	expect(versions).toEqual([...versions].sort((a, b) => a - b));
});

test('nothing changed, nothing sent; nobody watching, nothing read', async () => {
	const { watch, hub, looks } = await aHub();
	const viewer = await watch('screen');
	await expect.poll(() => viewer.frames().length).toBe(1);
	for (let i = 0; i < 3; i++) {
		hub.touch('d1');
		await sleep(300);
	}
	expect(viewer.frames()).toHaveLength(1);
	viewer.leave();
	await expect.poll(() => hub.viewers()).toBe(0);
	const before = looks();
	hub.touch('d1');
	await sleep(50);
	expect(looks()).toBe(before);
});

test('whoever comes back after everybody left sees what is now, not what was', async () => {
	const { watch, hub, set } = await aHub();
	const first = await watch();
	await expect.poll(() => first.frames().length).toBe(1);
	first.leave();
	await expect.poll(() => hub.viewers()).toBe(0);
	set(7);
	const second = await watch();
	await expect.poll(() => second.frames()[0]?.votes[0]).toBe(7);
});

/** A viewer whose socket a test can hold up: `writableLength` is what it has not taken yet. */
class AViewer extends EventEmitter {
	writableLength = 0;
	destroyed = false;
	readonly written: string[] = [];
	writeHead() {}
	write(text: string | Buffer) {
		this.written.push(text.toString());
	}
	end(_last?: string) {
		this.destroy();
	}
	destroy() {
		this.destroyed = true;
		this.emit('close');
	}
	/** Its newest frame, between the heartbeats. */
	get last() {
		return this.written.findLast((text) => text.includes('votes'))!;
	}
}

test('who does not read is skipped and after half a minute cut off; its neighbours have every number', async () => {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	let votes = 0;
	const hub = new Hub({ report: console.error, read: async () => ({ state: aState(votes), wakeAt: null }) });
	const [deaf, slow, quick] = [new AViewer(), new AViewer(), new AViewer()];
	for (const viewer of [deaf, slow, quick]) {
		await hub.attach(viewer as unknown as ServerResponse, { dialogueId: 'd1', role: 'screen' });
	}
	const change = async (milliseconds: number) => {
		votes++;
		hub.touch('d1');
		await vi.advanceTimersByTimeAsync(milliseconds);
	};
	deaf.writableLength = slow.writableLength = 20 * 1024;
	const before = deaf.written.length;
	for (let second = 0; second < 20; second++) await change(1000);
	expect([deaf.written.length, slow.written.length]).toEqual([before, before]);
	expect(deaf.destroyed).toBe(false);
	expect(quick.last).toContain('"votes":[20,0]');

	// Whoever reads again has everything with the next frame, for each is the whole state.
	slow.writableLength = 0;
	for (let second = 0; second < 40; second++) await change(1000);
	expect(slow.last).toContain('"votes":[60,0]');
	expect([deaf.destroyed, slow.destroyed, quick.destroyed, hub.viewers()]).toEqual([true, false, false, 2]);
	const drained = hub.drain();
	await vi.advanceTimersByTimeAsync(5000);
	await drained;
});

test('a withdrawn display goes dark at once, and no other', async () => {
	const { watch, hub } = await aHub();
	const [leaked, own] = [await watch('overlay', '&display=a'), await watch('overlay', '&display=b')];
	hub.revoke('a');
	await leaked.ended;
	await expect.poll(() => hub.viewers()).toBe(1);
	own.leave();
});

test('a going server sends everybody away with a time to come back that is their own, and opens nothing more', async () => {
	const { watch, hub } = await aHub();
	const viewers = await Promise.all(Array.from({ length: 30 }, () => watch()));
	await expect.poll(() => hub.viewers()).toBe(30);
	const started = performance.now();
	await hub.drain();
	await Promise.all(viewers.map(({ ended }) => ended));
	expect(performance.now() - started).toBeLessThan(5000);
	const waits = viewers.map(({ text }) => Number(/retry: (\d+)\n\n$/.exec(text())![1]));
	expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(2000);
	const late = await watch();
	await late.ended;
	expect(late.frames()).toEqual([]);
});

test('through five idle minutes every stream is said something each quarter of a minute, in a form that no proxy swallows', async () => {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const hub = new Hub({ report: console.error, read: async () => ({ state: aState(0), wakeAt: null }) });
	const viewer = new AViewer();
	await hub.attach(viewer as unknown as ServerResponse, { dialogueId: 'd1', role: 'phone' });
	viewer.written.length = 0;
	await vi.advanceTimersByTimeAsync(5 * 60_000);
	// An event of its own: comments do not come through everywhere, and the page would not hear of them.
	expect(viewer.written).toHaveLength(20);
	for (const beat of viewer.written) expect(beat).toMatch(/^event: hb\ndata: \d+\n\n$/);
	expect(viewer.destroyed).toBe(false);
	viewer.end();
});

test('five thousand streams are sent away over twenty seconds, each with a time of its own to come back, and no two seconds take a third', async () => {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const hub = new Hub({ report: console.error, read: async () => ({ state: aState(0), wakeAt: null }) });
	const started = Date.now();
	const back: number[] = [];
	for (let i = 0; i < 5_000; i++) {
		const viewer = new AViewer();
		viewer.end = (line?: string) => {
			back.push(Date.now() - started + Number(/^retry: (\d+)/.exec(line!)![1]));
			viewer.destroy();
		};
		await hub.attach(viewer as unknown as ServerResponse, { dialogueId: 'd1', role: 'phone' });
	}
	const drained = hub.drain();
	await vi.advanceTimersByTimeAsync(25_000);
	await drained;
	expect(back).toHaveLength(5_000);
	expect(Date.now() - started).toBeLessThanOrEqual(25_000);
	expect(Math.max(...back) - Math.min(...back)).toBeGreaterThan(20_000);
	const perTwoSeconds = Object.values(Object.groupBy(back, (at) => Math.floor(at / 2_000)));
	expect(Math.max(...perTwoSeconds.map((own) => own!.length))).toBeLessThan(5_000 / 3);
});
