import { formatSignatureHeader, SIGNATURE_HEADER, signedText } from '$lib/domain/terminal/signature.ts';
import { NO_ANSWER, readAnswer, textField, type Answer } from './answer.ts';
import type { Clock } from './clock.ts';
import type { Identity } from './identity.ts';

const PATIENCE_MS = 20_000;

/** What came back, with the version of what was fetched. */
export interface ApiAnswer extends Answer {
	etag: string | null;
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

	async call(method: 'GET' | 'POST', path: string, { body, etag, terminalId }: Call = {}): Promise<ApiAnswer> {
		const headers = new Headers();
		if (body !== undefined) headers.set('content-type', 'application/json');
		if (etag) headers.set('if-none-match', etag);
		if (terminalId) headers.set(SIGNATURE_HEADER, await this.#signature(terminalId, method, path, body ?? ''));
		const sentAt = Date.now();
		try {
			const init: RequestInit = { method, headers, cache: 'no-store', credentials: 'omit', redirect: 'error' };
			const response = await fetch(path, { ...init, body, signal: AbortSignal.timeout(PATIENCE_MS) });
			const answer = readAnswer(response.status, await response.text(), response.headers.get('retry-after'));
			const time = serverTime(answer.value, response);
			if (time !== null) await this.#clock.heard(time, sentAt, Date.now());
			return { ...answer, etag: response.headers.get('etag') };
		} catch {
			return { ...NO_ANSWER, etag: null };
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

// The Date header counts whole seconds, so its middle is the better guess.
function serverTime(value: unknown, response: Response): number | null {
	const said = Date.parse(textField(value, 'serverTime') ?? '');
	if (Number.isFinite(said)) return said;
	const header = Date.parse(response.headers.get('date') ?? '');
	return Number.isFinite(header) ? header + 500 : null;
}
