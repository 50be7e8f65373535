import { randomUUID } from 'node:crypto';
import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
	PhonesJoin,
	PhonesOrder,
	PhonesTold,
	PhonesVote,
	PhonesVoted
} from '../lib/domain/dialogue/rehearsal-phones.ts';
import { seeded } from '../lib/domain/shared/random.ts';

/**
 * The simulated phones of a rehearsal, in a process of their own so that they do not measure themselves, behind a proxy of their own
 * that can fail as a real one does. Each follows the room, votes as the page's script does (its ballot's id is made before it sends,
 * and it asks again until it is told), and finds its own way back.
 */
interface Phone {
	pass: string;
	watches: boolean;
}

/** Of so many streams one goes through the proxy; handing all of them on would cost more than what is measured. Every vote does. */
const WATCHING_STRAIGHT = 10;
const PATIENCE_MS = 60_000;
const ANSWER_MS = 10_000;
/** What a phone waits before it asks again, and the first wait of a stream until the server says another. */
const AGAIN_MS = 500;

const { next: random, weighted } = seeded(2026);
const agent = new Agent({ keepAlive: true, maxSockets: 400 });
const onward = new Agent({ keepAlive: true, maxSockets: Infinity });
const phones: Phone[] = [];
let target = { host: '127.0.0.1', port: 0 };
let api = '';
let proxyPort = 0;
let faulty = false;

/** The fault proxy: hands everything on, or breaks what runs and answers 502 to what comes. */
const proxied = new Set<IncomingMessage>();
const proxy = createServer((from, back) => {
	const refuse = () => {
		if (back.headersSent) return void back.destroy();
		back.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>');
	};
	if (faulty) return refuse();
	const { method, url, headers } = from;
	const to = request({ ...target, method, path: url, headers, agent: onward }, (answer) => {
		proxied.add(answer);
		back.writeHead(answer.statusCode!, answer.headers);
		answer.on('close', () => (proxied.delete(answer), back.end()));
		answer.on('error', () => back.destroy());
		answer.pipe(back);
	});
	to.on('error', refuse);
	back.on('close', () => to.destroy());
	from.pipe(to);
});
proxy.maxConnections = 100_000;

process.on('message', async (order: PhonesOrder) => {
	if ('join' in order) await joinAll(order.join);
	if ('vote' in order) tell({ voted: await voteAll(order.vote) });
	else tell({ watching: phones.filter(({ watches }) => watches).length });
});
process.on('disconnect', () => process.exit());

const tell = (told: PhonesTold) => process.send!(told);

async function joinAll({ host, port, room, phones: count, seconds }: PhonesJoin) {
	target = { host, port };
	api = `/api/v1/live/${room}`;
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	proxyPort = (proxy.address() as AddressInfo).port;
	const joining = Array.from({ length: count }, async (_, i) => {
		await sleep(random() * seconds * 1000);
		const phone = { pass: '', watches: false };
		phones.push(phone);
		const until = Date.now() + PATIENCE_MS;
		while (!phone.pass && Date.now() < until) {
			const said = await post('passes', {});
			if (said.status === 201) phone.pass = String(said.body.pass);
			else await sleep(AGAIN_MS);
		}
		void watch(phone, i % WATCHING_STRAIGHT > 0);
	});
	await Promise.all(joining);
	const until = Date.now() + PATIENCE_MS;
	while (phones.some(({ watches }) => !watches) && Date.now() < until) await sleep(100);
}

/** One stream a phone; broken, it is opened anew after the wait that the server has given. */
async function watch(phone: Phone, straight: boolean): Promise<never> {
	const to = straight ? target : { port: proxyPort };
	let wait = AGAIN_MS;
	for (;;) {
		await new Promise<void>((resolve) => {
			const asked = request({ ...to, path: `${api}/events?role=phone`, agent: false }, (answer) => {
				if (answer.statusCode !== 200) return (answer.resume(), resolve());
				answer.setEncoding('latin1').on('data', (text: string) => {
					wait = Number(/^retry: (\d+)/m.exec(text)?.[1] ?? wait);
					phone.watches ||= text.includes('data: {');
				});
				answer.on('close', resolve).on('error', () => {});
			});
			asked.on('error', () => resolve()).end();
		});
		phone.watches = false;
		// As the page's script does: not longer than it waits for its own first retry.
		await sleep(AGAIN_MS + random() * Math.min(wait, 5_000));
	}
}

async function voteAll({ roundId, options, seconds, faultAtMs, faultMs }: PhonesVote): Promise<PhonesVoted> {
	const acknowledged = Array<number>(options).fill(0);
	const times: number[] = [];
	let [late, refused, retried] = [0, 0, 0];
	const weights = Array.from({ length: options }, (_, i) => options - i);
	const someone = async ({ pass }: Phone) => {
		await sleep(random() * seconds * 1000);
		const choice = weighted(weights);
		const vote = { pass, roundId, ballotId: randomUUID(), turn: 1, choice: String(choice) };
		const began = performance.now();
		for (const until = Date.now() + PATIENCE_MS; Date.now() < until; retried++) {
			const { status, body } = await post('votes', vote);
			if (status === 200 || status === 201) {
				acknowledged[choice]!++;
				return void times.push(performance.now() - began);
			}
			if (body.code === 'round-closed') return void late++;
			if (status > 0 && status < 500) break;
			await sleep(AGAIN_MS + random() * 1000);
		}
		refused++;
	};
	if (faultMs > 0) {
		void sleep(faultAtMs)
			.then(() => {
				faulty = true;
				for (const answer of proxied) answer.destroy();
				return sleep(faultMs);
			})
			.then(() => (faulty = false));
	}
	await Promise.all(phones.map(someone));
	times.sort((a, b) => a - b);
	const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0);
	return { phones: phones.length, acknowledged, late, refused, retried, median: at(0.5), p99: at(0.99) };
}

/** Status 0: no answer. */
function post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
	return new Promise((resolve) => {
		const text = JSON.stringify(body);
		const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
		const nothing = () => resolve({ status: 0, body: {} });
		const to = { port: proxyPort, path: `${api}/${path}`, method: 'POST', headers, agent, timeout: ANSWER_MS };
		const asked = request(to, (answer) => {
			let said = '';
			answer.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
			answer.on('error', nothing).on('end', () => {
				try {
					resolve({ status: answer.statusCode!, body: JSON.parse(said) });
				} catch {
					resolve({ status: answer.statusCode!, body: {} });
				}
			});
			answer.on('close', nothing);
		});
		asked.on('timeout', () => asked.destroy()).on('error', nothing);
		asked.end(text);
	});
}
