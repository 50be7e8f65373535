import type { Answer, Deliver } from './network.ts';
import { signatureOf, type TabletIdentity, type Wire, type WireAnswer } from './wire.ts';
import { SIGNATURE_HEADER } from '../../src/lib/domain/terminal/signature.ts';

const SUBMISSIONS = '/api/v1/submissions';

/** Signs what one tablet sends and really sends it, over each of the server's nodes in turn. */
export function uplink(
	wires: readonly Wire[],
	tablet: TabletIdentity,
	at: number,
	heard: (status: number) => void
): Deliver {
	let calls = 0;
	return async (body, { cutAfter, corrupt = false } = {}) => {
		const headers = { [SIGNATURE_HEADER]: signatureOf(tablet, 'POST', SUBMISSIONS, body, at) };
		const sent = corrupt ? body.replace('"sequence":', '"sequence":1') : body;
		const answer = await wires[calls++ % wires.length].call('POST', SUBMISSIONS, { body: sent, headers, cutAfter });
		heard(answer.status);
		return readAnswer(answer);
	};
}

function readAnswer({ status, text, headers }: WireAnswer): Answer {
	const value = parse(text);
	const code = (value as { code?: unknown } | null)?.code;
	const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
	return {
		status,
		code: typeof code === 'string' ? code : `http-${status}`,
		value,
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
