import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { FuzzRequest } from './request.ts';

/** Status 0: the connection was closed without an answer, as a half request deserves. */
export interface FuzzAnswer {
	status: number;
	type: string;
	text: string;
}

/** A stream never ends, and a half request waits for its other half. */
const LONGEST_MS = 1_500;
const LONGEST_TEXT = 400_000;
const NOTHING: FuzzAnswer = { status: 0, type: '', text: '' };

export function sender(port: number) {
	const agent = new Agent({ keepAlive: true, maxSockets: 32 });
	return {
		send: (one: FuzzRequest) => (one.raw ? sendRaw(port, one.raw) : sendWhole(port, agent, one)),
		close: () => agent.destroy()
	};
}

function sendWhole(port: number, agent: Agent, { method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
	// What the client itself refuses to write goes out as bytes.
	if (
		/[^\u0021-\u00ff]/.test(path) ||
		Object.values(headers).some((value) => /[^\t\u0020-\u007e\u0080-\u00ff]/.test(value))
	)
		return sendRaw(port, asBytes({ method, path, headers, body }));
	return new Promise((resolve) => {
		const length = body ? { 'content-length': String(body.length) } : {};
		const sent = request(
			{ host: '127.0.0.1', port, method, path, headers: { ...headers, ...length }, agent },
			(response) => {
				const type = response.headers['content-type'] ?? '';
				let text = '';
				const done = () => resolve({ status: response.statusCode ?? 0, type, text });
				const tooLong = type.startsWith('text/event-stream') ? setTimeout(() => sent.destroy(), 20) : undefined;
				response.setEncoding('utf8').on('data', (chunk: string) => {
					if (text.length < LONGEST_TEXT) text += chunk;
				});
				response.on('close', () => {
					clearTimeout(tooLong);
					done();
				});
			}
		);
		sent.on('error', () => resolve(NOTHING));
		sent.on('upgrade', (_, socket) => {
			socket.destroy();
			resolve(NOTHING);
		});
		sent.end(body ?? undefined);
	});
}

function asBytes({ method, path, headers, body }: Omit<FuzzRequest, 'as' | 'raw'>): Buffer {
	const lines = Object.entries({ host: 'x', ...headers, 'content-length': String(body?.length ?? 0) });
	const head = [`${method} ${path} HTTP/1.1`, ...lines.map((line) => line.join(': ')), 'connection: close', '', ''];
	return Buffer.concat([Buffer.from(head.join('\r\n')), body ?? Buffer.alloc(0)]);
}

function sendRaw(port: number, raw: Buffer): Promise<FuzzAnswer> {
	return new Promise((resolve) => {
		let text = '';
		const socket = connect(port, '127.0.0.1', () => socket.end(raw));
		const tooLong = setTimeout(() => socket.destroy(), LONGEST_MS);
		socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
		socket.on('error', () => {});
		socket.on('close', () => {
			clearTimeout(tooLong);
			const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
			resolve({ status, type: /content-type: ([^\r\n]*)/i.exec(text)?.[1] ?? '', text });
		});
	});
}
