import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Many phones that watch one stream, in a process of their own. Each only remembers when it first saw each number, so that they do not
 * measure themselves.
 */

export type ViewersOrder =
	{ open: { port: number; path: string; viewers: number; aSecond: number; most: number } } | { tell: true };
export interface ViewersTold {
	/** Viewers that are connected and have had a frame. */
	watching: number;
	/** Connections that ended and were made anew, as a browser makes them, by why they ended. */
	anew: Record<string, number>;
	/** For each number from 1, sorted: when each viewer first saw it or a higher one, milliseconds since 1970; those that never did are left out. */
	seen: number[][];
}

interface Viewer {
	socket?: Socket;
	/** The highest number it has seen. */
	upTo: number;
	framed: boolean;
	seenAt: Float64Array;
}

/** A browser waits some seconds before it makes a stream anew. */
const RETRY_MS = 1000;

const viewers: Viewer[] = [];
const anew: Record<string, number> = {};
let most = 0;

process.on('message', async (order: ViewersOrder) => {
	if ('open' in order) {
		await open(order.open);
		process.send!(told());
	} else process.send!(told());
});
process.on('disconnect', () => process.exit());

async function open({
	port,
	path,
	viewers: count,
	aSecond,
	most: highest
}: Extract<ViewersOrder, { open: object }>['open']) {
	most = highest;
	const head = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n`;
	const watch = (viewer: Viewer) => {
		const socket = (viewer.socket = connect({ port, host: '127.0.0.1' }));
		let why = 'ended';
		socket.on('data', (chunk) => look(viewer, chunk.toString('latin1')));
		socket.on('error', (problem: NodeJS.ErrnoException) => (why = problem.code ?? problem.message));
		socket.on('close', () => {
			anew[why] = (anew[why] ?? 0) + 1;
			setTimeout(watch, RETRY_MS, viewer);
		});
		socket.write(head);
	};
	for (let i = 0; i < count; i++) {
		const viewer = { upTo: 0, framed: false, seenAt: new Float64Array(most + 1) };
		watch(viewer);
		viewers.push(viewer);
		if (i % 100 === 99) await sleep((100 * 1000) / aSecond);
	}
	const until = Date.now() + 60_000;
	while (viewers.some(({ framed }) => !framed) && Date.now() < until) await sleep(100);
}

function look(viewer: Viewer, text: string) {
	const at = text.lastIndexOf('"live-hall":');
	if (at < 0) return;
	viewer.framed = true;
	const number = Math.min(most, parseInt(text.slice(at + 12, at + 20), 10));
	const now = performance.timeOrigin + performance.now();
	while (viewer.upTo < number) viewer.seenAt[++viewer.upTo] = now;
}

function told(): ViewersTold {
	const watching = viewers.filter(({ framed, socket }) => framed && !socket!.destroyed).length;
	const seen = Array.from({ length: most }, (_, i) =>
		viewers.flatMap(({ seenAt }) => seenAt[i + 1] || []).sort((a, b) => a - b)
	);
	return { watching, anew, seen };
}
