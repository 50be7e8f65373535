import { SIGNATURE_HEADER } from '../../src/lib/domain/terminal/signature.ts';
import { readAnswer } from '../app/answer.ts';
import type { Deliver } from './network.ts';
import { signatureOf, type TabletIdentity, type Wire } from './wire.ts';

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
		const {
			status,
			text,
			headers: heads
		} = await wires[calls++ % wires.length].call('POST', SUBMISSIONS, { body: sent, headers, cutAfter });
		heard(status);
		return readAnswer(status, text, heads['retry-after']);
	};
}
