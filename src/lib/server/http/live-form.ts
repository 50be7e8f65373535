import type { RequestEvent } from '@sveltejs/kit';
import { answerApi } from './api.ts';

/** What a phone's script asks of its room, for whoever has none; the phone's cookie goes along and comes back. */
export async function askRoom(event: RequestEvent, path: string, body: unknown): Promise<Record<string, unknown>> {
	const { locals, params, request, cookies } = event;
	const call = {
		...{ method: 'POST', path: `/api/v1/live/${params.room}/${path}`, query: new URLSearchParams() },
		header: (name: string) => request.headers.get(name) ?? undefined,
		body: JSON.stringify(body)
	};
	const answer = await answerApi(locals.running, call, Date.now());
	const [, name, value] = /^([^=]+)=([^;]*)/.exec(answer.headers['set-cookie'] ?? '') ?? [];
	const secure = locals.origin.startsWith('https:');
	if (name) cookies.set(name, value!, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 86_400, secure });
	return JSON.parse(answer.body) as Record<string, unknown>;
}
