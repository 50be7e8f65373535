import { answerApi } from '$lib/server/http/api.ts';
import { REQUEST_BYTES } from '$lib/domain/submission/sheet.ts';
import type { RequestHandler } from './$types';

/** The same answers as the entry gives before Kit; reached in development, where Vite stands in front. */
const answer: RequestHandler = async ({ request, url, locals }) => {
	const bytes = await request.arrayBuffer();
	const body = bytes.byteLength > REQUEST_BYTES ? 'x'.repeat(REQUEST_BYTES + 1) : new TextDecoder().decode(bytes);
	const call = {
		method: request.method,
		path: url.pathname,
		query: url.searchParams,
		header: (name: string) => request.headers.get(name) ?? undefined,
		body
	};
	const { status, headers, body: text } = await answerApi(locals.running, call, Date.now());
	return new Response([204, 304].includes(status) ? null : text, { status, headers });
};

export const GET = answer;
export const POST = answer;
export const PUT = answer;
export const PATCH = answer;
export const DELETE = answer;
