import { createPrivateKey, type JsonWebKey } from 'node:crypto';
import { SIGNATURE_HEADER } from '../../src/lib/domain/terminal/signature.ts';
import { seeded } from '../../src/lib/domain/shared/random.ts';
import { signatureOf } from '../../terminals/simulator/wire.ts';
import { fullSheet, type Tablet } from './province.ts';
import { sendAll } from './wire.ts';

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
const PATH = '/api/v1/submissions';
let requests: Buffer[] = [];
/** The next running number of each tablet; it goes on from round to round, as on a real one. */
const next = new Map<string, number>();

process.on('message', (order: Order) => {
	if ('prepare' in order) {
		requests = prepare(order.prepare);
		process.send!('prepared');
	} else void sendAll(requests, order.send, isStored).then((sent) => process.send!(sent));
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

const isStored = (answer: Buffer) =>
	answer.toString('latin1', 9, 12) === '200' && !answer.includes('quarantined') && !answer.includes('duplicate');
