import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Reply {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

export interface Sent {
	/** Whatever the caller likes, Host and Origin among them. */
	headers?: Record<string, string>;
	/** Sent as a form. */
	form?: Record<string, string> | [string, string][];
	body?: string | Buffer;
}

/** A request whose every head line is the test's to choose. */
export function call(
	port: number,
	method: string,
	path: string,
	{ headers = {}, form, body }: Sent = {}
): Promise<Reply> {
	const content = form ? new URLSearchParams(form).toString() : body;
	const type = form && { 'content-type': 'application/x-www-form-urlencoded' };
	const length = content !== undefined && { 'content-length': String(Buffer.byteLength(content)) };
	const all = { accept: 'text/html', ...type, ...length, ...headers };
	return new Promise((resolve, reject) => {
		const sent = request({ host: '127.0.0.1', port, method, path, headers: all, agent: false }, (response) => {
			let text = '';
			response.setEncoding('utf8');
			response.on('data', (chunk: string) => (text += chunk));
			response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
			response.on('error', reject);
		});
		sent.on('error', reject);
		sent.end(content);
	});
}

const PATIENCE_MS = 5_000;

/** Bytes on a bare socket, for what no client library would send; everything that came back until the other side closed. */
export function callRaw(port: number, text: string): Promise<string> {
	return new Promise((resolve, reject) => {
		let answer = '';
		const socket = connect(port, '127.0.0.1', () => socket.write(text));
		socket.setTimeout(PATIENCE_MS, () => socket.destroy());
		socket.on('data', (chunk) => {
			answer += chunk.toString();
		});
		socket.on('error', (problem) => (answer ? resolve(answer) : reject(problem)));
		socket.on('close', () => resolve(answer));
	});
}

/** A form that is begun and never finished: the connection breaks after the first bytes. */
export function abort(port: number, path: string, headers: Record<string, string>, first: string): Promise<void> {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.write([`POST ${path} HTTP/1.1`, ...lines, '', first].join('\r\n'), () => socket.destroy());
		});
		socket.on('error', () => {});
		socket.on('close', () => resolve());
	});
}

/** The line that sets the session's cookie, or ''. */
export const cookieOf = ({ headers }: Reply) =>
	headers['set-cookie']?.find((line) => /^(s-http|__Host-s)=/.test(line)) ?? '';
/** What a browser would send back of it. */
export const pairOf = (reply: Reply) => cookieOf(reply).split(';')[0];
