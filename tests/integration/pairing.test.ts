import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/lib/domain/shared/time.ts';
import { pairings } from '../../src/lib/server/db/schema/terminal.ts';
import { readAuditLines } from '../../src/lib/server/account/audit/reads.ts';
import { approvePairing } from '../../src/lib/server/terminal/writes.ts';
import { ADMINISTRATOR, PAIRINGS } from '../actors/paired-tablet.ts';
import { aTablet, callApi } from '../actors/tablet.ts';
import { aWard } from '../factories/place.ts';
import { aServing } from '../factories/serving.ts';
import { NOON } from '../factories/sheet.ts';

test('a tablet shows a code and a QR, an administrator approves it, and the tablet learns its name', async () => {
	const serving = await aServing();
	await aWard(serving.db);
	const tablet = aTablet(serving);
	const asked = await tablet.call('POST', PAIRINGS, { publicKey: tablet.publicKey }, NOON);
	expect(asked.status).toBe(201);
	const code = String(asked.value!.code);
	expect(asked.value).toMatchObject({
		approveUrl: `https://langnghe.example.vn/admin/terminals?code=${code}`,
		expiresAt: new Date(NOON + 10 * MINUTE_MS).toISOString(),
		qr: expect.stringMatching(/^M0 0h7v1h-7z/),
		size: expect.any(Number)
	});
	const state = async (now: number) => (await callApi(serving, 'GET', `${PAIRINGS}/${code}`, '', now)).value;
	expect(await state(NOON)).toEqual({ state: 'waiting' });
	const shown = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase();
	const approved = await approvePairing(serving.db, { ...ADMINISTRATOR, code: shown, now: NOON });
	expect(approved).toEqual({ ok: true, value: { terminalId: expect.stringMatching(/^[0-9a-z]{10}$/) } });
	expect(await state(NOON)).toEqual({ state: 'approved', terminalId: approved.ok && approved.value.terminalId });
	expect(await readAuditLines(serving.db, 'w1', 5)).toMatchObject([{ action: 'terminal-approved', actorId: 'u1' }]);
});

test('a code is used once, for ten minutes, and only for a counter of the same organization', async () => {
	const serving = await aServing();
	await aWard(serving.db);
	await aWard(serving.db, 'w2');
	const tablet = aTablet(serving);
	const ask = async (now: number) =>
		String((await tablet.call('POST', PAIRINGS, { publicKey: tablet.publicKey }, now)).value!.code);
	const code = await ask(NOON);
	const approve = (change: object) => approvePairing(serving.db, { ...ADMINISTRATOR, code, now: NOON, ...change });
	expect(await approve({ counterId: 'w2-q1' })).toEqual({ ok: false, reason: 'counter-unknown' });
	expect(await approve({ now: NOON + 10 * MINUTE_MS })).toEqual({ ok: false, reason: 'pairing-unknown' });
	expect((await callApi(serving, 'GET', `${PAIRINGS}/${code}`, '', NOON + 10 * MINUTE_MS)).value).toEqual({
		state: 'expired'
	});
	expect(await approve({ code: 'AAAA' })).toEqual({ ok: false, reason: 'pairing-unknown' });
	const both = await Promise.all([approve({}), approve({})]);
	expect(both.filter(({ ok }) => ok)).toHaveLength(1);
	await ask(NOON + 2 * DAY_MS);
	expect(await serving.db.select().from(pairings)).toHaveLength(1);
});

test('of a key only the public half of P-256 is kept, and nothing that is no such key', async () => {
	const serving = await aServing();
	const tablet = aTablet(serving);
	const ask = (publicKey: unknown) => tablet.call('POST', PAIRINGS, { publicKey }, NOON);
	expect((await ask({ ...tablet.privateJwk, key_ops: ['sign'] })).status).toBe(201);
	const [{ publicKey }] = await serving.db.select().from(pairings);
	expect(Object.keys(publicKey).sort()).toEqual(['crv', 'kty', 'x', 'y']);
	const x = 'A'.repeat(43);
	for (const bad of [
		undefined,
		null,
		'key',
		{ kty: 'RSA', n: 'AQAB', e: 'AQAB' },
		{ ...tablet.publicKey, crv: 'P-384' },
		{ ...tablet.publicKey, x: 7 },
		{ ...tablet.publicKey, x, y: x }
	]) {
		expect(await ask(bad)).toMatchObject({ status: 400, value: { code: 'body-malformed' } });
	}
	expect(await serving.db.select().from(pairings)).toHaveLength(1);
});

test('an unknown code, a malformed body and another content type are coded answers', async () => {
	const serving = await aServing();
	const code = async (method: string, path: string, body: string, headers = {}) => {
		const { status, value } = await callApi(serving, method, path, body, NOON, headers);
		return `${status} ${String(value!.code)}`;
	};
	const json = { 'content-type': 'application/json' };
	expect(await code('GET', `${PAIRINGS}/ABCD-EFGH`, '')).toBe('404 pairing-unknown');
	expect(await code('GET', `${PAIRINGS}/x`, '')).toBe('404 pairing-unknown');
	expect(await code('GET', `${PAIRINGS}/..%2F..`, '')).toBe('404 not-found');
	expect(await code('GET', PAIRINGS, '')).toBe('405 method-not-allowed');
	expect(await code('POST', PAIRINGS, '{', json)).toBe('400 json-malformed');
	expect(await code('POST', PAIRINGS, 'null', json)).toBe('400 body-malformed');
	expect(await code('POST', PAIRINGS, '{}')).toBe('415 content-type');
});

test('more than 120 new codes in a minute are too many', async () => {
	const serving = await aServing();
	const tablet = aTablet(serving);
	const statuses = new Set<number>();
	for (let i = 0; i < 125; i++) {
		const { status, headers } = await tablet.call('POST', PAIRINGS, { publicKey: tablet.publicKey }, NOON);
		statuses.add(status);
		if (status === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
	}
	expect(statuses).toContain(429);
});
