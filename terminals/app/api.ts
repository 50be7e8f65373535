import { formatSignatureHeader, SIGNATURE_HEADER, signedText } from '$lib/domain/terminal/signature.ts';
import type { Clock } from './clock.ts';
import type { Identity } from './identity.ts';

const PATIENCE_MS = 20_000;

/** What came back: nothing at all (`status` 0), or a status with the parsed body and, on a refusal, its code. */
export interface Answer {
	status: number;
	code: string;
	value: unknown;
	etag: string | null;
	/** Seconds, where the server asked for them. */
	retryAfter: number | null;
}

interface Call {
	body?: string;
	etag?: string;
	/** Present: the call is signed in this tablet's name. */
	terminalId?: string;
}

/** All calls to the server. Never throws: no network is an answer like any other. */
export class Api {
	#identity: Identity;
	#clock: Clock;

	constructor(identity: Identity, clock: Clock) {
		this.#identity = identity;
		this.#clock = clock;
	}

	async call(method: 'GET' | 'POST', path: string, { body, etag, terminalId }: Call = {}): Promise<Answer> {
		const headers = new Headers();
		if (body !== undefined) headers.set('content-type', 'application/json');
		if (etag) headers.set('if-none-match', etag);
		if (terminalId) headers.set(SIGNATURE_HEADER, await this.#signature(terminalId, method, path, body ?? ''));
		const sentAt = Date.now();
		try {
			const init: RequestInit = { method, headers, cache: 'no-store', credentials: 'omit', redirect: 'error' };
			const response = await fetch(path, { ...init, body, signal: AbortSignal.timeout(PATIENCE_MS) });
			const answer = await read(response);
			const time = serverTime(answer.value, response);
			if (time !== null) await this.#clock.heard(time, sentAt, Date.now());
			return answer;
		} catch {
			return { status: 0, code: 'network', value: null, etag: null, retryAfter: null };
		}
	}

	async #signature(terminalId: string, method: string, path: string, body: string): Promise<string> {
		const at = Math.round(this.#clock.now());
		return formatSignatureHeader({
			terminalId,
			at,
			signature: await this.#identity.sign(signedText(method, path, at, body))
		});
	}
}

async function read(response: Response): Promise<Answer> {
	const text = await response.text();
	const value = parse(text);
	const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
	return {
		status: response.status,
		code: field(value, 'code') ?? `http-${response.status}`,
		value,
		etag: response.headers.get('etag'),
		retryAfter: Number.isFinite(retryAfter) ? retryAfter : null
	};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function field(value: unknown, name: string): string | null {
	const found = value && typeof value === 'object' ? (value as Record<string, unknown>)[name] : null;
	return typeof found === 'string' ? found : null;
}

// The Date header counts whole seconds, so its middle is the better guess.
function serverTime(value: unknown, response: Response): number | null {
	const said = Date.parse(field(value, 'serverTime') ?? '');
	if (Number.isFinite(said)) return said;
	const header = Date.parse(response.headers.get('date') ?? '');
	return Number.isFinite(header) ? header + 500 : null;
}
