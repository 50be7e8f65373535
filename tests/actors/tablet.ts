import { SIGNATURE_HEADER } from '../../src/lib/domain/terminal/signature.ts';
import type { Answer, Call } from '../../src/lib/server/http/call.ts';
import { answerApi } from '../../src/lib/server/http/api.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { newKeys, signatureOf } from '../../terminals/simulator/wire.ts';

/** A tablet with a key of its own that calls the API as the entry would, without a socket. */
export function aTablet(serving: Serving) {
	const { publicKey, privateKey } = newKeys();
	const self = {
		publicKey: publicKey as JsonWebKey,
		privateJwk: privateKey.export({ format: 'jwk' }),
		terminalId: '',
		/** Signed once the tablet has an id; `headers` may overrule anything. */
		call(method: string, path: string, body: unknown, now: number, headers: Record<string, string> = {}) {
			const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
			const all: Record<string, string> = {
				'content-type': 'application/json',
				...self.signature(method, path, text, now)
			};
			return callApi(serving, method, path, text, now, { ...all, ...headers });
		},
		signature(method: string, path: string, body: string, at: number): Record<string, string> {
			if (!self.terminalId) return {};
			return { [SIGNATURE_HEADER]: signatureOf({ id: self.terminalId, privateKey }, method, path, body, at) };
		}
	};
	return self;
}

export async function callApi(
	serving: Serving,
	method: string,
	path: string,
	body: string,
	now: number,
	headers: Record<string, string> = {}
) {
	const call: Call = { method, path, query: new URLSearchParams(), header: (name) => headers[name], body };
	const answer: Answer = await answerApi(serving, call, now);
	return { ...answer, value: answer.body ? (JSON.parse(answer.body) as Record<string, unknown>) : null };
}
