import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/domain/shared/time.ts';
import { readCode } from '../../src/lib/domain/survey/code.ts';
import { TICKETS_PER_KEY_AND_DAY } from '../../src/lib/domain/survey/ticket.ts';
import { commit } from '../../src/lib/server/db/db.ts';
import { auditLines } from '../../src/lib/server/db/schema/account.ts';
import { organizations } from '../../src/lib/server/db/schema/place.ts';
import { apiKeys, ticketBatches, tickets } from '../../src/lib/server/db/schema/survey.ts';
import { answerApi } from '../../src/lib/server/http/api.ts';
import type { Serving } from '../../src/lib/server/serving.ts';
import { readApiKeys } from '../../src/lib/server/survey/api-keys/reads.ts';
import { makeApiKey, revokeApiKey } from '../../src/lib/server/survey/api-keys/writes.ts';
import { readTicket } from '../../src/lib/server/survey/tickets/reads.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

const WARD = { organizationId: 'w1', changedBy: 'u1', now: NOON };

async function aSystem() {
	const serving = await aServing();
	await aWard(serving.db);
	return { serving, ...(await aKey(serving)) };
}

let keys = 0;
async function aKey({ db }: Serving) {
	const made = await makeApiKey(db, { ...WARD, id: `key${++keys}`, name: 'Một cửa điện tử' });
	if (!made.ok) throw new Error(made.reason);
	return made.value;
}

interface Asked {
	key: string;
	name?: string;
	body?: unknown;
	headers?: Record<string, string>;
	now?: number;
}

async function ask(serving: Serving, { key, name = 'HS-1', body = { counter: '1' }, headers, now = NOON }: Asked) {
	const sent: Record<string, string> = {
		...{ authorization: `Bearer ${key}`, 'idempotency-key': name, 'content-type': 'application/json' },
		...headers
	};
	const call = { method: 'POST', path: '/api/v1/tickets', query: new URLSearchParams(), body: textOf(body) };
	const answer = await answerApi(serving, { ...call, header: (named) => sent[named] }, now);
	return { ...answer, body: JSON.parse(answer.body) };
}
const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));

test('a one-stop-shop system gets a ticket for a receipt: code, address, last day', async () => {
	const { serving, key } = await aSystem();
	const body = { counter: 'Quầy số 1', field: 'HT', officer: 'Công chức 1' };
	const made = await ask(serving, { key, body });
	expect(made.status).toBe(201);
	const { code, expiresOn } = made.body;
	expect(made.body).toEqual({ code, url: `https://langnghe.example.vn/r#${readCode(code)}`, expiresOn: '2026-12-23' });
	expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
	const aim = { counterId: 'q1', fieldId: 'f1', officerId: 'o1', siteId: 's1', versionId: 'SIPAS5-v1' };
	const issued = { day: '2026-11-23', shift: 'afternoon', expiresOn };
	expect(await readTicket(serving, code, NOON)).toMatchObject({ problem: null, ticket: { ...aim, ...issued } });
});

test('twenty of the same request at once, and one the next day, are one ticket', async () => {
	const { serving, key } = await aSystem();
	const all = await Promise.all(Array.from({ length: 20 }, () => ask(serving, { key })));
	all.push(await ask(serving, { key, now: NOON + DAY_MS }));
	expect(new Set(all.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
	expect(all[0].status).toBe(201);
	expect(await serving.db.select({ state: tickets.state }).from(tickets)).toEqual([{ state: 'open' }]);
	expect(await serving.db.select({ made: ticketBatches.made }).from(ticketBatches)).toEqual([{ made: 1 }]);
});

test('another name, another counter or another key is another ticket, and no code tells whose', async () => {
	const { serving, key } = await aSystem();
	const other = await aKey(serving);
	const asked: Asked[] = [{ key }, { key, name: 'HS-2' }, { key, body: { counter: '2' } }, { key: other.key }];
	const made = await Promise.all(asked.map((one) => ask(serving, one)));
	expect(new Set(made.map(({ body }) => body.code)).size).toBe(4);
	const batches = await serving.db.select().from(ticketBatches);
	expect(batches.map(({ kind, made, name }) => ({ kind, made, name }))).toEqual(
		expect.arrayContaining([
			{ kind: 'api', made: 3, name: 'Một cửa điện tử' },
			{ kind: 'api', made: 1, name: 'Một cửa điện tử' }
		])
	);
	expect(batches).toHaveLength(2);
	expect((await serving.db.select().from(auditLines)).filter(({ action }) => action === 'tickets-made')).toHaveLength(
		2
	);
});

test.each(['open', 'used', 'void'] as const)('a retry reads the same when the ticket is %s', async (state) => {
	const { serving, key } = await aSystem();
	const first = await ask(serving, { key });
	await commit(serving.db, (tx) => tx.update(tickets).set({ state }));
	for (const now of [NOON, NOON + 40 * DAY_MS]) expect(await ask(serving, { key, now })).toEqual(first);
	// Nor does asking about something else under the same name tell a used ticket from an open one.
	expect((await ask(serving, { key, body: { counter: '2' } })).status).toBe(201);
});

test('a batch is begun anew each day', async () => {
	const { serving, key } = await aSystem();
	await ask(serving, { key });
	await ask(serving, { key, name: 'HS-2', now: NOON + DAY_MS });
	const batches = await serving.db.select().from(ticketBatches);
	expect(batches.map(({ made, expiresOn }) => [made, expiresOn]).sort()).toEqual([
		[1, '2026-12-23'],
		[1, '2026-12-24']
	]);
});

test.each([
	[401, 'api-key-unknown', { key: 'lnk_nobody' }],
	[401, 'api-key-unknown', { headers: { authorization: '' } }],
	[401, 'api-key-unknown', { key: 'x'.repeat(5000) }],
	[400, 'idempotency-key-missing', { name: '' }],
	[400, 'idempotency-key-missing', { name: 'có dấu' }],
	[400, 'idempotency-key-missing', { name: 'x'.repeat(129) }],
	[415, 'content-type', { headers: { 'content-type': 'text/plain' } }],
	[400, 'json-malformed', { body: '{"counter"' }],
	[400, 'body-malformed', { body: {} }],
	[400, 'body-malformed', { body: null }],
	[400, 'body-malformed', { body: [] }],
	[400, 'body-malformed', { body: { counter: ['1', '2'] } }],
	[400, 'body-malformed', { body: { counter: '' } }],
	[400, 'body-malformed', { body: { counter: '1', citizen: 'Nguyễn Văn A' } }],
	[413, 'ticket-body-too-large', { body: { counter: '1', x: 'x'.repeat(4096) } }],
	[422, 'counter-unknown', { body: { counter: '99' } }],
	[422, 'counter-unknown', { body: { counter: 'w2-q1' } }],
	[422, 'site-unknown', { body: { counter: '1', site: 'Trung tâm khác' } }],
	[422, 'field-unknown', { body: { counter: '1', field: 'w2-f1' } }],
	[422, 'officer-unknown', { body: { counter: '1', officer: 'w2-o1' } }]
] as const)('a problem document, status %i: %s', async (status, code, asked) => {
	const { serving, key } = await aSystem();
	await aWard(serving.db, 'w2');
	const answer = await ask(serving, { key, ...asked });
	expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
	expect(answer.headers['content-type']).toBe('application/problem+json');
	expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
	const { pathname } = new URL(answer.body.type);
	const says = { method: 'GET', path: pathname, query: new URLSearchParams(), header: () => undefined, body: '' };
	expect(JSON.parse((await answerApi(serving, says, NOON)).body)).toEqual(answer.body);
	expect(await serving.db.select().from(tickets)).toEqual([]);
});

test('a revoked key makes nothing more, nor does one of an archived ward; what they made stays good', async () => {
	const { serving, key, id } = await aSystem();
	const { body } = await ask(serving, { key });
	await commit(serving.db, (tx) => tx.update(organizations).set({ archivedAt: NOON }));
	expect(await ask(serving, { key })).toMatchObject({ status: 403, body: { code: 'organization-closed' } });
	expect((await revokeApiKey(serving.db, { ...WARD, organizationId: 'w2', id })).ok).toBe(false);
	expect((await revokeApiKey(serving.db, { ...WARD, id })).ok).toBe(true);
	expect(await ask(serving, { key })).toMatchObject({ status: 403, body: { code: 'api-key-revoked' } });
	expect((await readTicket(serving, body.code, NOON)).problem).toBe(null);
});

test('a key has a budget for the minute and one for the day; a retry needs none of the day’s', async () => {
	const { serving, key } = await aSystem();
	await ask(serving, { key });
	await commit(serving.db, (tx) => tx.update(ticketBatches).set({ made: TICKETS_PER_KEY_AND_DAY }));
	const refused = await ask(serving, { key, name: 'HS-2' });
	expect(refused).toMatchObject({
		status: 429,
		body: { code: 'ticket-budget-spent' },
		headers: { 'retry-after': '3600' }
	});
	expect((await ask(serving, { key })).status).toBe(201);
	expect((await ask(serving, { key, name: 'HS-2', now: NOON + DAY_MS })).status).toBe(201);
	const bad = { key, body: '' };
	const many = await Promise.all(Array.from({ length: 300 }, () => ask(serving, bad)));
	expect(many.filter(({ status }) => status === 429).length).toBe(4);
	expect((await ask(serving, { key })).body.code).toBe('too-many-requests');
	expect((await ask(serving, await aKey(serving))).status).toBe(201);
});

test('of a key only its SHA-256 is kept; its use is noted by the hour', async () => {
	const { serving, key, id } = await aSystem();
	expect(
		JSON.stringify([await serving.db.select().from(apiKeys), await serving.db.select().from(auditLines)])
	).not.toContain(key);
	const used = async () => (await readApiKeys(serving.db, 'w1')).find((one) => one.id === id)!.usedAt;
	expect(await used()).toBe(null);
	const times: (number | null)[] = [];
	for (const after of [0, 59 * MINUTE_MS, 61 * MINUTE_MS, 3 * HOUR_MS]) {
		await ask(serving, { key, name: `HS-${after}`, now: NOON + 5 * MINUTE_MS + after });
		times.push(await used());
	}
	const hour = NOON - (NOON % HOUR_MS);
	expect(times).toEqual([hour, hour + HOUR_MS, hour + HOUR_MS, hour + 3 * HOUR_MS]);
});

test('a key needs a name, and a form sent twice makes one', async () => {
	const { serving, id } = await aSystem();
	const make = (name: string, other = 'key-x') => makeApiKey(serving.db, { ...WARD, id: other, name });
	expect(await make(' ')).toEqual({ ok: false, reason: 'name-missing' });
	expect(await make('x'.repeat(81))).toEqual({ ok: false, reason: 'name-too-long' });
	expect(await make('Một cửa', id)).toEqual({ ok: false, reason: 'form-stale' });
	const [{ shows, ...row }] = await readApiKeys(serving.db, 'w1');
	expect(row).toEqual({ id, name: 'Một cửa điện tử', createdAt: NOON, usedAt: null, revokedAt: null });
	expect(shows).toMatch(/^lnk_[\w-]{6}$/);
});
