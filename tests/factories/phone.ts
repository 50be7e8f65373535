import { answerApi } from '../../src/lib/server/http/api.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { NOON } from './sheet.ts';

type Body = Record<string, unknown>;

/** A phone that talks to one room over the API. */
export function aPhone(serving: Serving, room: string) {
	let cookie = '';
	const call = async (method: 'GET' | 'POST', path: string, body: Body | null, now: number) => {
		const answer = await answerApi(
			serving,
			{
				...{ method, path: `/api/v1/live/${room}${path}`, query: new URLSearchParams() },
				body: body ? JSON.stringify(body) : '',
				header: (name) => (name === 'cookie' ? cookie : undefined)
			},
			now
		);
		cookie = answer.headers['set-cookie']?.split(';')[0] ?? cookie;
		return { status: answer.status, ...(JSON.parse(answer.body) as Body) } as Body & { status: number };
	};
	return {
		get: (path: string, now = NOON) => call('GET', path, null, now),
		post: (path: string, body: Body, now = NOON) => call('POST', path, body, now),
		join: async () => String((await call('POST', '/passes', {}, NOON)).pass)
	};
}
