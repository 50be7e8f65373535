import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { formatSignatureHeader, SIGNATURE_HEADER, signedText } from '../../src/lib/domain/terminal/signature.ts';
import type { Answer, Call } from '../../src/lib/server/http/call.ts';
import { answerApi } from '../../src/lib/server/http/api.ts';
import type { Serving } from '../../src/lib/server/serving.ts';

/** A tablet with a key of its own that calls the API as the entry would, without a socket. */
export function aTablet(serving: Serving) {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const privateJwk = privateKey.export({ format: 'jwk' });
	const self = {
		publicKey: publicKey.export({ format: 'jwk' }) as JsonWebKey,
		privateJwk,
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
			const key = { key: createPrivateKey({ key: privateJwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
			const signature = sign('sha256', Buffer.from(signedText(method, path, at, body)), key).toString('base64url');
			return { [SIGNATURE_HEADER]: formatSignatureHeader({ terminalId: self.terminalId, at, signature }) };
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
