import { brotliCompressSync, constants } from 'node:zlib';

const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/**
 * A citizen's page as a phone on 3G should get it, whether or not a proxy compresses. Only for pages that show nothing of what a
 * stranger puts into their address beside what is sealed: together the two would give the seal away by its length.
 */
export async function compressed(response: Response, accepts: string | null): Promise<Response> {
	const isPage = response.headers.get('content-type')?.startsWith('text/html') && response.body !== null;
	if (!isPage || !/\bbr\b/.test(accepts ?? '')) return response;
	const body = brotliCompressSync(await response.text(), QUICKLY);
	const headers = new Headers(response.headers);
	headers.set('content-encoding', 'br');
	headers.append('vary', 'accept-encoding');
	headers.set('content-length', String(body.byteLength));
	return new Response(new Uint8Array(body), { status: response.status, headers });
}
