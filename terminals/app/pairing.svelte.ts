import type { PairingRequested, PairingState } from '$lib/domain/terminal/configuration.ts';
import type { Api } from './api.ts';
import type { Identity } from './identity.ts';

const ASK_EVERY_MS = 3000;
const TRY_AGAIN_MS = 5000;

/** The code's address as a QR: one SVG path of `size` modules, drawn by the server so that the tablet needs no library. */
type Requested = PairingRequested & { qr?: string; size?: number };

/** Shows a code until an administrator has approved it; a code that runs out is replaced by a new one. */
export class Pairing {
	#api: Api;
	#identity: Identity;
	#requested = $state.raw<Requested | null>(null);
	#problem = $state('');

	constructor(api: Api, identity: Identity) {
		this.#api = api;
		this.#identity = identity;
	}

	get requested() {
		return this.#requested;
	}
	/** Why there is no code, or no news of it: a code for the staff, '' when all is well. */
	get problem() {
		return this.#problem;
	}

	/** Resolves with the terminal's id, however long that takes. */
	async approved(): Promise<string> {
		for (;;) {
			this.#requested ??= await this.#request();
			await pause(this.#requested ? ASK_EVERY_MS : TRY_AGAIN_MS);
			const state = this.#requested ? await this.#state(this.#requested.code) : null;
			if (state?.state === 'approved') return state.terminalId;
			if (state?.state === 'expired') this.#requested = null;
		}
	}

	async #request(): Promise<Requested | null> {
		const body = JSON.stringify({ publicKey: await this.#identity.publicKey() });
		const { status, code, value } = await this.#api.call('POST', '/api/v1/terminals/pairings', { body });
		const good = status >= 200 && status < 300;
		this.#problem = good ? '' : code;
		return good ? (value as Requested) : null;
	}

	async #state(code: string): Promise<PairingState | null> {
		const answer = await this.#api.call('GET', `/api/v1/terminals/pairings/${encodeURIComponent(code)}`);
		this.#problem = answer.status === 200 ? '' : answer.code;
		// A code the server does not know any more is as good as expired.
		if (answer.status === 404 || answer.status === 410) return { state: 'expired' };
		return answer.status === 200 ? (answer.value as PairingState) : null;
	}
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
