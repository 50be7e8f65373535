import { expect, test } from 'vitest';
import { FILE_COLUMNS } from '../../src/lib/domain/report/file.ts';
import { calendarPeriod } from '../../src/lib/domain/report/period.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { createUser, signIn } from '../../src/lib/server/account/writes.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { releasedCounts } from '../../src/lib/server/db/schema/report.ts';
import { API, answerApi } from '../../src/lib/server/http/api.ts';
import type { Call } from '../../src/lib/server/http/call.ts';
import { openApi } from '../../src/lib/server/http/openapi.ts';
import { readChanges } from '../../src/lib/server/report/change/reads.ts';
import { keepBegun } from '../../src/lib/server/report/participation/writes.ts';
import { readIndexTable } from '../../src/lib/server/report/reads.ts';
import { releaseCounts } from '../../src/lib/server/report/writes.ts';
import { acceptSheets } from '../../src/lib/server/submission/writes.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { aSheet, NOON } from '../factories/sheet.ts';

const sample = (path: string) => path.replace(/\{\w+\}/g, 'ABCD1234');
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

async function signedIn(serving: Serving, role: 'leader' | 'administrator' | 'province-leader' = 'leader') {
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
	await releaseCounts(serving.db);
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

test('the API tells participation with both rates, withheld as on the page, and leaves a line', async () => {
	const serving = await aServing();
	const { sender } = await aWard(serving.db);
	const sheets = Array.from({ length: 12 }, (_, i) => aSheet({ sequence: i + 1 }));
	await acceptSheets(serving.db, sender, sheets, NOON);
	await releaseCounts(serving.db);
	const told = [{ day: '2026-11-20', dutyId: 'd1', times: 48 }];
	await commit(serving.db, (tx) => keepBegun(tx, sender, told, NOON));
	const headers = await signedIn(serving);
	const ask = async (query: string) => {
		const { status, body } = await answerApi(serving, aCall('GET', `/api/v1/participation?${query}`, headers), NOON);
		return { status, value: JSON.parse(body) as Record<string, unknown> };
	};
	const { value } = await ask('by=officer&preset=month');
	const figures = { served: 0, rate: null, answered: 12, begun: 48, onTablet: 12, begunRate: { value: 25 } };
	expect(value).toMatchObject({ by: 'officer', from: '2026-11-01', total: figures });
	expect(value.rows).toContainEqual(expect.objectContaining({ key: 'o1', begun: 48, onTablet: 12 }));
	expect(value.rows).toContainEqual(expect.objectContaining({ key: 'o2', answered: null, begunRate: null }));
	const lines = await serving.db.select({ action: auditLines.action }).from(auditLines);
	expect(lines.map(({ action }) => action).slice(-2)).toEqual(['officer-scores-read', 'exported']);
	for (const wrong of ['by=citizen&preset=month', 'by=counter', 'by=counter&from=2026-11-30&to=2026-11-01'])
		expect((await ask(wrong)).status).toBe(400);
});

test('the API narrows, takes a calendar period and compares as the screen does, and each answer leaves a line', async () => {
	const serving = await aServing();
	const { db } = serving;
	const { sender } = await aWard(db);
	const later = NOON + 7 * DAY_MS;
	let sequence = 0;
	for (const [at, value] of [
		[NOON, 5],
		[later, 1]
	]) {
		const answers = [{ itemId: 'PV', value }];
		const answeredAt = new Date(at - HOUR_MS).toISOString();
		const thirty = Array.from({ length: 30 }, () => aSheet({ sequence: ++sequence, answeredAt, answers }));
		const receipts = await acceptSheets(db, sender, thirty, at);
		expect(receipts.every(({ status }) => status === 'stored')).toBe(true);
		await releaseCounts(db);
	}
	const headers = await signedIn(serving);
	const [{ counterId, fieldId }] = await db.select().from(releasedCounts);
	const ask = async (query: string) => {
		const { status, body } = await answerApi(serving, aCall('GET', `/api/v1/index?${query}`, headers), NOON);
		expect(status).toBe(200);
		return JSON.parse(body);
	};
	const { changes, ...table } = await ask(`by=field&preset=week&at=2026-11-30&counter=${counterId}&compare=true`);
	const period = calendarPeriod('week', '2026-11-30');
	const days = { from: period.from, to: period.to, versionId: 'SIPAS5-v1', target: 90 };
	const asked = { organizationId: 'w1', by: 'field', ...days, where: { counter: counterId } } as const;
	const own = await readIndexTable(db, asked);
	expect(table).toEqual(own);
	expect(table.total.criteria.PV).toMatchObject({ value: 0, n: 30 });
	const { before } = await readChanges(db, own, asked, period);
	expect(changes.yearBefore).toBeNull();
	expect(changes.before).toMatchObject({ from: '2026-11-23', to: '2026-11-29', total: before!.total });
	expect(changes.before.rows).toContainEqual({ key: fieldId, ...before!.rows.get(fieldId) });
	expect(before!.total.criteria.PV).toMatchObject({ value: -100 });
	expect(await ask('by=counter&preset=week&at=2026-11-30')).not.toHaveProperty('changes');
	const { rows } = await ask('by=version&preset=week&at=2026-11-30');
	expect(rows).toMatchObject([{ key: 'SIPAS5-v1', series: 'SIPAS5-v1', criteria: { PV: { n: 30 } } }]);

	const lines = (await db.select().from(auditLines)).filter(({ action }) => action === 'exported');
	expect(lines.map(({ object }) => object)).toEqual(['api', 'api', 'api']);
	const codebook = await answerApi(serving, aCall('GET', '/api/v1/index/codebook'), NOON);
	expect(JSON.parse(codebook.body).map(({ column }: { column: string }) => column)).toEqual([...FILE_COLUMNS]);
});

test('who may not see officers cannot narrow a table to one either', async () => {
	const serving = await aServing();
	await aWard(serving.db);
	// Nobody needs a second factor in a demonstration.
	await commit(serving.db, async (tx) => void (await tx.update(organizations).set({ demonstration: true })));
	const headers = await signedIn(serving, 'province-leader');
	const ask = (query: string) =>
		answerApi(serving, aCall('GET', `/api/v1/index?by=counter&preset=week${query}`, headers), NOON);
	expect((await ask('')).status).toBe(200);
	expect((await ask('&officer=o1')).status).toBe(403);
	expect((await ask('&officer=')).status).toBe(403);
});

test.each([
	['by=officer&from=2026-11-01', 400, 'query-invalid'],
	['by=citizen&from=2026-11-01&to=2026-11-30', 400, 'query-invalid'],
	['by=officer&from=2026-11-30&to=2026-11-01', 400, 'query-invalid'],
	['by=officer&from=0001-01-01&to=9999-12-31', 400, 'query-invalid'],
	['by=officer&from=2026-11-01&to=2026-11-30&method=SIPAS', 400, 'query-invalid'],
	['by=officer&from=2026-11-01&to=2026-11-30&channel=phone', 400, 'query-invalid'],
	['by=channel&from=2026-11-01&to=2026-11-30&channel=poster', 400, 'query-invalid'],
	['by=counter&preset=decade', 400, 'query-invalid'],
	['by=counter&preset=month&at=2026-02-30', 400, 'query-invalid'],
	['by=counter&preset=month&from=2026-11-01&to=2026-11-30', 400, 'query-invalid'],
	['by=counter&preset=month&counter=nowhere', 400, 'query-invalid'],
	['by=counter&preset=month&counter=', 400, 'query-invalid'],
	['by=counter&preset=month&compare=yes', 400, 'query-invalid'],
	['by=officer&from=2026-11-01&to=2026-11-30&org=w2', 403, 'forbidden']
])('the index refuses %s', async (query, status, code) => {
	const serving = await aServing();
	await aWard(serving.db);
	const answer = await answerApi(serving, aCall('GET', `/api/v1/index?${query}`, await signedIn(serving)), NOON);
	expect({ status: answer.status, code: JSON.parse(answer.body).code }).toEqual({ status, code });
});
