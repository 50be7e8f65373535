/** What of a request to a page tells where it comes from. Header names are lower case. */
export interface Arriving {
	method: string;
	header: (name: string) => string | null;
}

export type Judgement =
	| { kind: 'welcome' }
	/** Another name of this very machine: the visitor is sent to the public address. */
	| { kind: 'elsewhere' }
	| { kind: 'refused'; status: 403 | 415 | 421; code: 'host-unknown' | 'cross-site' | 'content-type' };

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const FORMS = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Lets a request through that was sent to the public address, and that, where it would change something, was sent by a page of
 * that address: the Host header is anybody's to choose, and a form on another site brings our cookies.
 */
export function judgeArrival({ method, header }: Arriving, publicOrigin: string): Judgement {
	const own = new URL(publicOrigin);
	const host = header('host') ?? '';
	const isOurs = own.port === '0' ? LOOPBACK.has(nameOf(host)) : host === own.host;
	if (!isOurs) {
		const isAlias = LOOPBACK.has(nameOf(host)) && LOOPBACK.has(own.hostname) && SAFE.has(method);
		return isAlias ? { kind: 'elsewhere' } : { kind: 'refused', status: 421, code: 'host-unknown' };
	}
	if (SAFE.has(method)) return { kind: 'welcome' };
	const expected = own.port === '0' ? `${own.protocol}//${host}` : own.origin;
	if (!isFromOwnPage(header, expected)) return { kind: 'refused', status: 403, code: 'cross-site' };
	if (!FORMS.test(header('content-type') ?? '')) return { kind: 'refused', status: 415, code: 'content-type' };
	return { kind: 'welcome' };
}

/** By what the browser says of the sender: no page can write these two head lines itself. */
export function isFromOwnPage(header: Arriving['header'], origin: string): boolean {
	const from = header('origin');
	const site = header('sec-fetch-site');
	if (from === null ? site !== 'same-origin' : from !== origin) return false;
	return site === null || site === 'same-origin' || site === 'none';
}

function nameOf(host: string): string {
	return host.replace(/:\d+$/, '');
}
