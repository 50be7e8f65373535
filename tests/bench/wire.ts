import { connect, type Socket } from 'node:net';
import { quantile } from './figure.ts';

export interface Sent {
	seconds: number;
	/** Requests that were not answered as they should. */
	refused: number;
	p50: number;
	p99: number;
}

/** Every connection takes the next request of the common list as soon as its last one is answered. */
export async function sendAll(
	requests: readonly Buffer[],
	{ port, connections }: { port: number; connections: number },
	isGood: (answer: Buffer) => boolean
): Promise<Sent> {
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
				const answer = answers.read(chunk);
				if (answer === null) return;
				latencies[mine] = performance.now() - sentAt;
				if (!isGood(answer)) refused++;
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

/** Reads just enough of an answer to know where it ends. */
class AnswerReader {
	#held: Buffer | null = null;

	/** null while it is incomplete. */
	read(chunk: Buffer): Buffer | null {
		const all = this.#held ? Buffer.concat([this.#held, chunk]) : chunk;
		const head = all.indexOf('\r\n\r\n');
		const length = head < 0 ? null : /content-length: (\d+)/i.exec(all.toString('latin1', 0, head));
		if (!length || all.length < head + 4 + Number(length[1])) {
			this.#held = all;
			return null;
		}
		this.#held = null;
		return all;
	}
}
