import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { median, quantile, round, type Figure } from './figure.ts';
import { anOpenRoom, ballotsOn, phoneOf } from './live-room.ts';
import type { ViewersTold } from './live-viewers.ts';
import { freshFolder, startProduct } from './servers.ts';

const VOTERS = 5_000;
const VIEWERS = 5_000;
const SECONDS = 60;
const LIMIT_MS = 2000;

/** A full hall behind one address: 5 000 phones join and vote within a minute while 5 000 watch. None refused, none lost, p99 in time. */
export async function liveHall(seed: number): Promise<Figure> {
	const folder = freshFolder();
	try {
		const database = `${folder.path}/hall.db`;
		const room = await anOpenRoom(database);
		const server = await startProduct(database);
		const viewers = fork(new URL('./live-viewers.ts', import.meta.url));
		const { port } = server;
		const path = `/api/v1/live/${room.room}/events`;
		viewers.send({ open: { port, path, viewers: VIEWERS, aSecond: 2_000, most: VOTERS } });
		const [{ watching }] = (await once(viewers, 'message')) as [ViewersTold];

		const phone = phoneOf(port, room);
		const random = seeded(seed);
		const said = [0, 0, 0];
		const times: number[] = [];
		const refused: string[] = [];
		const someone = async () => {
			await sleep(random.next() * SECONDS * 1000);
			const choice = random.weighted([5, 3, 2]);
			const began = performance.now();
			const pass = await phone.join();
			const { status, body } = await phone.vote(pass, choice);
			times.push(performance.now() - began);
			if (status === 201) said[choice]!++;
			else refused.push(`${status} ${String(body.code)}`);
		};
		await Promise.all(
			Array.from({ length: VOTERS }, () => someone().catch((thrown) => void refused.push(String(thrown))))
		);
		await sleep(2000);
		viewers.disconnect();
		await server.stop();

		const { votes, suspects } = await ballotsOn(database);
		const exact = votes.join() === said.join();
		const p99 = quantile(times, 0.99);
		return {
			...{ name: 'live-hall', value: round(p99), unit: 'ms p99', limit: LIMIT_MS, ratio: round(p99 / LIMIT_MS, 2) },
			...{ n: VOTERS, seed, held: exact && refused.length === 0 && suspects === 0 && p99 < LIMIT_MS },
			details: [
				`${VOTERS} voters in ${SECONDS} s, ${watching} watching: ${refused.length} refused${refused[0] ? ` (${refused[0]})` : ''}, ${suspects} suspected`,
				`acknowledged ${said.join(' / ')}, stored ${votes.join(' / ')}`,
				`join and vote: median ${round(median(times))} ms, p99 ${round(p99)} of ${LIMIT_MS}`
			]
		};
	} finally {
		folder.remove();
	}
}
