import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, quantile, round, type Figure } from './figure.ts';
import { MOST_MS_TO_A_VIEWER } from './limits.ts';
import { anOpenRoom, phoneOf } from './live-room.ts';
import type { ViewersOrder, ViewersTold } from './live-viewers.ts';
import { freshFolder, startProduct } from './servers.ts';

const VIEWERS = 10_000;
const A_SECOND = 2_000;
const VOTES = 20;
/** DESIGN.md: every viewer has the new tally within a second of the vote, and a push costs at most half again as much as bare writes. */
const LIMIT_CPU = 1.5;

interface Measured {
	watching: number;
	/** Why connections ended that were made anew. */
	anew: Record<string, number>;
	/** Milliseconds from the sending of a vote until each viewer had its number. */
	delays: number[];
	/** Processor seconds a push. */
	processor: number;
	memoryMb: number;
}

/** 10 000 phones on one node, a vote a second: how late the last of them has it, and what a push costs beside bare `res.write`. */
export async function liveFanout(seed: number): Promise<Figure> {
	const folder = freshFolder();
	try {
		const database = `${folder.path}/live.db`;
		const room = await anOpenRoom(database);
		const product = await startProduct(database);
		const phone = phoneOf(product.port, room);
		const passes: string[] = [];
		for (let i = 0; i < VOTES; i++) passes.push(await phone.join());
		const own = await watch(
			{ port: product.port, path: `/api/v1/live/${room.room}/events`, ...processOf(product) },
			async (i) => void (await phone.vote(passes[i]!, i % 3))
		);
		await product.stop();

		const child = fork(new URL('./live-bare.ts', import.meta.url));
		const [{ port }] = (await once(child, 'message')) as [{ port: number }];
		const bare = await watch(
			{ port, path: '/', processorSeconds: () => processorSeconds(child.pid!), memoryMb: () => memoryMb(child.pid!) },
			async () => void (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST' }))
		);
		child.kill();

		const p99 = quantile(own.delays, 0.99);
		const ratio = own.processor / bare.processor;
		const all = own.delays.length === VOTES * VIEWERS;
		return {
			...{ name: 'live-fanout', value: round(p99), unit: 'ms p99', limit: LIMIT_CPU, ratio: round(ratio, 2) },
			...{ n: VIEWERS, seed, held: all && p99 <= MOST_MS_TO_A_VIEWER && ratio <= LIMIT_CPU },
			details: [
				`${own.watching} of ${VIEWERS} viewers watched; ${own.delays.length} of ${VOTES * VIEWERS} numbers arrived${anewOf(own)}`,
				`vote to viewer: median ${round(median(own.delays))} ms, p99 ${round(p99)} of ${MOST_MS_TO_A_VIEWER}; bare p99 ${round(quantile(bare.delays, 0.99))}`,
				`processor a push: ${round(1000 * own.processor)} ms, bare ${round(1000 * bare.processor)} ms`,
				`memory with all of them: ${round(own.memoryMb)} MB, bare ${round(bare.memoryMb)} MB`
			]
		};
	} finally {
		folder.remove();
	}
}

function anewOf({ anew }: Measured): string {
	const reasons = Object.entries(anew).map(([why, times]) => `${times} ${why}`);
	return reasons.length > 0 ? `; connections made anew: ${reasons.join(', ')}` : '';
}

interface Watched {
	port: number;
	path: string;
	processorSeconds: () => number;
	memoryMb: () => number;
}

async function watch(server: Watched, vote: (i: number) => Promise<void>): Promise<Measured> {
	const child = fork(new URL('./live-viewers.ts', import.meta.url));
	const order = async (what: ViewersOrder): Promise<ViewersTold> => {
		child.send(what);
		return ((await once(child, 'message')) as [ViewersTold])[0];
	};
	const { port, path } = server;
	const { watching } = await order({ open: { port, path, viewers: VIEWERS, aSecond: A_SECOND, most: VOTES } });
	const before = server.processorSeconds();
	const sentAt: number[] = [];
	for (let i = 0; i < VOTES; i++) {
		sentAt.push(performance.timeOrigin + performance.now());
		await vote(i);
		// Not in step with anybody's tick.
		await sleep(900 + 200 * ((i * 7) % 10) * 0.1);
	}
	await sleep(2000);
	const processor = (server.processorSeconds() - before) / VOTES;
	const { seen, anew } = await order({ tell: true });
	const memory = server.memoryMb();
	child.disconnect();
	const delays = seen.flatMap((times, i) => times.map((at) => at - sentAt[i]!));
	return { watching, anew, delays, processor, memoryMb: memory };
}

const processOf = ({ processorSeconds: spent, pid }: { processorSeconds: () => number; pid: number }) => ({
	processorSeconds: spent,
	memoryMb: () => memoryMb(pid)
});

function memoryMb(pid: number): number {
	return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

function processorSeconds(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}
