import { createPrivateKey, type JsonWebKey } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { SIGNATURE_HEADER } from '../../src/lib/domain/terminal/signature.ts';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { signatureOf } from '../../terminals/simulator/wire.ts';
import { quantile } from './figure.ts';
import { fullSheet, type Tablet } from './province.ts';

/**
 * The load generator, a process of its own so that it takes nothing from the server's loop. It signs a round of requests first, then
 * sends the very same bytes to whichever server it is told, over raw keep-alive sockets with one request under way on each.
 */
export interface Plan {
	tablets: Tablet[];
	privateKey: JsonWebKey;
	seed: number;
	requests: number;
	sheetsPerRequest: number;
	/** The local instant of a tablet's first sheet, and how far apart its sheets are, milliseconds. */
	from: number;
	apart: number;
}
export type Order = { prepare: Plan } | { send: { port: number; connections: number } };
export interface Sent {
	seconds: number;
	/** Requests that were not answered 200 with every sheet stored. */
	refused: number;
	p50: number;
	p99: number;
}

const PATH = '/api/v1/submissions';
let requests: Buffer[] = [];
/** The next running number of each tablet; it goes on from round to round, as on a real one. */
const next = new Map<string, number>();

process.on('message', (order: Order) => {
	if ('prepare' in order) {
		requests = prepare(order.prepare);
		process.send!('prepared');
	} else void sendAll(order.send).then((sent) => process.send!(sent));
});
process.on('disconnect', () => process.exit());

function prepare({ tablets, privateKey, seed, requests, sheetsPerRequest, from, apart }: Plan): Buffer[] {
	const random = seeded(seed).next;
	const key = createPrivateKey({ key: privateKey, format: 'jwk' });
	return Array.from({ length: requests }, (_, i) => {
		const tablet = tablets[i % tablets.length];
		const first = next.get(tablet.id) ?? 1;
		next.set(tablet.id, first + sheetsPerRequest);
		const sheets = Array.from({ length: sheetsPerRequest }, (_, i) =>
			fullSheet(tablet, first + i, from + (first + i) * apart, random)
		);
		const body = JSON.stringify({ sheets: sheets.sort((a, b) => (a.id < b.id ? -1 : 1)) }); // shuffled: ids are random
		const signed = signatureOf({ id: tablet.id, privateKey: key }, 'POST', PATH, body, from);
		return Buffer.from(
			`POST ${PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n${SIGNATURE_HEADER}: ${signed}\r\n` +
				`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
		);
	});
}

/** Every connection takes the next request of the common list as soon as its last one is answered. */
async function sendAll({ port, connections }: { port: number; connections: number }): Promise<Sent> {
	const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
	const latencies = new Float64Array(requests.length);
	let [taken, answered, refused] = [0, 0, 0];
	const began = performance.now();
	await new Promise<void>((done, failed) => {
		for (const socket of sockets) {
			const answers = new AnswerReader();
			let sentAt = 0;
			let mine = 0;
			const sendNext = () => {
				if (taken === requests.length) return;
				mine = taken++;
				sentAt = performance.now();
				socket.write(requests[mine]);
			};
			socket.on('data', (chunk) => {
				const good = answers.read(chunk);
				if (good === null) return;
				latencies[mine] = performance.now() - sentAt;
				if (!good) refused++;
				if (++answered === requests.length) done();
				else sendNext();
			});
			socket.on('error', failed);
			socket.on('close', () => failed(new Error('The server hung up')));
			sendNext();
		}
	});
	const seconds = (performance.now() - began) / 1000;
	for (const socket of sockets) socket.removeAllListeners('close').destroy();
	return { seconds, refused, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}

function open(port: number): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
		socket.once('error', reject);
	});
}

/** Reads just enough of an answer to know where it ends and whether all of it was stored. */
class AnswerReader {
	#held: Buffer | null = null;

	/** null while the answer is incomplete. */
	read(chunk: Buffer): boolean | null {
		const all = this.#held ? Buffer.concat([this.#held, chunk]) : chunk;
		const head = all.indexOf('\r\n\r\n');
		const length = head < 0 ? null : /content-length: (\d+)/i.exec(all.toString('latin1', 0, head));
		if (!length || all.length < head + 4 + Number(length[1])) {
			this.#held = all;
			return null;
		}
		this.#held = null;
		return (
			all.toString('latin1', 9, 12) === '200' && !all.includes('quarantined', head) && !all.includes('duplicate', head)
		);
	}
}
