import { expect, test } from 'vitest';
import { createUser, signIn } from '../../src/lib/server/account/writes.ts';
import { API, answerApi } from '../../src/lib/server/http/api.ts';
import type { Call } from '../../src/lib/server/http/call.ts';
import { openApi } from '../../src/lib/server/http/openapi.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const sample = (path: string) => path.replace(/\{\w+\}/, 'ABCD1234');
/** An address that each route of the table answers to. */
const ADDRESSES = Object.keys(openApi().paths).map((path) => sample(path));
const REFUSED_WITHOUT = {
	...{ terminal: 'terminal-unknown', rescue: 'terminal-unknown' },
	...{ staff: 'sign-in-required', 'api-key': 'api-key-unknown' }
};

function aCall(method: string, address: string, headers: Record<string, string> = {}): Call {
	const url = new URL(address, 'http://ward.test');
	return { method, path: url.pathname, query: url.searchParams, header: (name) => headers[name], body: '{}' };
}

test.each(API.filter(({ policy }) => policy !== 'public'))(
	'$method $path is closed to a caller without credentials',
	async ({ method, path, policy }) => {
		const serving = await aServing();
		const address = ADDRESSES.find((each) => path.test(each))!;
		const { status, body } = await answerApi(
			serving,
			aCall(method, address, { 'content-type': 'application/json' }),
			NOON
		);
		expect(status).toBe(401);
		expect(JSON.parse(body).code).toBe(REFUSED_WITHOUT[policy as keyof typeof REFUSED_WITHOUT]);
	}
);

test('the description names every route and no other', () => {
	const described = Object.entries(openApi().paths).flatMap(([path, methods]) =>
		Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: sample(path) }))
	);
	expect(described).toHaveLength(API.length);
	for (const { method, path } of described)
		expect(
			API.some((route) => route.method === method && route.path.test(path)),
			`${method} ${path}`
		).toBe(true);
});

async function signedIn(serving: Serving, role: 'leader' | 'administrator' = 'leader') {
	const password = 'một mật khẩu dài';
	await createUser(serving.db, { organizationId: 'w1', login: role, name: 'Ai Đó', role, password, now: NOON });
	const session = await signIn(serving.db, { login: role, password, now: NOON });
	if (!session.ok) throw new Error(session.reason);
	return { cookie: `__Host-s=${session.value.token}` };
}

test('the API gives a signed-in leader the table that the dashboard draws', async () => {
	const serving = await aServing();
	const { sender } = await aWard(serving.db);
	await acceptSheets(
		serving.db,
		sender,
		Array.from({ length: 12 }, (_, i) => aSheet({ sequence: i + 1 })),
		NOON
	);
	await releaseCounts(serving.db, NOON);
	const headers = await signedIn(serving);
	const asked = '/api/v1/index?by=officer&from=2026-11-01&to=2026-11-30';
	const { status, body } = await answerApi(serving, aCall('GET', asked, headers), NOON);
	expect(status).toBe(200);
	const question = {
		organizationId: 'w1',
		by: 'officer',
		from: '2026-11-01',
		to: '2026-11-30',
		versionId: 'SIPAS5-v1',
		target: 90
	} as const;
	expect(JSON.parse(body)).toEqual(await readIndexTable(serving.db, question));
	expect(JSON.parse(body).rows[0].criteria).toMatchObject({ PV: { value: 100, n: 12 }, TC: { withheld: 'small' } });
	expect(JSON.parse(body).channels).toEqual(['terminal', 'ticket', 'paper']);
	const posters = await answerApi(serving, aCall('GET', `${asked}&channel=poster`, headers), NOON);
	expect(JSON.parse(posters.body)).toMatchObject({ channels: ['poster'], total: { sheets: null } });
});

test.each([
	['by=officer&from=2026-11-01', 400, 'query-invalid'],
	['by=citizen&from=2026-11-01&to=2026-11-30', 400, 'query-invalid'],
	['by=officer&from=2026-11-30&to=2026-11-01', 400, 'query-invalid'],
	['by=officer&from=0001-01-01&to=9999-12-31', 400, 'query-invalid'],
	['by=officer&from=2026-11-01&to=2026-11-30&method=SIPAS', 400, 'query-invalid'],
	['by=officer&from=2026-11-01&to=2026-11-30&channel=phone', 400, 'query-invalid'],
	['by=channel&from=2026-11-01&to=2026-11-30&channel=poster', 400, 'query-invalid'],
	['by=officer&from=2026-11-01&to=2026-11-30&org=w2', 403, 'forbidden']
])('the index refuses %s', async (query, status, code) => {
	const serving = await aServing();
	await aWard(serving.db);
	const answer = await answerApi(serving, aCall('GET', `/api/v1/index?${query}`, await signedIn(serving)), NOON);
	expect({ status: answer.status, code: JSON.parse(answer.body).code }).toEqual({ status, code });
});
