import { generateKeyPairSync, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Agent, request, type IncomingMessage } from 'node:http';
import { formatSignatureHeader, SIGNATURE_HEADER, signedText } from '../../src/lib/domain/terminal/signature.ts';

/** A tablet as the server knows it, with the private half of its key. */
export interface TabletIdentity {
	id: string;
	privateKey: KeyObject;
}

export interface WireAnswer {
	/** 0: no answer came. */
	status: number;
	text: string;
	headers: IncomingMessage['headers'];
}

export interface WireCall {
	body?: string;
	headers?: Record<string, string>;
	/** Break the connection after so many bytes of the body. */
	cutAfter?: number;
}

/** A new key pair as a tablet makes it at pairing; the public half as the JWK that the server keeps. */
export function newKeys(): { publicKey: JsonWebKey; privateKey: KeyObject } {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	return { publicKey: publicKey.export({ format: 'jwk' }), privateKey };
}

/** The header value that proves a call is this tablet's; `at` is its own clock, milliseconds. */
export function signatureOf(
	{ id, privateKey }: TabletIdentity,
	method: string,
	path: string,
	body: string,
	at: number
) {
	const text = Buffer.from(signedText(method, path, at, body));
	const signature = sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
	return formatSignatureHeader({ terminalId: id, at, signature });
}

const PATIENCE_MS = 20_000;
const NO_ANSWER_MS = 300;

/** Connections to one server, so many at a time; without an answer it waits a moment, so that nobody spins while the server is down. */
export class Wire {
	readonly #origin: string;
	readonly #agent: Agent;
	readonly #patienceMs: number;

	constructor(origin: string, connections = 24, patienceMs = PATIENCE_MS) {
		this.#origin = origin;
		this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
		this.#patienceMs = patienceMs;
	}

	/** Never rejects: no answer is `status` 0. */
	async call(method: string, path: string, call: WireCall = {}): Promise<WireAnswer> {
		const answer = await this.#once(method, path, call);
		if (answer.status === 0 && call.cutAfter === undefined)
			await new Promise((resolve) => setTimeout(resolve, NO_ANSWER_MS));
		return answer;
	}

	signed(tablet: TabletIdentity, method: string, path: string, at: number, call: WireCall = {}): Promise<WireAnswer> {
		const signature = signatureOf(tablet, method, path, call.body ?? '', at);
		return this.call(method, path, { ...call, headers: { [SIGNATURE_HEADER]: signature, ...call.headers } });
	}

	close() {
		this.#agent.destroy();
	}

	#once(method: string, path: string, { body, headers, cutAfter }: WireCall): Promise<WireAnswer> {
		return new Promise((resolve) => {
			const none = () => resolve({ status: 0, text: '', headers: {} });
			const bytes = body === undefined ? undefined : Buffer.from(body);
			const all = {
				...(bytes && { 'content-type': 'application/json', 'content-length': String(bytes.length) }),
				...headers
			};
			const options = { method, agent: this.#agent, headers: all, timeout: this.#patienceMs };
			const sending = request(`${this.#origin}${path}`, options, (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', none);
				response.on('end', () => {
					if (!response.complete) return none();
					resolve({
						status: response.statusCode ?? 0,
						text: Buffer.concat(chunks).toString(),
						headers: response.headers
					});
				});
			});
			sending.on('error', none);
			sending.on('timeout', () => sending.destroy());
			if (cutAfter === undefined) sending.end(bytes);
			else sending.write(bytes?.subarray(0, Math.max(1, cutAfter)) ?? '', () => sending.destroy());
		});
	}
}
