import { SIGNATURE_HEADER } from '../../src/lib/domain/terminal/signature.ts';
import { signatureOf, Wire, type TabletIdentity, type WireAnswer } from '../../terminals/simulator/wire.ts';

export interface DistantTablet {
	identity: TabletIdentity;
	/** A signed call; a body that is no text is written as JSON. */
	call: (method: string, path: string, body?: unknown) => Promise<WireAnswer>;
	/** The header that proves a call, for a test that changes something on the way. */
	signature: (method: string, path: string, body?: string) => Record<string, string>;
	wire: Wire;
}

/** A paired tablet that talks to a real server over a socket, with its own key. */
export function aDistantTablet(origin: string, identity: TabletIdentity): DistantTablet {
	const wire = new Wire(origin);
	const signature = (method: string, path: string, body = '') => ({
		[SIGNATURE_HEADER]: signatureOf(identity, method, path, body, Date.now())
	});
	return {
		identity,
		wire,
		signature,
		call(method, path, body) {
			const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
			return wire.call(method, path, { body: text, headers: signature(method, path, text) });
		}
	};
}
